"""The web interface's files: types, caching, the page for every unknown path, and nothing outside the folder."""

from pathlib import Path

import pytest
from tests.api.client import Client

from zonetwin.api.server import build_app
from zonetwin.zone.zone import Zone


@pytest.fixture(scope="module")
def web(zone: Zone, tmp_path_factory: pytest.TempPathFactory) -> Client:
    folder = tmp_path_factory.mktemp("web") / "built"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>page</title>", encoding="utf-8")
    (folder / "assets" / "app-1a2b.js").write_text("export const one = 1;\n" * 200, encoding="utf-8")
    (folder / "assets" / "worker.mjs").write_text("1", encoding="utf-8")
    (folder / "assets" / "kernel.wasm").write_bytes(b"\0asm")
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    return Client(build_app(zone, web_folder=folder))


@pytest.mark.parametrize(
    ("path", "type_"),
    [
        ("/assets/app-1a2b.js", "text/javascript"),
        ("/assets/worker.mjs", "text/javascript"),
        ("/assets/kernel.wasm", "application/wasm"),
        ("/", "text/html"),
    ],
)
def test_files_have_the_types_browsers_insist_on(web: Client, path: str, type_: str) -> None:
    assert web.get(path).headers["content-type"].startswith(type_)


def test_hashed_assets_are_kept_for_ever_and_the_page_is_not(web: Client) -> None:
    assert "immutable" in web.get("/assets/app-1a2b.js").headers["cache-control"]
    assert web.get("/").headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["/plan", "/map/building/3", "/projects?x=1", "/index.html"])
def test_any_other_path_is_the_page(web: Client, path: str) -> None:
    assert "<title>page</title>" in web.get(path).text


@pytest.mark.parametrize("path", ["/assets/app-old.js", "/api/none", "/ogc/none"])
def test_lost_assets_and_unknown_interfaces_are_not_the_page(web: Client, path: str) -> None:
    assert web.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt", "/..%5csecret.txt", "/%00"]
)
def test_nothing_outside_the_folder_is_given(web: Client, path: str) -> None:
    assert "secret" not in web.get(path).text


def test_scripts_are_compressed_and_known_ones_not_sent_again(web: Client) -> None:
    answer = web.get("/assets/app-1a2b.js", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.text.startswith("export const one")
    again = web.get("/assets/app-1a2b.js", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_new_build_is_seen_at_once(zone: Zone, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("old", encoding="utf-8")
    client = Client(build_app(zone, web_folder=tmp_path))
    assert client.get("/").text == "old"
    (tmp_path / "index.html").write_text("newer", encoding="utf-8")
    assert client.get("/").text == "newer"


def test_without_a_build_the_page_says_how_in_both_languages(zone: Zone, tmp_path: Path) -> None:
    page = Client(build_app(zone, web_folder=tmp_path / "none")).get("/").text
    assert "界面尚未构建" in page
    assert "has not been built" in page
    assert "make run" in page


def test_every_answer_forbids_loading_from_elsewhere(web: Client) -> None:
    for path in ("/", "/api/zone", "/ogc", "/api/none", "/health"):
        headers = web.get(path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_no_answer_allows_other_origins(web: Client) -> None:
    for path in ("/", "/api/zone", "/ogc/collections/building/items"):
        assert not [name for name in web.get(path).headers if name.startswith("access-control")]


def test_only_reading_is_answered(web: Client) -> None:
    assert web.request("POST", "/plan").status_code == 405
