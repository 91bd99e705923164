"""Thresholds are data: all of them, once, and in order."""

from pathlib import Path

import pytest
from tests.plans.examples import RULES

from zonetwin.packs.issues import Issues
from zonetwin.packs.load import load_catalogue, pack_folders
from zonetwin.packs.model import Place, Table
from zonetwin.plans.rules import TABLE, read_rules

HERE = Place("plan.yaml", 1)


def _table(*rows: tuple[str, str]) -> Table:
    cells = tuple({"rule": rule, "value": value} for rule, value in rows)
    lines = tuple(range(2, 2 + len(rows)))
    return Table(TABLE, "p", "p/tables/verdict_rules.csv", ("rule", "value"), cells, lines)


def _good() -> list[tuple[str, str]]:
    return [(name, str(getattr(RULES, name))) for name in RULES.__slots__]


def test_the_table_is_read() -> None:
    issues = Issues()
    assert read_rules(_table(*_good()), HERE, issues) == RULES
    assert not issues.found


def test_the_shipped_table_is_marked_as_our_design() -> None:
    catalogue = load_catalogue(["plan-kunshan-2023"], pack_folders(Path("none")))
    issues = Issues()
    read_rules(catalogue.tables[TABLE], HERE, issues)
    assert not issues.found
    assert {row["status"] for row in catalogue.tables[TABLE].rows} == {"design"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("on_track_share", "much"), "not a number"),
        (("on_track_share", "-1"), "not a number"),
        (("on_track", "0.9"), "is unknown"),
        (("at_risk_share", "0.95"), "lies above on_track_share"),
        (("one_off_at_risk", "0.99"), "lies above one_off_behind"),
    ],
)
def test_a_faulty_rule_is_said(change: tuple[str, str], message: str) -> None:
    rows = [change if name == change[0] else (name, value) for name, value in _good()]
    if change[0] == "on_track":
        rows.append(change)
    issues = Issues()
    read_rules(_table(*rows), HERE, issues)
    assert message in str(issues.found[0])


def test_a_missing_and_a_repeated_rule_are_both_said() -> None:
    issues = Issues()
    read_rules(_table(*_good()[1:], _good()[1]), HERE, issues)
    messages = [str(issue) for issue in issues.found]
    assert any("'on_track_share' is missing" in message for message in messages)
    assert any("'at_risk_share' is there twice" in message for message in messages)


def test_without_a_table_nothing_is_allowed_for() -> None:
    issues = Issues()
    assert read_rules(None, HERE, issues).approx_tolerance == 0.0
    assert "verdict_rules" in str(issues.found[0])
