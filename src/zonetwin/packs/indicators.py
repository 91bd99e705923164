"""Reads `indicators/*.yaml` with the SQL each names: the declared computations of a pack.

The SQL is read here and checked in `check`, which needs an analysis session.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from zonetwin.core.units import UNITS
from zonetwin.packs.entry import Entry
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Access, Better, Combine, Indicator, Over, Per
from zonetwin.packs.names import check_identifier
from zonetwin.packs.nodes import Node
from zonetwin.packs.tables import read_text

PER: tuple[Per, ...] = ("area", "organisation")
BETTER: tuple[Better, ...] = ("higher", "lower", "exact", "neither")
COMBINE: tuple[Combine, ...] = ("sum", "ratio", "max", "median", "whole")
OVER: tuple[Over, ...] = ("instant", "span")
BANDS = ("none", "methods")
GIVEN = ("today", "start", "end")
"""Parameters that the engine gives to every statement."""

_REQUIRED = ("indicator", "title", "unit", "per", "better", "combine", "over", "sql", "source", "limits")
_OPTIONAL = ("needs", "parameters", "band")


def read_indicator(
    root: Node | None, *, pack: str, folders: Mapping[str, Path], yaml_text: str | None, issues: Issues
) -> Indicator | None:
    """Read one declaration and its SQL; None when the file is not a mapping.

    Args:
        root: The file as nodes.
        pack: The pack that declares it.
        folders: Folder of this pack and of each pack it needs, by name: `OTHER/FILE.sql` is looked up there.
        yaml_text: The file's text; with the SQL it makes the version.
        issues: Collects the faults.
    """
    if root is None:
        return None
    entry = Entry(root, issues, required=_REQUIRED, optional=_OPTIONAL)
    name = entry.text("indicator")
    check_identifier(name, "The indicator", entry.place_of("indicator"), issues)
    stem = root.place.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if name and name != stem:
        issues.add(entry.place_of("indicator"), f"The indicator {name!r} is in a file called {stem!r}.")
    unit = entry.text("unit")
    if unit and unit not in UNITS:
        issues.add_unknown(entry.place_of("unit"), "The unit", unit, UNITS)
    sql, sql_file = _sql(entry, pack, folders, issues)
    return Indicator(
        name=name,
        pack=pack,
        title=entry.title("title"),
        unit=unit,
        per=entry.choice("per", PER, "area"),
        better=entry.choice("better", BETTER, "neither"),
        combine=entry.choice("combine", COMBINE, "sum"),
        over=entry.choice("over", OVER, "instant"),
        needs=_needs(entry, issues),
        sql=sql,
        parameters=_parameters(entry, issues),
        band=entry.choice("band", BANDS, "none"),
        source=entry.title("source"),
        limits=entry.title("limits"),
        version=hashlib.sha256(f"{yaml_text}\0{sql}".encode()).hexdigest()[:16],
        place=entry.place,
        sql_file=sql_file,
    )


def _sql(entry: Entry, pack: str, folders: Mapping[str, Path], issues: Issues) -> tuple[str, str]:
    """Find the statement, in this pack or as `OTHER/FILE.sql` in a needed one; give its text and file."""
    written = entry.text("sql")
    if not written:
        return "", ""
    owner, _, file = written.rpartition("/")
    owner = owner or pack
    place = entry.place_of("sql")
    if owner not in folders:
        issues.add(
            place, f"{written!r} is in a pack that {pack!r} does not need.", f"Add {owner!r} to its needs."
        )
        return "", ""
    path = folders[owner] / "indicators" / file
    shown = f"{owner}/indicators/{file}"
    if not file.endswith(".sql") or file.startswith(".") or not path.is_file():
        issues.add(place, f"There is no SQL file {shown!r}.")
        return "", ""
    return read_text(path, shown, issues) or "", shown


def _parameters(entry: Entry, issues: Issues) -> Mapping[str, str | int | float | bool]:
    values = entry.scalars("parameters")
    for name in values:
        check_identifier(f"p_{name}", "The parameter", entry.place_of("parameters"), issues)
        if name in GIVEN:
            issues.add(entry.place_of("parameters"), f"The parameter {name!r} is given by the engine.")
    return values


def _needs(entry: Entry, issues: Issues) -> tuple[Access, ...]:
    found: list[Access] = []
    for item in entry.items("needs"):
        need = Entry(item, issues, required=("access",)).node("access")
        if need is not None:
            found.append(_access(need, issues))
    return tuple(found)


def _access(node: Node, issues: Issues) -> Access:
    entry = Entry(node, issues, required=("from", "to", "by", "minutes"))
    entry.choice("from", ("residents",), "residents")
    minutes = entry.number("minutes", 0.0)
    if "minutes" in entry and not 0 < minutes <= 120:
        issues.add(
            entry.place_of("minutes"), f"The budget is {minutes:g} minutes, expected 0 < minutes <= 120."
        )
    return Access(_destinations(entry, issues), entry.choice("by", ("walk",), "walk"), minutes, node.place)


def _destinations(entry: Entry, issues: Issues) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Read `to`: a list of kinds, or kinds with the property values that count."""
    node = entry.node("to")
    if node is None:
        return {}
    if isinstance(node.value, tuple):
        return {kind: {} for kind in entry.texts("to")}
    if not isinstance(node.value, dict) or not node.value:
        issues.add(node.place, "'to' must list kinds, or give each with the values that count.")
        return {}
    return {kind: _wanted(item, issues) for kind, item in node.value.items()}


def _wanted(node: Node, issues: Issues) -> Mapping[str, tuple[str, ...]]:
    names = tuple(node.value) if isinstance(node.value, dict) else ()
    entry = Entry(node, issues, optional=names)
    return {name: entry.texts(name) for name in names}
