"""What a pack may declare, as frozen values. Each remembers the file and line it came from.

A pack is data: a folder with fixed names (`pack.yaml`, `kinds.yaml`, `flows.yaml`, `layers.yaml`,
`indicators/`, `tables/*.csv`, `plan/`). Reading is in `load`, checking in `check`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from zonetwin.core.kind import Kind
from zonetwin.core.text import Text


@dataclass(frozen=True, slots=True)
class Place:
    """Where a declaration stands: file (as shown to people) and line from 1."""

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a pack as text cells; `lines[i]` is the line of `rows[i]` in its file.

    Where several packs give rows of one table, `file` and `pack` are those of the first and `files[i]` is the file
    of `rows[i]`; `files` is empty where all rows are of one file.

    Tables that come from a standard have the columns `source` and `status` (verified, secondary, unverified,
    design).
    """

    name: str
    pack: str
    file: str
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    lines: tuple[int, ...]
    files: tuple[str, ...] = ()

    def place_of(self, row: int) -> Place:
        """Give the file and line of a row by its position."""
        return Place(self.files[row] if self.files else self.file, self.lines[row])


@dataclass(frozen=True, slots=True)
class Access:
    """A need: how far residents are from facilities of some kinds along the network.

    `to` maps each facility kind to the property values that count (empty = all of them). `minutes` is the
    budget the indicator asks about; distances are searched up to it.
    """

    to: Mapping[str, Mapping[str, tuple[str, ...]]]
    by: Literal["walk"]
    minutes: float
    place: Place = field(default=Place("", 0), compare=False)


Per = Literal["area", "organisation"]
Better = Literal["higher", "lower", "exact", "neither"]
Combine = Literal["sum", "ratio", "max", "median", "whole"]
Over = Literal["instant", "span"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A declared computation: one value per area and period from rows of counted objects.

    `sql` is one SELECT giving `(area, feature, counted, of, low, high, reason)` and, where claims differ from
    what was verified, `claimed`. It may use the parameters `:today`, `:start`, `:end` (the period, half-open)
    and those of `parameters`. `over` tells whether the value holds at an instant or over a span of days.
    `version` is a hash of the declaration and its SQL, `sql_file` the file the SQL stands in, as shown to
    people.
    """

    name: str
    pack: str
    title: Text
    unit: str
    per: Per
    better: Better
    combine: Combine
    over: Over
    needs: tuple[Access, ...]
    sql: str
    parameters: Mapping[str, str | float | int | bool]
    band: str
    source: Text
    limits: Text
    version: str
    place: Place
    sql_file: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A declared state of a flow; `rank` is its position from 0, `closed` ends the case without success."""

    name: str
    title: Text
    rank: int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A declared step between two stages of a flow."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Flow:
    """The declared life of a sort of case: its stages in order, its moves, the kind of its site.

    `classes` names the pack table that lists the classes of case and the quantities each carries.
    """

    name: str
    pack: str
    title: Text
    site: str
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    classes: str
    place: Place

    def stage(self, name: str) -> Stage:
        return next(stage for stage in self.stages if stage.name == name)


Colour = tuple[str, str]
"""A colour in the light and in the dark theme."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """How something is drawn. Widths are CSS pixels, `dash` in multiples of the width, `opacity` 0..1.

    `mark` is a character or two written on points, so that classes differ by more than their colour.
    """

    fill: Colour | None = None
    line: Colour | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0
    radius: float = 4.0
    hatch: str = ""
    mark: Text | None = None


@dataclass(frozen=True, slots=True)
class LayerClass:
    """One class of a layer: features whose property has one of the values, its title and symbol."""

    title: Text
    property: str
    values: tuple[str, ...]
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class Layer:
    """A map layer over one kind: the first class that fits draws a feature, else `symbol` does.

    `extrude` names the property with the height in metres; `label` the property written on the map.
    """

    name: str
    pack: str
    kind: str
    group: str
    title: Text
    order: int
    symbol: Symbol
    classes: tuple[LayerClass, ...] = ()
    minzoom: float = 0.0
    visible: bool = True
    extrude: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A folder of the layer tree."""

    name: str
    title: Text
    order: int


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack as read: its declarations, and where it lies."""

    name: str
    title: Text
    version: str
    owner: str
    licence: str
    needs: tuple[str, ...]
    folder: Path
    kinds: tuple[Kind, ...] = ()
    flows: tuple[Flow, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    groups: tuple[Group, ...] = ()
    layers: tuple[Layer, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    plan: Mapping[str, Table] = field(default_factory=dict)
    texts: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything the chosen packs declare, merged; names are unique across packs."""

    packs: tuple[Pack, ...]
    kinds: Mapping[str, Kind]
    flows: Mapping[str, Flow]
    indicators: Mapping[str, Indicator]
    groups: Mapping[str, Group]
    layers: tuple[Layer, ...]
    tables: Mapping[str, Table]
    texts: Mapping[str, Text] = field(default_factory=dict)

    @property
    def plan_packs(self) -> tuple[Pack, ...]:
        return tuple(pack for pack in self.packs if pack.plan)
