"""Reads `kinds.yaml`: the kinds of a pack with their typed properties.

The codes of a property are written out, or named after a table of the pack: then the table's first column
lists the codes and its columns `zh` and `en` their titles. Such codes are filled in when all packs are read,
because another pack may add rows to the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.core.units import UNITS
from zonetwin.packs.entry import Entry, list_of_entries, title_from_node
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Place
from zonetwin.packs.names import check_kind_name, check_property_name, check_unique
from zonetwin.packs.nodes import Node

GEOMETRIES = tuple(Geometry)
TYPES = tuple(Type)


@dataclass(frozen=True, slots=True)
class CodeTable:
    """A property whose codes a table lists."""

    kind: str
    property: str
    table: str
    place: Place


@dataclass(frozen=True, slots=True)
class DeclaredKinds:
    """The kinds of one file, the line of each, and the codes that tables still have to give."""

    kinds: tuple[Kind, ...] = ()
    places: tuple[Place, ...] = ()
    code_tables: tuple[CodeTable, ...] = ()


def read_kinds(root: Node | None, pack: str, issues: Issues) -> DeclaredKinds:
    """Read the kinds of one pack; names are unique in the file."""
    kinds: list[Kind] = []
    places: list[Place] = []
    code_tables: list[CodeTable] = []
    seen: dict[str, Place] = {}
    entries = list_of_entries(
        root, issues, required=("kind", "title", "geometry", "properties"), optional=("persons",)
    )
    for entry in entries:
        name = entry.text("kind")
        check_kind_name(name, entry.place_of("kind"), issues)
        if not check_unique(name, seen, "The kind", entry.place_of("kind"), issues):
            continue
        properties, tables = _properties(entry, name, issues)
        geometry = entry.choice("geometry", GEOMETRIES, Geometry.ANY)
        kinds.append(
            Kind(name, entry.title("title"), geometry, properties, pack, persons=entry.flag("persons", False))
        )
        places.append(entry.place)
        code_tables += tables
    return DeclaredKinds(tuple(kinds), tuple(places), tuple(code_tables))


def _properties(entry: Entry, kind: str, issues: Issues) -> tuple[tuple[Property, ...], list[CodeTable]]:
    found: list[Property] = []
    tables: list[CodeTable] = []
    seen: dict[str, Place] = {}
    for item in entry.items("properties"):
        row = Entry(item, issues, required=("name", "type", "title"), optional=("unit", "codes"))
        name = row.text("name")
        check_property_name(name, row.place_of("name"), issues)
        if not check_unique(name, seen, "The property", row.place_of("name"), issues):
            continue
        unit = row.text("unit") or None
        if unit is not None and unit not in UNITS:
            issues.add_unknown(row.place_of("unit"), "The unit", unit, UNITS)
        type_ = row.choice("type", TYPES, Type.TEXT)
        codes, table = _codes(row, issues)
        if table:
            tables.append(CodeTable(kind, name, table, row.place_of("codes")))
        if "codes" in row and type_ is not Type.TEXT:
            issues.add(row.place_of("codes"), f"{name!r} has codes but is {type_.value}.", "Make it a text.")
        found.append(Property(name, type_, row.title("title"), unit, codes))
    return tuple(found), tables


def _codes(row: Entry, issues: Issues) -> tuple[Mapping[str, Text], str]:
    node = row.node("codes")
    if node is None:
        return {}, ""
    if not isinstance(node.value, dict):
        return {}, row.text("codes")
    if not node.value:
        issues.add(node.place, "The list of codes is empty.", "Leave `codes` out when any text will do.")
    for code, item in node.value.items():
        if not code.strip():
            issues.add(item.place, "A code is empty.")
    return {code: title_from_node(item, issues) for code, item in node.value.items()}, ""
