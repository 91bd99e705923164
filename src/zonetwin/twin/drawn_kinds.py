"""What of a kind stands in tiles: properties, labels, the first zoom. The map layers decide it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from zonetwin.core.actor import Viewer
from zonetwin.core.kind import Geometry, Kind
from zonetwin.packs.model import Catalogue, Layer

NAMES = ("name", "name_en")


@dataclass(frozen=True, slots=True)
class DrawnKind:
    """How a kind is drawn in tiles.

    `columns` are what layers need (classes, heights, labels, names), `labels` the properties written on the
    map; `label_points` tells whether a point per feature carries them. Below `minzoom` no layer shows the
    kind.
    """

    kind: Kind
    columns: tuple[str, ...]
    labels: tuple[str, ...]
    label_points: bool
    minzoom: float

    @property
    def all_columns(self) -> tuple[str, ...]:
        return tuple(item.name for item in self.kind.properties)


def drawn_kinds(catalogue: Catalogue, viewer: Viewer) -> Mapping[str, DrawnKind]:
    """List the kinds with a place that a viewer may see, in the order of the catalogue."""
    return {
        kind.name: _drawn(kind, [layer for layer in catalogue.layers if layer.kind == kind.name])
        for kind in catalogue.kinds.values()
        if kind.geometry is not Geometry.NONE and (viewer.sees_persons or not kind.persons)
    }


def label_pair(kind: Kind, label: str) -> tuple[str, ...]:
    """Give a label property and its English sister where the kind has one."""
    names = {item.name for item in kind.properties}
    return tuple(name for name in (label, f"{label}_en") if name in names)


def has_label_points(kind: Kind) -> bool:
    """Tell whether labels hang on points of their own: outlines are cut by tiles, so theirs must."""
    return kind.geometry in (Geometry.POLYGON, Geometry.ANY)


def _drawn(kind: Kind, layers: list[Layer]) -> DrawnKind:
    labels = _unique(name for layer in layers if layer.label for name in label_pair(kind, layer.label))
    classes = (item.property for layer in layers for item in layer.classes)
    heights = (layer.extrude for layer in layers if layer.extrude)
    wanted = {*labels, *classes, *heights, *NAMES}
    return DrawnKind(
        kind=kind,
        columns=tuple(item.name for item in kind.properties if item.name in wanted),
        labels=labels,
        label_points=bool(labels) and has_label_points(kind),
        minzoom=min((layer.minzoom for layer in layers), default=0.0),
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
