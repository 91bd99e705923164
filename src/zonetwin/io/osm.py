"""Reads OpenStreetMap extracts (PBF, XML): tagged nodes, ways and multipolygon relations.

A way is read as a line, closed ones too: what it may become is the mapping's affair. Multipolygon and boundary
relations are assembled; other relations are counted as read and have no shape. Untagged objects are not read at
all. A way that leaves the extract is cut to the longest run of nodes that are in it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import shapely
from osmium.filter import EmptyTagFilter, IdFilter, KeyFilter

from zonetwin.core.errors import InvalidInput
from zonetwin.core.space import LONLAT
from zonetwin.io import fault as faults
from zonetwin.io.fault import Fault
from zonetwin.io.model import BATCH, Batch, Format, Geometries, ReadOptions

_ASSEMBLED = ("multipolygon", "boundary")


def read_osm(path: Path, options: ReadOptions) -> Iterator[Batch]:
    """Read the objects that have one of the tags asked for.

    Raises:
        InvalidInput: the file is cut off or not an OSM file. Batches may have been given before it shows.
    """
    collected = _Collected(path.stem)
    with _plain_errors(path):
        processor = _processor(path, options.tags)
        for thing in processor:
            collected.take(thing)
            if len(collected) >= BATCH:
                yield collected.batch()
        collected.take_unassembled(
            _member_places(path, collected.members_missed, processor.node_location_storage)
        )
    yield collected.batch()


def _processor(path: Path, tags: Sequence[str]) -> "osmium.FileProcessor":
    wanted = KeyFilter(*tags) if tags else EmptyTagFilter()
    return osmium.FileProcessor(str(path)).with_areas(wanted).with_filter(wanted)


def _member_places(path: Path, members: set[int], nodes: Any) -> dict[int, tuple[float, float]]:
    """Find a place on each of the given ways that has one in the file, to show where a relation lies."""
    places: dict[int, tuple[float, float]] = {}
    if not members:
        return places
    ways: Iterable[Any] = osmium.FileProcessor(str(path), osmium.osm.WAY).with_filter(IdFilter(members))
    for way in ways:
        for node in way.nodes:
            with suppress(KeyError):
                location = nodes.get(node.ref)
                places[way.id] = (location.lon, location.lat)
                break
    return places


@contextmanager
def _plain_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (RuntimeError, ValueError) as error:
        raise InvalidInput(
            f"{path.name!r} is not a whole OSM file: {error}.",
            hint="It may be cut off; fetch it again. Nothing of it was stored.",
        ) from error


class _Collected:
    """Objects read and not yet given on."""

    def __init__(self, layer: str) -> None:
        self._layer = layer
        self._factory = osmium.geom.WKBFactory()
        self._unassembled: dict[int, tuple[dict[str, str], list[int]]] = {}
        self._assembled: set[int] = set()
        self._done = 0
        self._edited: datetime | None = None
        self._clear()

    def __len__(self) -> int:
        return len(self._keys)

    def take(self, thing: Any) -> None:
        """Take one object; areas of closed ways come as ways already."""
        if self._edited is None or thing.timestamp > self._edited:
            self._edited = thing.timestamp
        if thing.is_node():
            self._take_node(thing)
        elif thing.is_way():
            self._take_way(thing)
        elif thing.is_relation():
            self._take_relation(thing)
        elif not thing.from_way():
            self._take_area(thing)

    @property
    def members_missed(self) -> set[int]:
        """Ways that belong to relations no area was made of."""
        return {way for _, ways in self._unassembled.values() for way in ways}

    def take_unassembled(self, places: Mapping[int, tuple[float, float]]) -> None:
        """Take the relations no area could be made of, because members are missing or do not close."""
        for identity, (tags, ways) in self._unassembled.items():
            x, y = next((places[way] for way in ways if way in places), (None, None))
            self._add(f"relation/{identity}", tags, None, replace(faults.incomplete_outline(), x=x, y=y))
        self._unassembled = {}

    def batch(self) -> Batch:
        """Give what was collected and begin anew."""
        batch = Batch(
            layer=self._layer,
            attributes=self._tags,
            keys=self._keys,
            names=self._keys,
            geometry=self._geometry(),
            crs=LONLAT,
            faults=self._faults,
            read=self._read,
            done=self._done,
            edited_on=self._edited.date() if self._edited and self._edited.year > 1970 else None,
        )
        self._clear()
        return batch

    def _clear(self) -> None:
        self._keys: list[str] = []
        self._tags: list[dict[str, str]] = []
        self._shapes: list[str | None] = []
        self._faults: dict[int, Fault] = {}
        self._read = 0

    def _geometry(self) -> Geometries:
        shapes: Geometries = shapely.from_wkb(np.array(self._shapes, dtype=object))
        return shapes

    def _add(self, key: str, tags: dict[str, str], shape: str | None, fault: Fault | None = None) -> None:
        if fault is not None:
            self._faults[len(self._keys)] = fault
        self._keys.append(key)
        self._tags.append(tags)
        self._shapes.append(shape)
        self._read += 1
        self._done += 1

    def _take_node(self, node: Any) -> None:
        self._add(f"node/{node.id}", dict(node.tags), self._factory.create_point(node))

    def _take_way(self, way: Any) -> None:
        key, tags = f"way/{way.id}", dict(way.tags)
        try:
            self._add(key, tags, self._factory.create_linestring(way))
        except (osmium.InvalidLocationError, RuntimeError):
            run = _longest_run(way)
            if len(run) < 2:
                x, y = run[0] if run else (None, None)
                self._add(key, tags, None, replace(faults.too_few_nodes(), x=x, y=y))
            else:
                self._add(key, tags, shapely.to_wkb(shapely.linestrings(run), hex=True), faults.clipped())

    def _take_relation(self, relation: Any) -> None:
        tags = dict(relation.tags)
        if tags.get("type") in _ASSEMBLED:
            if relation.id not in self._assembled:
                ways = [member.ref for member in relation.members if member.type == "w"]
                self._unassembled[relation.id] = (tags, ways)
        else:
            self._add(f"relation/{relation.id}", tags, None)

    def _take_area(self, area: Any) -> None:
        """Take the area of a relation. It comes after the relation itself or before; either way it is read once."""
        identity = area.orig_id()
        self._assembled.add(identity)
        self._unassembled.pop(identity, None)
        key, tags = f"relation/{identity}", dict(area.tags)
        try:
            self._add(key, tags, self._factory.create_multipolygon(area))
        except RuntimeError:
            self._add(key, tags, None, faults.incomplete_outline())


def _longest_run(way: Any) -> list[tuple[float, float]]:
    """Give the longest run of neighbouring nodes that have a place, without repeated ones."""
    runs: list[list[tuple[float, float]]] = [[]]
    for node in way.nodes:
        if not node.location.valid():
            runs.append([])
        elif (place := (node.location.lon, node.location.lat)) not in runs[-1][-1:]:
            runs[-1].append(place)
    return max(runs, key=len)


def _is_osm(head: bytes) -> bool:
    return b"OSMHeader" in head[:64] or b"<osm" in head[:512]


OSM = Format(
    name="osm",
    extensions=(".osm.pbf", ".pbf", ".osm"),
    sniff=_is_osm,
    read=read_osm,
    layers=lambda path: (path.stem,),
    is_synthetic=lambda path: False,
)
