"""How far points are from the nearest of some facilities: along the network, by its nodes, or straight.

One bounded search from all facilities at once answers every point (scipy's Dijkstra with `min_only`).
Distances are whole decimetres; a limit holds up to half a decimetre more, so a point exactly at the limit is
within. Counts of all facilities within reach, isochrones and travel times by vehicle are left out.

Source: E. W. Dijkstra 1959, doi:10.1007/BF01386390; the choice of library was measured on four networks.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from zonetwin.analysis.network import DECIMETRES, Floats, Ints, Network
from zonetwin.analysis.snapping import NOWHERE, OnEdges, OnNodes

UNREACHED = -1
"""Distance and facility of a point from which no facility is within the limit."""

_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest facility of each point: its row and the distance in decimetres; UNREACHED where none."""

    facility: Ints
    distance: Ints


def decimetres_within(*, minutes: float, metres_per_minute: float) -> int:
    """Give how many whole decimetres are walked in a time; half a decimetre rounds up."""
    return int(np.floor(minutes * metres_per_minute * DECIMETRES + _HALF))


def nearest_along(network: Network, origins: OnEdges, facilities: OnEdges, *, limit: int) -> Nearest:
    """Find the nearest facility from each origin along permitted directions, within a limit in decimetres.

    A way is: access, along the origin's edge to one of its ends, over the network, along the facility's edge,
    its access; or directly along the edge where both stand on the same one. Points placed nowhere reach none.
    """
    placed = np.flatnonzero(facilities.is_placed)
    reached = facilities.taken(placed)
    enters_from_start = network.forward[reached.edge]
    enters_from_end = network.backward[reached.edge]
    rows = np.arange(len(placed))
    owner, distance = _search(
        network,
        np.r_[rows[enters_from_start], rows[enters_from_end]],
        np.r_[network.start[reached.edge][enters_from_start], network.end[reached.edge][enters_from_end]],
        np.r_[
            (reached.from_start + reached.access)[enters_from_start],
            (reached.from_end + reached.access)[enters_from_end],
        ],
        count=len(placed),
        limit=limit,
    )
    best = _by_the_ends(network, origins, owner, distance)
    best = _nearer(best, _on_the_same_edge(network, origins, reached))
    return _within(best, limit, placed)


def nearest_by_nodes(network: Network, origins: OnNodes, facilities: OnNodes, *, limit: int) -> Nearest:
    """Find the nearest facility where origins and facilities stand on nodes, within a limit in decimetres."""
    placed = np.flatnonzero(facilities.node != NOWHERE)
    owner, distance = _search(
        network,
        np.arange(len(placed)),
        facilities.node[placed],
        facilities.access[placed],
        count=len(placed),
        limit=limit,
    )
    at = origins.node
    if not network.node_count:
        at = np.full(len(at), NOWHERE, dtype=np.int64)
        owner, distance = np.full(1, UNREACHED, dtype=np.int64), np.full(1, np.inf)
    total = np.where(at != NOWHERE, distance[at] + origins.access, np.inf)
    return _within((np.where(np.isfinite(total), owner[at], UNREACHED), total), limit, placed)


def nearest_straight(origins: Floats, facilities: Floats, *, limit: int) -> Nearest:
    """Find the nearest facility in a straight line (x, y in metres), within a limit in decimetres."""
    if not len(facilities) or not len(origins):
        nothing = np.full(len(origins), UNREACHED, dtype=np.int64)
        return Nearest(nothing, nothing.copy())
    reach_m = (limit + 1) / DECIMETRES
    metres, row = cKDTree(facilities).query(origins, distance_upper_bound=reach_m)
    found = np.isfinite(metres)
    total = np.where(found, np.rint(np.where(found, metres, 0.0) * DECIMETRES), np.inf)
    return _within((np.where(found, row, UNREACHED), total), limit, np.arange(len(facilities)))


_Best = tuple[Ints, Floats]
"""Facility row and distance of each origin; the distance is infinite where there is none."""


def _search(
    network: Network, facility: Ints, node: Ints, first_leg: Ints, *, count: int, limit: int
) -> tuple[Ints, Floats]:
    """Give per node the owner and distance of the nearest facility *from* it, searching against the arcs.

    Every facility is a node of its own behind the network's, with an arc to each node it is entered from, so
    no way leads through one.
    """
    size = network.node_count + count
    distances, owners = np.full(network.node_count, np.inf), np.full(network.node_count, UNREACHED)
    if not count or not network.edge_count:
        return owners.astype(np.int64), distances
    tails, heads, lengths = network.arcs()
    graph = _shortest_arcs(
        np.r_[heads, facility + network.node_count],
        np.r_[tails, node],
        np.r_[lengths, first_leg].astype(np.float64),
        size,
    )
    sources = np.arange(network.node_count, size)
    found, _, source = dijkstra(
        graph, indices=sources, min_only=True, limit=limit + _HALF, return_predecessors=True
    )
    found, source = found[: network.node_count], source[: network.node_count]
    is_found = np.isfinite(found)
    return np.where(is_found, source - network.node_count, UNREACHED).astype(np.int64), found


def _shortest_arcs(tails: Ints, heads: Ints, lengths: Floats, size: int) -> csr_array:
    """Build the sparse graph with the shortest of parallel arcs: scipy would add them up."""
    order = np.lexsort((lengths, heads, tails))
    tails, heads, lengths = tails[order], heads[order], lengths[order]
    is_first = np.r_[True, (tails[1:] != tails[:-1]) | (heads[1:] != heads[:-1])]
    tails, heads, lengths = tails[is_first], heads[is_first], lengths[is_first]
    starts = np.searchsorted(tails, np.arange(size + 1))
    return csr_array((lengths, heads.astype(np.int32), starts.astype(np.int32)), shape=(size, size))


def _by_the_ends(network: Network, origins: OnEdges, owner: Ints, distance: Floats) -> _Best:
    if not network.edge_count:
        return np.full(len(origins), UNREACHED, dtype=np.int64), np.full(len(origins), np.inf)
    edge = origins.edge
    start, end = network.start[edge], network.end[edge]
    by_start = np.where(network.backward[edge], origins.from_start + distance[start], np.inf)
    by_end = np.where(network.forward[edge], origins.from_end + distance[end], np.inf)
    total = np.where(origins.is_placed, np.minimum(by_start, by_end) + origins.access, np.inf)
    nearest = np.where(by_start <= by_end, owner[start], owner[end])
    return np.where(np.isfinite(total), nearest, UNREACHED), total


def _on_the_same_edge(network: Network, origins: OnEdges, facilities: OnEdges) -> _Best:
    """Find per origin the nearest facility of its own edge, straight along it."""
    facility, total = np.full(len(origins), UNREACHED, dtype=np.int64), np.full(len(origins), np.inf)
    by_edge = np.argsort(facilities.edge, kind="stable")
    low = np.searchsorted(facilities.edge[by_edge], origins.edge, side="left")
    high = np.searchsorted(facilities.edge[by_edge], origins.edge, side="right")
    counts = np.where(origins.is_placed, high - low, 0)
    if not counts.any():
        return facility, total
    origin = np.repeat(np.arange(len(origins)), counts)
    shift = np.repeat(low - np.r_[0, np.cumsum(counts)[:-1]], counts)
    other = by_edge[np.arange(len(origin)) + shift]
    ahead = facilities.from_start[other] - origins.from_start[origin]
    edge = origins.edge[origin]
    allowed = np.where(ahead > 0, network.forward[edge], network.backward[edge] | (ahead == 0))
    way = np.abs(ahead) + origins.access[origin] + facilities.access[other]
    order = np.lexsort((other, np.where(allowed, way, np.iinfo(np.int64).max), origin))
    order = order[np.r_[True, origin[order][1:] != origin[order][:-1]]]
    order = order[allowed[order]]
    facility[origin[order]] = other[order]
    total[origin[order]] = way[order]
    return facility, total


def _nearer(one: _Best, other: _Best) -> _Best:
    return np.where(one[1] <= other[1], one[0], other[0]), np.minimum(one[1], other[1])


def _within(best: _Best, limit: int, facilities: Ints) -> Nearest:
    """Keep what lies within the limit and give facilities by their row before those nowhere were left out."""
    row, total = best
    near = total <= limit + _HALF
    known = np.concatenate([facilities, [UNREACHED]])
    distance = np.where(near, total, UNREACHED)
    return Nearest(
        np.where(near, known[np.where(near, row, UNREACHED)], UNREACHED).astype(np.int64),
        distance.astype(np.int64),
    )
