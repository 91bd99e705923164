"""The tree of map layers with their legends, as plain values: the same symbols the style is compiled from."""

from collections.abc import Iterable
from dataclasses import dataclass

from zonetwin.core.kind import Geometry
from zonetwin.core.text import Text
from zonetwin.packs.model import Catalogue, Group, Layer, Symbol
from zonetwin.twin.style import ordered_layers


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One line of a legend."""

    title: Text
    symbol: Symbol


@dataclass(frozen=True, slots=True)
class LegendLayer:
    """A layer with the geometry of its kind and its legend, classes first, then what fits none of them."""

    layer: Layer
    geometry: Geometry
    legend: tuple[LegendEntry, ...]


OTHER = Text("其他", "Other")


def legend_groups(catalogue: Catalogue) -> list[Group]:
    """List the groups of the layer tree in order."""
    return sorted(catalogue.groups.values(), key=lambda group: (group.order, group.name))


def legend_layers(catalogue: Catalogue, kinds: Iterable[str]) -> list[LegendLayer]:
    """List the layers of the given kinds, topmost first as a legend reads."""
    visible = set(kinds)
    return [
        LegendLayer(layer, catalogue.kinds[layer.kind].geometry, _entries(layer))
        for layer in reversed(ordered_layers(catalogue))
        if layer.kind in visible
    ]


def _entries(layer: Layer) -> tuple[LegendEntry, ...]:
    classes = tuple(LegendEntry(item.title, item.symbol) for item in layer.classes)
    return (*classes, LegendEntry(OTHER if classes else layer.title, layer.symbol))
