"""Drawing commands of a vector tile: geometries in tile units become moves, lines and closings, all at once.

Outlines are rounded to whole tile units. What vanishes by that (rings without area, lines without length) is
left out, and with an exterior its holes. Exteriors turn clockwise on the screen, holes the other way.
Rounding may make an outline touch itself; it is not repaired.

Source: Mapbox Vector Tile Specification 2.1, §4.3.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from zonetwin.core.space import Floats
from zonetwin.twin.mercator import BUFFER, EXTENT
from zonetwin.twin.varint import Integers, Unsigned, zigzag

Geometries = np.ndarray[tuple[int, ...], np.dtype[np.object_]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

POINT, LINE, POLYGON = 1, 2, 3
_CLOSE = 15
_EDGES = (-float(BUFFER), -float(BUFFER), float(EXTENT + BUFFER), float(EXTENT + BUFFER))


@dataclass(frozen=True, slots=True)
class Drawing:
    """Commands of the features that are still visible.

    `features` gives for each drawn feature its position in the input (twice where a collection mixes points,
    lines and polygons), `types` its sort, `counts` how many of the `commands` are its own, in order.
    """

    features: Integers
    types: Integers
    counts: Integers
    commands: Unsigned


def draw(geometries: Geometries) -> Drawing:
    """Draw geometries given in tile units, clipped to the buffered tile."""
    parts, owners = _simple_parts(_clipped(geometries))
    sorts = shapely.get_type_id(parts)
    drawn = [
        _drawn_points(parts[sorts == 0], owners[sorts == 0]),
        _drawn_lines(parts[(sorts == 1) | (sorts == 2)], owners[(sorts == 1) | (sorts == 2)]),
        _drawn_polygons(parts[sorts == 3], owners[sorts == 3]),
    ]
    return Drawing(
        np.concatenate([item.features for item in drawn]),
        np.concatenate([item.types for item in drawn]),
        np.concatenate([item.counts for item in drawn]),
        np.concatenate([item.commands for item in drawn]),
    )


def _clipped(geometries: Geometries) -> Geometries:
    """Cut what crosses the buffered tile's edges; what lies outside becomes empty."""
    west, north, east, south = _EDGES
    bounds = shapely.bounds(geometries)
    inside = (
        (bounds[:, 0] >= west) & (bounds[:, 1] >= north) & (bounds[:, 2] <= east) & (bounds[:, 3] <= south)
    )
    if inside.all():
        return geometries
    cut = geometries.copy()
    try:
        cut[~inside] = shapely.clip_by_rect(geometries[~inside], west, north, east, south)
    except shapely.errors.GEOSException:  # an invalid outline that crosses the edge; rare, so the slow way
        edges = shapely.box(west, north, east, south)
        cut[~inside] = shapely.intersection(shapely.make_valid(geometries[~inside]), edges)
    return cut


def _simple_parts(geometries: Geometries) -> tuple[Geometries, Integers]:
    """Take collections apart down to points, lines and polygons, each with its owner's position."""
    parts, owners = shapely.get_parts(geometries, return_index=True)
    while (shapely.get_type_id(parts) >= 4).any():
        parts, inner = shapely.get_parts(parts, return_index=True)
        owners = owners[inner]
    filled = ~shapely.is_empty(parts)
    return parts[filled], owners[filled]


def _drawn_points(points: Geometries, owners: Integers) -> Drawing:
    if not points.size:
        return _nothing()
    places, index = shapely.get_coordinates(points, return_index=True)
    features, counts = np.unique(owners[index], return_counts=True)
    starts = _starts(1 + 2 * counts)
    commands = np.empty(int((1 + 2 * counts).sum()), dtype=np.uint64)
    commands[starts] = (counts << 3 | 1).astype(np.uint64)
    feature_of_place = np.repeat(np.arange(len(features)), counts)
    at = starts[feature_of_place] + 1 + 2 * _ranks(counts)
    _put_places(commands, at, _steps(_rounded(places), feature_of_place))
    return Drawing(features, np.full(len(features), POINT), 1 + 2 * counts, commands)


def _drawn_lines(lines: Geometries, owners: Integers) -> Drawing:
    if not lines.size:
        return _nothing()
    exact, line = shapely.get_coordinates(lines, return_index=True)
    places = _rounded(exact)
    kept = np.ones(len(places), dtype=bool)
    kept[1:] = (places[1:] != places[:-1]).any(axis=1) | (line[1:] != line[:-1])
    places, line = places[kept], line[kept]
    long_enough = np.bincount(line, minlength=len(lines)) >= 2
    places, line = places[long_enough[line]], line[long_enough[line]]
    return _joined(places, line, owners, LINE)


def _drawn_polygons(polygons: Geometries, owners: Integers) -> Drawing:
    if not polygons.size:
        return _nothing()
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    exterior = np.ones(len(rings), dtype=bool)
    exterior[1:] = polygon[1:] != polygon[:-1]
    places, ring = _open_rings(rings)
    areas = _doubled_areas(places, ring, len(rings))
    visible = areas != 0
    visible &= visible[exterior][polygon]
    places, ring = places[visible[ring]], ring[visible[ring]]
    places = _turned(places, ring, exterior == (areas < 0))
    return _joined(places, ring, owners[polygon], POLYGON)


def _open_rings(rings: Geometries) -> tuple[Integers, Integers]:
    """Give rounded corners and their ring, without the closing corner and without repeated ones."""
    places, ring = shapely.get_coordinates(rings, return_index=True)
    last = np.ones(len(places), dtype=bool)
    last[:-1] = ring[1:] != ring[:-1]
    corners, ring = _rounded(places[~last]), ring[~last]
    former = np.arange(len(ring)) - 1
    counts = np.bincount(ring, minlength=len(rings))
    filled = counts > 0
    former[_starts(counts[filled])] = np.cumsum(counts[filled]) - 1
    kept = (corners != corners[former]).any(axis=1)
    return corners[kept], ring[kept]


def _doubled_areas(corners: Integers, ring: Integers, rings: int) -> Integers:
    """Give twice the signed area of each ring, exact; positive turns clockwise on the screen."""
    if not len(corners):
        return np.zeros(rings, dtype=np.int64)
    following = np.arange(len(ring)) + 1
    counts = np.bincount(ring, minlength=rings)
    filled = counts > 0
    following[np.cumsum(counts[filled]) - 1] = _starts(counts[filled])
    crossed = corners[:, 0] * corners[following, 1] - corners[following, 0] * corners[:, 1]
    sums = np.zeros(rings, dtype=np.int64)
    np.add.at(sums, ring, crossed)
    return sums


def _turned(corners: Integers, ring: Integers, reversed_rings: Mask) -> Integers:
    """Reverse the corners of the chosen rings."""
    if not len(corners):
        return corners
    present, counts = np.unique(ring, return_counts=True)
    starts = _starts(counts)
    within = _ranks(counts)
    group = np.repeat(np.arange(len(present)), counts)
    backwards = reversed_rings[ring]
    order = np.where(backwards, starts[group] + counts[group] - 1 - within, starts[group] + within)
    return corners[order]


def _joined(places: Integers, outline: Integers, owners: Integers, sort: int) -> Drawing:
    """Write the commands of lines or rings; outlines of one owner follow each other as one feature."""
    if not len(places):
        return _nothing()
    present, counts = np.unique(outline, return_counts=True)
    ending = 1 if sort == POLYGON else 0
    lengths = 2 * counts + 2 + ending
    starts = _starts(lengths)
    commands = np.empty(int(lengths.sum()), dtype=np.uint64)
    commands[starts] = 9  # move to one place
    commands[starts + 3] = ((counts - 1) << 3 | 2).astype(np.uint64)  # lines to all the others
    if ending:
        commands[starts + lengths - 1] = _CLOSE
    group, within = np.repeat(np.arange(len(present)), counts), _ranks(counts)
    at = starts[group] + np.where(within == 0, 1, 2 + 2 * within)
    owner = owners[present]
    _put_places(commands, at, _steps(places, owner[group]))
    features, first = np.unique(owner, return_index=True)
    return Drawing(features, np.full(len(features), sort), np.add.reduceat(lengths, first), commands)


def _steps(places: Integers, owner: Integers) -> Integers:
    """Give each place relative to the one before it in the same feature; a feature begins at 0, 0."""
    steps = places.copy()
    steps[1:] -= places[:-1]
    begins = np.ones(len(places), dtype=bool)
    begins[1:] = owner[1:] != owner[:-1]
    steps[begins] = places[begins]
    return steps


def _put_places(commands: Unsigned, at: Integers, steps: Integers) -> None:
    folded = zigzag(steps)
    commands[at] = folded[:, 0]
    commands[at + 1] = folded[:, 1]


def _rounded(places: Floats) -> Integers:
    return np.rint(places).astype(np.int64)


def _starts(counts: Integers) -> Integers:
    return np.asarray(np.cumsum(counts) - counts)


def _ranks(counts: Integers) -> Integers:
    """Number the members of consecutive groups from 0 within each group."""
    return np.asarray(np.arange(int(counts.sum())) - np.repeat(_starts(counts), counts))


def _nothing() -> Drawing:
    none = np.zeros(0, dtype=np.int64)
    return Drawing(none, none, none, np.zeros(0, dtype=np.uint64))
