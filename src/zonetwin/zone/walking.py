"""The rules of walking that the packs declare: how fast, how far from a street, how near an outline.

They are rows of the pack tables `walking` and `access`; nothing of them is known here.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zonetwin.core.errors import InvalidInput
from zonetwin.core.gap import Gap
from zonetwin.core.text import Text
from zonetwin.packs.model import Table

TABLES = ("walking", "access", "street_classes")
"""Pack tables that a measured walk depends on."""

_PROFILE = "default"


@dataclass(frozen=True, slots=True)
class WalkingRules:
    """How people walk and what still counts as being on the map, in metres and minutes."""

    metres_per_minute: float
    farthest_resident_m: float
    farthest_facility_m: float
    gate_tolerance_m: float
    smallest_island_m: float


def walking_rules(tables: Mapping[str, Table]) -> WalkingRules | Gap:
    """Read the rules from the packs' tables, or say which table is missing.

    Raises:
        InvalidInput: a table lacks a row, or its value is not a positive number.
    """
    for name in ("walking", "access"):
        if name not in tables:
            return missing_table(name)
    return WalkingRules(
        metres_per_minute=_number(tables["walking"], "profile", _PROFILE, "metres_per_minute"),
        farthest_resident_m=_number(tables["access"], "name", "max_snap_m", "value"),
        farthest_facility_m=_number(tables["access"], "name", "max_facility_snap_m", "value"),
        gate_tolerance_m=_number(tables["access"], "name", "gate_tolerance_m", "value"),
        smallest_island_m=_number(tables["access"], "name", "smallest_island_m", "value"),
    )


def missing_table(name: str) -> Gap:
    return Gap(
        "missing-table", Text(f"所选规则包中没有数据表 {name}。", f"No chosen pack has the table {name!r}.")
    )


def _number(table: Table, key: str, wanted: str, column: str) -> float:
    for row, line in zip(table.rows, table.lines, strict=True):
        if row.get(key) == wanted:
            try:
                value = float(row.get(column, ""))
            except ValueError:
                value = 0.0
            if not 0 < value < float("inf"):
                raise InvalidInput(
                    f"{table.file}:{line}: {column!r} of {wanted!r} is {row.get(column)!r}.",
                    hint="Write a positive number.",
                )
            return value
    raise InvalidInput(f"{table.file} has no row whose {key!r} is {wanted!r}.", hint="Add it to the pack.")
