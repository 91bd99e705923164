"""Statements are checked before they are ever run: what they may do, what they read, what they give."""

from pathlib import Path

import pyarrow as pa
import pytest

from zonetwin.packs.check import check_catalogue, table_owners, table_schemas, visible_packs
from zonetwin.packs.load import load_catalogue

BAD = Path(__file__).parent / "bad" / "statements"
_COLUMNS: dict[str, pa.DataType] = {
    "feature": pa.string(),
    "metres": pa.float64(),
    "reason": pa.string(),
}
ACCESS = pa.schema(_COLUMNS)

FAULTS = [
    'does_not_parse.sql:3: syntax error at or near "where"',
    "lacks_columns.sql:1: The statement does not give the column 'of'.",
    "lacks_columns.sql:1: The statement does not give the column 'reason'.",
    "needs.yaml:1: The indicator has `needs` but its statement does not read 'access'.",
    "needs.yaml:9: The needed kind 'shops' is unknown. Did you mean 'shop'?",
    "needs.yaml:10: For 'category' the code 'bakry' is unknown. Did you mean 'bakery'?",
    "needs.yaml:10: 'shop' has no property 'name'.",
    "needs.yaml:10: 'staff' is text: only a number can be positive.",
    "needs.yaml:11: Nobody can walk to 'firm': it has no place.",
    "needs.yaml:12: No value of 'category' is asked for.",
    "parameters.yaml:1: The statement takes the parameter 'cod', which 'parameters' does not declare.",
    "parameters.yaml:1: The parameter 'code' is declared but the statement does not take it.",
    "percent_sum.yaml:1: 'percent' of several areas cannot be added up.",
    "reads_access.yaml:1: The statement reads 'access' but the indicator has no `needs`.",
    "reads_disk.sql:3: the table function 'read_csv' is not allowed; read published tables only.",
    "reads_file.sql:2: '/etc/passwd' is not a published table; files cannot be read.",
    "two_statements.sql:1: A pack's statement is one SELECT, here are 2.",
    'unknown_column.sql:4: Referenced column "height" not found',
    "unknown_table.sql:2: Table with name areas does not exist!",
    "wrong_columns.sql:1: The column 'counted' is VARCHAR, expected a number.",
    "wrong_columns.sql:1: The column 'reason' is INTEGER, expected a text.",
    "wrong_columns.sql:1: The statement gives a column 'code' that a proof does not have.",
    "not_visible.yaml:1: The statement reads 'secret' of the pack 'hidden', which 'second' does not need.",
]


@pytest.fixture(scope="module")
def found() -> list[str]:
    catalogue = load_catalogue(["second", "hidden"], [BAD])
    issues = check_catalogue(catalogue, published_schemas={"access": ACCESS})
    return [str(issue).split("/indicators/")[1] for issue in issues]


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_statement_is_found_at_its_file_and_line(fault: str, found: list[str]) -> None:
    assert [issue for issue in found if issue.startswith(fault)]


def test_nothing_else_is_found(found: list[str]) -> None:
    assert [issue for issue in found if not any(issue.startswith(fault) for fault in FAULTS)] == []


def test_a_pack_sees_itself_and_what_it_needs() -> None:
    catalogue = load_catalogue(["second", "hidden"], [BAD])

    assert visible_packs(catalogue) == {
        "first": {"first"},
        "second": {"first", "second"},
        "hidden": {"hidden"},
    }
    assert table_owners(catalogue) == {"area": "first", "shop": "first", "firm": "first", "secret": "hidden"}


def test_pack_tables_are_texts_under_their_prefix() -> None:
    catalogue = load_catalogue(["first"], [Path(__file__).parent / "good"])

    schema = table_schemas(catalogue)["table_words"]

    assert schema == pa.schema([("code", pa.string()), ("zh", pa.string()), ("en", pa.string())])
