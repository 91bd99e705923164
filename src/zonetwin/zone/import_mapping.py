"""Which mapping an import uses: the one given, the packs' own for the format, or columns of equal names."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.kind import RESERVED, Geometry, Kind
from zonetwin.io.geopackage import SOURCES
from zonetwin.io.mapping import ObjectMapping, columns_mapping, joined_mapping, restricted_mapping
from zonetwin.io.mapping_file import COLUMNS_FILE, Aliases, read_aliases, read_mapping
from zonetwin.io.model import Batch, Format
from zonetwin.zone.zone import Zone

_IGNORED = (RESERVED - {"key", "area", "valid_from"}) | {"layer"}
"""Columns of our own exports that say nothing about an object."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The mapping of an import: one for all objects, or a kind for each layer.

    Attributes:
        layers: Layers to read, None for all.
        fixed: The mapping for all objects, None where each layer is one kind.
        kinds: The kind of each layer, where they are.
        aliases: Other names of columns.
    """

    layers: tuple[str, ...] | None
    fixed: ObjectMapping | None
    kinds: Mapping[str, Kind]
    aliases: Aliases

    def mapping_for(self, batch: Batch) -> ObjectMapping:
        """Give the mapping for a batch; where a layer is one kind, its columns decide what fills which property."""
        if self.fixed is not None:
            return self.fixed
        kind = self.kinds[batch.layer]
        columns = dict.fromkeys(name for attributes in batch.attributes for name in attributes)
        rule = columns_mapping(kind, self.aliases.get(kind.name, {}), columns=tuple(columns))
        return ObjectMapping(kind.name, (), (rule,), ignored=_IGNORED)

    @property
    def is_placed(self) -> bool:
        """Whether the objects must have coordinates."""
        return self.fixed is not None or any(
            kind.geometry is not Geometry.NONE for kind in self.kinds.values()
        )


def choose_mapping(
    zone: Zone, path: Path, file_format: Format, *, kind: str | None, mapping: Path | None, layer: str | None
) -> Chosen:
    """Choose how the objects of a file become features.

    Raises:
        NotFound: the zone has no such kind, the packs no such mapping.
        InvalidInput: nothing says what the objects are, or which layer is meant.
        InvalidPack: the mapping file has faults.
    """
    kinds = _wanted_kinds(zone, kind)
    layers = None if layer is None else (layer,)
    if mapping is not None:
        return Chosen(layers, _restricted(_given(zone, mapping), kinds), {}, {})
    if shipped := _shipped(zone, file_format.name):
        return Chosen(layers, _restricted(joined_mapping(shipped), kinds), {}, {})
    by_layer = _kind_of_layers(zone, path, file_format, kind, layer)
    files = [pack.folder / "mappings" / COLUMNS_FILE for pack in zone.packs.packs]
    aliases = read_aliases([file for file in files if file.is_file()], zone.packs.kinds)
    return Chosen(tuple(by_layer), None, by_layer, aliases)


def _wanted_kinds(zone: Zone, kind: str | None) -> Mapping[str, Kind]:
    kinds = zone.packs.kinds
    if kind is None:
        return kinds
    if kind not in kinds:
        raise NotFound(f"The zone has no kind {kind!r}.", hint=f"Its packs have: {', '.join(sorted(kinds))}.")
    return {kind: kinds[kind]}


def _restricted(mapping: ObjectMapping, kinds: Mapping[str, Kind]) -> ObjectMapping:
    restricted = restricted_mapping(mapping, kinds)
    if not restricted.rules:
        there = sorted({rule.kind for rule in mapping.rules})
        raise InvalidInput(
            f"The mapping {mapping.name!r} makes no {', '.join(kinds)}.",
            hint=f"It makes: {', '.join(there)}.",
        )
    return restricted


def _given(zone: Zone, mapping: Path) -> ObjectMapping:
    if mapping.is_file():
        return read_mapping(mapping, zone.packs.kinds)
    raise NotFound(f"There is no mapping file {mapping.name!r}.", hint="Check the path.")


def _shipped(zone: Zone, file_format: str) -> list[ObjectMapping]:
    """Read the packs' mappings that bear a format's name."""
    found = []
    for pack in zone.packs.packs:
        file = pack.folder / "mappings" / f"{file_format}.yaml"
        if file.is_file():
            found.append(read_mapping(file, zone.packs.kinds, shown=f"{pack.name}/mappings/{file.name}"))
    return found


def _kind_of_layers(
    zone: Zone, path: Path, file_format: Format, kind: str | None, layer: str | None
) -> dict[str, Kind]:
    """Say of which kind each layer to read is: the kind asked for, else the one the layer is named after."""
    kinds = zone.packs.kinds
    there = [name for name in file_format.layers(path) if name != SOURCES]
    if layer is not None and layer not in there:
        raise InvalidInput(f"{path.name!r} has no layer {layer!r}.", hint=f"It has: {', '.join(there)}.")
    named = there if layer is None else [layer]
    if kind is None:
        if by_name := {name: kinds[name] for name in named if name in kinds}:
            return by_name
        raise InvalidInput(
            f"{path.name!r} does not say what its objects are.",
            hint=f"Say it with --kind, one of: {', '.join(sorted(kinds))}.",
        )
    if len(named) > 1:
        raise InvalidInput(
            f"{path.name!r} has several layers.", hint=f"Choose one with --layer: {', '.join(there)}."
        )
    return dict.fromkeys(named, kinds[kind])
