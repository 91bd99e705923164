"""Where a place that has an outline is entered: by its given gates, where a way enters, or along its outline.

The order is: gates that the data gives; else points where an edge of the network crosses the outline, or
ends within a tolerance of it; else points along the outline, so that the nearest of them counts. What was
used stands beside each entrance. Fences are not known here: an outline without a gate or a way is taken as
open, and flagged.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely

from zonetwin.analysis.network import Floats, Geometries, Ints, Network, points_of

OUTLINE_STEP_M = 25.0
"""Distance between the points that stand for an open outline."""


class How(StrEnum):
    """How an entrance is known."""

    GIVEN = "given"
    ENTERED = "entered"
    OUTLINE = "outline"
    POINT = "point"


@dataclass(frozen=True, slots=True)
class Entrances:
    """Points at which places are entered, ordered by place.

    Attributes:
        place: Row of the place each belongs to, shape (entrances,).
        points: x, y in the zone's metric CRS, shape (entrances, 2).
        how: How each is known, of `How`.
    """

    place: Ints
    points: Floats
    how: Geometries

    def __len__(self) -> int:
        return len(self.place)


def entrances_of(network: Network, places: Geometries, given: Entrances, *, tolerance_m: float) -> Entrances:
    """Find where places are entered.

    Args:
        network: The walkable network.
        places: Points, lines or polygons in the zone's metric CRS; None has no entrance.
        given: Entrances the data gives; a place that has one gets no other.
        tolerance_m: How near an outline the loose end of a way must be to enter.
    """
    rows = np.arange(len(places))
    open_rows = rows[~np.isin(rows, given.place) & ~shapely.is_missing(places) & ~shapely.is_empty(places)]
    is_point = shapely.get_dimensions(places[open_rows]) == 0
    entered = _entered(network, places, open_rows[~is_point], tolerance_m)
    left = open_rows[~is_point & ~np.isin(open_rows, entered.place)]
    return _sorted([given, _points(places, open_rows[is_point]), entered, _outline_points(places, left)])


def gates_by_outline(gates: Floats, places: Geometries, *, tolerance_m: float) -> tuple[Ints, Ints]:
    """Pair gates (x, y) with the places whose outline lies within a tolerance: rows of gates, of places."""
    if not len(gates) or not len(places):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    outlines = shapely.boundary(places)
    tree = shapely.STRtree(outlines)
    gate, place = tree.query(points_of(gates), predicate="dwithin", distance=tolerance_m)
    return gate.astype(np.int64), place.astype(np.int64)


def no_entrances() -> Entrances:
    return Entrances(np.empty(0, dtype=np.int64), np.empty((0, 2)), np.empty(0, dtype=object))


def _made(place: Ints, points: Floats, how: How) -> Entrances:
    return Entrances(np.asarray(place, dtype=np.int64), points, np.full(len(place), how.value, dtype=object))


def _points(places: Geometries, rows: Ints) -> Entrances:
    """Take points as they are; of several in one place the middle one."""
    if not len(rows):
        return no_entrances()
    return _made(rows, shapely.get_coordinates(shapely.centroid(places[rows])), How.POINT)


def _entered(network: Network, places: Geometries, rows: Ints, tolerance_m: float) -> Entrances:
    """Find where edges cross outlines, and loose ends of ways near them."""
    if not len(rows) or not network.edge_count:
        return no_entrances()
    outlines = shapely.boundary(places[rows])
    at, edge = network.edge_tree.query(outlines, predicate="crosses")
    crossings = shapely.intersection(outlines[at], network.lines[edge])
    points, of_crossing = shapely.get_coordinates(crossings, return_index=True)
    loose = network.nodes[_loose_ends(network)]
    near_at, near = shapely.STRtree(points_of(loose)).query(
        outlines, predicate="dwithin", distance=tolerance_m
    )
    place = np.r_[rows[at[of_crossing]], rows[near_at]]
    found = np.concatenate([points, loose[near]])
    _, first = np.unique(np.column_stack([place, np.rint(found * 10)]), axis=0, return_index=True)
    return _made(place[first], found[first], How.ENTERED)


def _loose_ends(network: Network) -> Ints:
    degree = np.bincount(np.r_[network.start, network.end], minlength=network.node_count)
    return np.flatnonzero(degree == 1)


def _outline_points(places: Geometries, rows: Ints) -> Entrances:
    """Put points along outlines (of lines: along the line), at least four on each, a fixed step apart."""
    if not len(rows):
        return no_entrances()
    dimension = shapely.get_dimensions(places[rows])
    outlines = np.where(dimension == 2, shapely.boundary(places[rows]), places[rows])
    parts, of_place = shapely.get_parts(outlines, return_index=True)
    lengths = shapely.length(parts)
    counts = np.maximum(np.ceil(lengths / OUTLINE_STEP_M), 4).astype(np.int64)
    part = np.repeat(np.arange(len(parts)), counts)
    step = np.arange(len(part)) - np.repeat(np.r_[0, np.cumsum(counts)[:-1]], counts)
    points = shapely.line_interpolate_point(parts[part], step * (lengths / counts)[part])
    return _made(rows[of_place[part]], shapely.get_coordinates(points), How.OUTLINE)


def _sorted(sets: list[Entrances]) -> Entrances:
    place = np.concatenate([one.place for one in sets])
    order = np.argsort(place, kind="stable")
    return Entrances(
        place[order],
        np.concatenate([one.points for one in sets])[order],
        np.concatenate([one.how for one in sets])[order],
    )
