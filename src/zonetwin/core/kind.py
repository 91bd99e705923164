"""Kinds: what a feature may be, with its typed properties, as a pack declares them.

A kind says which geometry its place has and which properties it carries. Names are SQL identifiers in lower
case; the names in `RESERVED` belong to the record.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from zonetwin.core.errors import NotFound
from zonetwin.core.text import Text

RESERVED = frozenset(
    [
        "fid",
        "geom",
        "key",
        "source",
        "valid_from",
        "valid_to",
        "recorded_at",
        "replaced_at",
        "change",
        "more",
        "feature",
        "area",
    ]
)
"""Columns of the record or of a state: no property may take one of these names."""


class Geometry(StrEnum):
    """What the place of a feature may be. Lines and polygons are stored as multi-parts."""

    NONE = "none"
    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"
    ANY = "any"


class Type(StrEnum):
    """What a property may hold. A date is a day in the zone, an instant is in UTC."""

    TEXT = "text"
    INTEGER = "integer"
    REAL = "real"
    BOOLEAN = "boolean"
    DATE = "date"
    INSTANT = "instant"


@dataclass(frozen=True, slots=True)
class Property:
    """One typed column of a kind. `unit` names a unit of `core.units`; `codes` lists the allowed values."""

    name: str
    type: Type
    title: Text
    unit: str | None = None
    codes: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A sort of feature. `persons` marks what only a viewer with the right to see persons may read."""

    name: str
    title: Text
    geometry: Geometry
    properties: tuple[Property, ...]
    pack: str = ""
    persons: bool = False

    def property_named(self, name: str) -> Property:
        """Find a property.

        Raises:
            NotFound: the kind has no such property; the message lists those it has.
        """
        for item in self.properties:
            if item.name == name:
                return item
        known = ", ".join(item.name for item in self.properties)
        raise NotFound(f"{self.name!r} has no property {name!r}.", hint=f"It has: {known}.")
