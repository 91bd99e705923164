"""No conformance class is declared without a file of tests here."""

from pathlib import Path

from tests.api.client import Client

from zonetwin.api.ogc_landing import CONFORMS_TO


def file_of(uri: str) -> str:
    """Name the file that tests a class: `…/spec/ogcapi-features-1/1.0/conf/core` is test_features_core.py."""
    standard, _, name = uri.removeprefix("http://www.opengis.net/spec/ogcapi-").partition("/1.0/conf/")
    return f"test_{standard.partition('-')[0]}_{name.replace('-', '_')}.py"


def test_every_declared_class_has_a_file_of_tests_that_names_it() -> None:
    for uri in CONFORMS_TO:
        file = Path(__file__).with_name(file_of(uri))
        assert file.is_file(), file.name
        text = file.read_text(encoding="utf-8")
        assert uri in text, uri
        assert "def test_" in text, uri


def test_every_file_of_tests_is_of_a_declared_class() -> None:
    files = {path.name for path in Path(__file__).parent.glob("test_*.py")} - {Path(__file__).name}
    assert files == {file_of(uri) for uri in CONFORMS_TO}


def test_the_server_declares_what_the_code_lists(ogc: Client) -> None:
    assert ogc.json("/ogc/conformance") == {"conformsTo": list(CONFORMS_TO)}
