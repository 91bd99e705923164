"""Reads mapping files: YAML with rules, checked against the kinds they name; all faults with file and line.

A pack's mappings lie in its folder `mappings/`. `columns.yaml` there is not a list of rules but gives, by kind and
property, other names that columns go by. The format is described in docs/import.md.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from zonetwin.core.errors import InvalidInput
from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.source import Source
from zonetwin.core.units import UNITS, is_convertible
from zonetwin.io.mapping import (
    ANY_VALUE,
    Choice,
    Condition,
    Conditions,
    Edge,
    ObjectMapping,
    Rule,
    default_shapes,
)
from zonetwin.io.values import BadValue, typed_value
from zonetwin.packs.entry import Entry
from zonetwin.packs.issues import Issues
from zonetwin.packs.nodes import Node, read_nodes

COLUMNS_FILE = "columns.yaml"
_SHAPES = ("point", "line", "polygon")
_CHOICE = ("from", "is", "when", "values", "else", "unit", "times", "pattern", "join", "assumed")

Aliases = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Other names of columns, by kind and property."""


def read_mapping(path: Path, kinds: Mapping[str, Kind], *, shown: str = "") -> ObjectMapping:
    """Read one mapping file.

    Args:
        path: The file.
        kinds: Kinds the rules may name.
        shown: The file's name in messages, by default its own.

    Raises:
        InvalidInput: the file is not UTF-8 or cannot be opened.
        InvalidPack: with every fault in it.
    """
    issues = Issues()
    root = read_nodes(_text_of(path), shown or path.name, issues)
    mapping = _mapping(root, kinds, issues) if root else None
    issues.raise_if_any()
    assert mapping is not None
    return mapping


def read_aliases(paths: Iterable[Path], kinds: Mapping[str, Kind]) -> Aliases:
    """Read the packs' `columns.yaml` files into one; names for kinds that are not there are passed over.

    Raises:
        InvalidPack: a file has faults.
    """
    issues = Issues()
    aliases: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in paths:
        root = read_nodes(_text_of(path), f"{path.parent.parent.name}/mappings/{path.name}", issues)
        if root and isinstance(root.value, dict):
            for name, node in root.value.items():
                if kind := kinds.get(name):
                    aliases.setdefault(name, {}).update(_column_names(node, kind, issues))
        elif root:
            issues.add(root.place, "Expected kinds with their properties.")
    issues.raise_if_any()
    return aliases


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(
            f"The mapping {path.name!r} cannot be read: {error}.", hint="Give a YAML file in UTF-8."
        ) from error


def _column_names(node: Node, kind: Kind, issues: Issues) -> dict[str, tuple[str, ...]]:
    entry = Entry(node, issues, optional=[prop.name for prop in kind.properties])
    return {prop.name: entry.texts(prop.name) for prop in kind.properties if prop.name in entry}


def _mapping(root: Node, kinds: Mapping[str, Kind], issues: Issues) -> ObjectMapping:
    entry = Entry(
        root, issues, required=("mapping", "formats", "rules"), optional=("source", "key", "split", "ignore")
    )
    rules = [_rule(node, kinds, issues) for node in entry.items("rules")]
    source = entry.node("source")
    return ObjectMapping(
        name=entry.text("mapping"),
        formats=entry.texts("formats"),
        rules=tuple(rule for rule in rules if rule is not None),
        source=_source(source, issues) if source else None,
        key=entry.texts("key"),
        split=entry.text("split"),
        ignored=frozenset(entry.texts("ignore")),
    )


def _source(node: Node, issues: Issues) -> Source:
    entry = Entry(node, issues, required=("name",), optional=("licence", "attribution", "note"))
    return Source(
        name=entry.text("name"),
        licence=entry.text("licence", "unknown"),
        attribution=entry.text("attribution"),
        note=entry.text("note"),
    )


def _rule(node: Node, kinds: Mapping[str, Kind], issues: Issues) -> Rule | None:
    entry = Entry(
        node, issues, required=("kind",), optional=("where", "shapes", "outline", "on", "properties")
    )
    name = entry.text("kind")
    kind = kinds.get(name)
    if kind is None:
        if "kind" in entry:
            issues.add_unknown(entry.place_of("kind"), "The kind", name, kinds)
        return None
    outline = entry.flag("outline", False)
    return Rule(
        kind=name,
        where=_alternatives(entry.node("where"), issues),
        shapes=_shapes(entry, kind, outline, issues),
        outline=outline,
        edge=_edge(entry.node("on"), kind, kinds, issues),
        properties=_properties(entry.node("properties"), kind, issues),
        place=entry.place,
    )


def _shapes(entry: Entry, kind: Kind, outline: bool, issues: Issues) -> frozenset[str]:
    given = entry.texts("shapes")
    for item in given:
        if item not in _SHAPES:
            issues.add_unknown(entry.place_of("shapes"), "The shape", item, _SHAPES)
    if outline and kind.geometry is not Geometry.LINE:
        issues.add(entry.place_of("outline"), f"{kind.name!r} is not a kind of line.", "Leave `outline` out.")
    if given:
        return frozenset(given)
    return frozenset({"polygon"}) if outline else default_shapes(kind.geometry)


def _edge(node: Node | None, kind: Kind, kinds: Mapping[str, Kind], issues: Issues) -> Edge | None:
    if node is None:
        return None
    entry = Entry(node, issues, required=("kind", "property"), optional=("metres",))
    other, prop = entry.text("kind"), entry.text("property")
    if "kind" in entry and other not in kinds:
        issues.add_unknown(entry.place_of("kind"), "The kind", other, kinds)
    names = [item.name for item in kind.properties]
    if "property" in entry and prop not in names:
        issues.add_unknown(entry.place_of("property"), "The property", prop, names)
    if kind.geometry is not Geometry.POINT:
        issues.add(entry.place, f"{kind.name!r} is not a kind of point.", "Only points lie on outlines.")
    return Edge(other, prop, entry.number("metres", 1.0))


def _alternatives(node: Node | None, issues: Issues) -> tuple[Conditions, ...]:
    if node is None:
        return ()
    if isinstance(node.value, tuple):
        return tuple(_conditions(item, issues) for item in node.value)
    return (_conditions(node, issues),)


def _conditions(node: Node, issues: Issues) -> Conditions:
    if not isinstance(node.value, dict) or not node.value:
        issues.add(node.place, "Expected conditions such as {leisure: [park, garden]}.")
        return ()
    return tuple(_condition(key, item, issues) for key, item in node.value.items())


def _condition(key: str, node: Node, issues: Issues) -> Condition:
    if isinstance(node.value, dict):
        entry = Entry(node, issues, optional=("not", "except"))
        inner = entry.node("not") or entry.node("except")
        if inner is None or ("not" in entry and "except" in entry):
            issues.add(
                node.place, "Expected one of `not` (absent or another) and `except` (there and another)."
            )
            return Condition(key, frozenset(), negated=True, needed=False)
        return Condition(key, _values(inner, issues), negated=True, needed="except" in entry)
    return Condition(key, _values(node, issues))


def _values(node: Node, issues: Issues) -> frozenset[str]:
    items = node.value if isinstance(node.value, tuple) else (node,)
    if any(isinstance(item.value, (dict, tuple)) or not item.text for item in items):
        issues.add(node.place, f"Expected a value, a list of values or {ANY_VALUE!r}.")
    return frozenset(item.text for item in items)


def _properties(node: Node | None, kind: Kind, issues: Issues) -> dict[str, tuple[Choice, ...]]:
    if node is None:
        return {}
    by_name = {prop.name: prop for prop in kind.properties}
    entry = Entry(node, issues, optional=tuple(by_name))
    choices: dict[str, tuple[Choice, ...]] = {}
    for name, prop in by_name.items():
        if value := entry.node(name):
            items = value.value if isinstance(value.value, tuple) else (value,)
            choices[name] = tuple(_choice(item, prop, issues) for item in items)
    return choices


def _choice(node: Node, prop: Property, issues: Issues) -> Choice:
    if not isinstance(node.value, dict):
        if not node.text:
            issues.add(node.place, "Expected a column, or fields such as {from: height, unit: m}.")
        return Choice(columns=(node.text,))
    entry = Entry(node, issues, optional=_CHOICE)
    if ("from" in entry) == ("is" in entry):
        issues.add(node.place, "Expected one of `from` and `is`.")
    when = entry.node("when")
    return Choice(
        columns=_columns(entry),
        constant=_checked(entry, "is", prop, issues),
        when=_conditions(when, issues) if when else (),
        values=_translation(entry, prop, issues),
        otherwise=_checked(entry, "else", prop, issues),
        unit=_unit(entry, prop, issues),
        times=_times(entry, prop, issues),
        pattern=_pattern(entry, issues),
        joined=entry.flag("join", False),
        assumed=entry.text("assumed"),
    )


def _columns(entry: Entry) -> tuple[str, ...]:
    node = entry.node("from")
    if node is None:
        return ()
    return entry.texts("from") if isinstance(node.value, tuple) else (entry.text("from"),)


def _checked(entry: Entry, field: str, prop: Property, issues: Issues) -> str | None:
    if field not in entry:
        return None
    value = entry.text(field)
    _check_value(value, prop, entry.node(field), issues)
    return value


def _check_value(value: str, prop: Property, node: Node | None, issues: Issues) -> None:
    try:
        typed_value(prop, value)
    except BadValue as error:
        assert node is not None
        codes = f" It has: {', '.join(prop.codes)}." if prop.codes else ""
        issues.add(node.place, f"{prop.name!r} cannot be {value!r}: expected {error.wanted}.{codes}")


def _translation(entry: Entry, prop: Property, issues: Issues) -> dict[str, str] | None:
    node = entry.node("values")
    if node is None:
        return {} if "else" in entry else None
    if not isinstance(node.value, dict):
        issues.add(node.place, "Expected values of the file with what they become.")
        return {}
    for item in node.value.values():
        if item.text:
            _check_value(item.text, prop, item, issues)
    return {key: item.text for key, item in node.value.items()}


def _unit(entry: Entry, prop: Property, issues: Issues) -> str | None:
    if "unit" not in entry:
        return None
    unit = entry.text("unit")
    if unit not in UNITS:
        issues.add_unknown(entry.place_of("unit"), "The unit", unit, UNITS)
    elif prop.unit is None or not is_convertible(unit, prop.unit):
        issues.add(entry.place_of("unit"), f"{prop.name!r} is in {prop.unit!r}, which {unit!r} is not.")
    return unit


def _times(entry: Entry, prop: Property, issues: Issues) -> float | None:
    if "times" not in entry:
        return None
    if prop.type not in (Type.REAL, Type.INTEGER):
        issues.add(entry.place_of("times"), f"{prop.name!r} is not a number.")
    return entry.number("times", 1.0)


def _pattern(entry: Entry, issues: Issues) -> re.Pattern[str] | None:
    if "pattern" not in entry:
        return None
    try:
        pattern = re.compile(entry.text("pattern"))
    except re.error as error:
        issues.add(entry.place_of("pattern"), f"The pattern is not a regular expression: {error}.")
        return None
    if pattern.groups < 1:
        issues.add(entry.place_of("pattern"), "The pattern has no group.", "Put what is wanted in brackets.")
    return pattern
