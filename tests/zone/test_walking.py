"""The rules of walking come from the packs' tables, or are missing with the table's name."""

from dataclasses import replace

import pytest
from tests.zone.metric_tables import catalogue

from zonetwin.core.errors import InvalidInput
from zonetwin.core.gap import Gap
from zonetwin.packs.model import Table
from zonetwin.zone.walking import WalkingRules, walking_rules

TABLES = catalogue().tables


def changed(table: Table, key: str, column: str, value: str) -> Table:
    rows = tuple({**row, column: value} if key in row.values() else row for row in table.rows)
    return replace(table, rows=rows)


def test_the_shipped_tables_give_the_rules() -> None:
    rules = walking_rules(TABLES)
    assert isinstance(rules, WalkingRules)
    assert rules.metres_per_minute == 66.667
    assert (rules.farthest_resident_m, rules.gate_tolerance_m) == (100.0, 10.0)


def test_a_missing_table_is_a_reason_not_an_error() -> None:
    found = walking_rules({name: table for name, table in TABLES.items() if name != "walking"})
    assert isinstance(found, Gap)
    assert found.code == "missing-table"
    assert "walking" in found.reason.en


@pytest.mark.parametrize("value", ["", "fast", "0", "-60", "inf"])
def test_a_speed_that_is_no_positive_number_is_refused_with_its_line(value: str) -> None:
    tables = {**TABLES, "walking": changed(TABLES["walking"], "default", "metres_per_minute", value)}
    with pytest.raises(InvalidInput, match=r"walking.csv:2: 'metres_per_minute' of 'default'"):
        walking_rules(tables)


def test_a_missing_row_is_named() -> None:
    access = replace(TABLES["access"], rows=(), lines=())
    with pytest.raises(InvalidInput, match="no row whose 'name' is 'max_snap_m'"):
        walking_rules({**TABLES, "access": access})
