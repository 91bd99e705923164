"""Which objects of a file become which kinds of feature, and what their properties are.

A mapping is a list of rules. Of the rules for one kind the first that fits an object makes it a feature of that
kind; an object may become a feature of several kinds (a school building is a building and a facility). Reading
mapping files is in `mapping_file`, carrying them out in `drafting`.
"""

import re
from collections.abc import Mapping as MappingOf
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from zonetwin.core.kind import Geometry, Kind
from zonetwin.core.source import Source
from zonetwin.io.values import is_absent
from zonetwin.packs.model import Place

NOWHERE = Place("", 0)
"""The place of a rule that no file declares."""

POINT, LINE, POLYGON = "point", "line", "polygon"
ANY_VALUE = "*"


@dataclass(frozen=True, slots=True)
class Condition:
    """A test of one column or tag: among `values` (`*` = there at all), or `negated`: another value.

    An absent column passes a negated test unless it is `needed`.
    """

    key: str
    values: frozenset[str]
    negated: bool = False
    needed: bool = True

    def holds(self, attributes: MappingOf[str, Any], split: str) -> bool:
        """Tell whether an object passes. With `split`, any member of a list such as `bar;cafe` counts."""
        raw = attributes.get(self.key)
        if is_absent(raw):
            return not self.needed
        if ANY_VALUE in self.values:
            return not self.negated
        text = str(raw)
        found = text in self.values
        if not found and split and split in text:
            found = any(part.strip() in self.values for part in text.split(split))
        return found is not self.negated


Conditions = tuple[Condition, ...]
"""All of them must hold."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to get a property's value; the first choice that gives one is taken.

    Attributes:
        columns: Columns or tags in order; the first that is not absent is read. Empty: `constant` is the value.
        constant: The value where no column is read.
        when: What must hold for this choice to be considered.
        values: Translation of the file's values, to nothing where it is empty; one not among them gives
            `otherwise`.
        otherwise: Value for what `values` does not list; None = nothing.
        unit: Unit of a bare number, None when it is the property's.
        times: Factor on a number, such as metres per storey.
        pattern: What to read out of the text, its first group; None reads all.
        joined: Put all columns that are there together, with a space between.
        assumed: Said in `more` when this choice was taken, because it is an assumption.
    """

    columns: tuple[str, ...] = ()
    constant: str | None = None
    when: Conditions = ()
    values: MappingOf[str, str] | None = None
    otherwise: str | None = None
    unit: str | None = None
    times: float | None = None
    pattern: re.Pattern[str] | None = None
    joined: bool = False
    assumed: str = ""

    @property
    def is_verbatim(self) -> bool:
        """Whether the value is the file's own, so that `more` need not repeat it."""
        return bool(self.columns) and self.values is None and self.times is None and self.pattern is None


@dataclass(frozen=True, slots=True)
class Edge:
    """A rule's demand that a point lies on the outline of a feature of another kind, whose key it then holds."""

    kind: str
    property: str
    metres: float


@dataclass(frozen=True, slots=True)
class Rule:
    """What becomes a feature of `kind`, and how.

    Attributes:
        where: Alternatives; one must hold. Empty: every object fits.
        shapes: Shapes an object may have (`point`, `line`, `polygon`; a closed line is both); empty: any, and
            what does not suit the kind is quarantined instead of passed over.
        outline: Take the outline of a polygon as a line.
        edge: Where a point must lie to count.
        properties: Choices by property of the kind.
    """

    kind: str
    where: tuple[Conditions, ...] = ()
    shapes: frozenset[str] = frozenset()
    outline: bool = False
    edge: Edge | None = None
    properties: MappingOf[str, tuple[Choice, ...]] = field(default_factory=dict)
    place: Place = NOWHERE

    def fits(self, attributes: MappingOf[str, Any], split: str) -> bool:
        return not self.where or any(
            all(condition.holds(attributes, split) for condition in conditions) for conditions in self.where
        )


@dataclass(frozen=True, slots=True)
class ObjectMapping:
    """A list of rules with what holds for all of them.

    Attributes:
        name: Its name in reports.
        formats: Formats it is meant for.
        source: Where such files come from; None when the file tells nothing about it.
        key: Columns whose values together identify an object, tried before the format's own identity.
        split: Character between the members of a value that is a list; empty when values are never lists.
        ignored: Columns that never go into `more`; of a column `more` among them the contents do.
        rules: In order.
    """

    name: str
    formats: tuple[str, ...]
    rules: tuple[Rule, ...]
    source: Source | None = None
    key: tuple[str, ...] = ()
    split: str = ""
    ignored: frozenset[str] = frozenset()

    def keys_asked(self) -> tuple[str, ...]:
        """Give the columns or tags of which an object must have one to fit a rule; empty when some rule takes all."""
        asked: dict[str, None] = {}
        for rule in self.rules:
            positive = [[item.key for item in all_of if item.needed] for all_of in rule.where]
            if not positive or not all(positive):
                return ()
            asked.update(dict.fromkeys(keys[0] for keys in positive))
        return tuple(asked)


def joined_mapping(mappings: Sequence[ObjectMapping]) -> ObjectMapping:
    """Put the mappings of several packs together; what holds for all comes from the first that says it."""
    first = mappings[0]
    return ObjectMapping(
        name=first.name,
        formats=first.formats,
        rules=tuple(rule for mapping in mappings for rule in mapping.rules),
        source=next((mapping.source for mapping in mappings if mapping.source), None),
        key=next((mapping.key for mapping in mappings if mapping.key), ()),
        split=next((mapping.split for mapping in mappings if mapping.split), ""),
        ignored=frozenset().union(*(mapping.ignored for mapping in mappings)),
    )


def restricted_mapping(mapping: ObjectMapping, kinds: MappingOf[str, Kind]) -> ObjectMapping:
    """Leave out the rules for kinds that are not wanted."""
    return replace(mapping, rules=tuple(rule for rule in mapping.rules if rule.kind in kinds))


def columns_mapping(kind: Kind, aliases: MappingOf[str, Sequence[str]], *, columns: Sequence[str]) -> Rule:
    """Make the rule that takes every object as one of a kind, its properties from the columns of equal names.

    Args:
        kind: The kind.
        aliases: Other names of columns by property, nearest first.
        columns: The columns the layer has; letter case does not matter.
    """
    there = {column.casefold(): column for column in reversed(columns)}
    properties: dict[str, tuple[Choice, ...]] = {}
    for prop in kind.properties:
        named = [
            there[name.casefold()]
            for name in (prop.name, *aliases.get(prop.name, ()))
            if name.casefold() in there
        ]
        if named:
            properties[prop.name] = (Choice(columns=tuple(dict.fromkeys(named))),)
    return Rule(kind.name, properties=properties)


def shape_of(dimension: int, *, closed: bool) -> frozenset[str]:
    """Give what a shape may serve as: 0, 1, 2 dimensions, -1 for none."""
    if dimension == 1 and closed:
        return frozenset({LINE, POLYGON})
    return (frozenset[str](), frozenset({POINT}), frozenset({LINE}), frozenset({POLYGON}))[dimension + 1]


def default_shapes(geometry: Geometry) -> frozenset[str]:
    """Give the shapes that suit a kind's geometry."""
    if geometry is Geometry.ANY:
        return frozenset({POINT, LINE, POLYGON})
    return frozenset() if geometry is Geometry.NONE else frozenset({geometry.value})
