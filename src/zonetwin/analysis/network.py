"""A street network: nodes where streets share a vertex, edges between them, lengths in whole decimetres.

Two streets meet only where both have a vertex at the same place (equal after rounding to a millimetre); a
bridge over a street therefore does not meet it. Lengths are integers because sums of floats lose objects that
stand exactly at a limit. Heights, turn bans and traffic lights are left out. What may be walked or driven is
decided by the caller; finding the way is in `access`, placing points on edges in `snapping`.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray

from zonetwin.core.errors import InvalidInput

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Geometries = NDArray[np.object_]

DECIMETRES = 10.0
"""Decimetres in a metre: the unit of every length in a network."""

_MILLIMETRES = 1000.0


@dataclass(frozen=True)
class Network:
    """Nodes and edges in the zone's metric CRS.

    Attributes:
        nodes: x, y of each node in metres, shape (nodes, 2).
        start: Node at which each edge begins, shape (edges,).
        end: Node at which it ends.
        length: Its length in decimetres.
        forward: Whether it may be used from start to end.
        backward: Whether it may be used from end to start.
        street: Row of the street it is part of.
        lines: Its course, a LineString from start to end.
    """

    nodes: Floats
    start: Ints
    end: Ints
    length: Ints
    forward: Bools
    backward: Bools
    street: Ints
    lines: Geometries

    @property
    def node_count(self) -> int:
        return len(self.nodes)

    @property
    def edge_count(self) -> int:
        return len(self.start)

    @cached_property
    def edge_tree(self) -> shapely.STRtree:
        """The edges' courses, for nearest and box queries."""
        return shapely.STRtree(self.lines)

    @cached_property
    def components(self) -> Ints:
        """For each node the number of the connected part it is in, direction ignored."""
        # half a second of a server's start, which only reads the types here
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        both = csr_array(
            (np.ones(self.edge_count), (self.start, self.end)), shape=(self.node_count, self.node_count)
        )
        return np.asarray(connected_components(both, directed=False)[1], dtype=np.int64)

    def arcs(self) -> tuple[Ints, Ints, Ints]:
        """Give tail, head and length of every permitted direction of every edge."""
        tails = np.concatenate([self.start[self.forward], self.end[self.backward]])
        heads = np.concatenate([self.end[self.forward], self.start[self.backward]])
        return tails, heads, np.concatenate([self.length[self.forward], self.length[self.backward]])


def build_network(
    streets: Geometries,
    *,
    forward: Bools | None = None,
    backward: Bools | None = None,
    blocked: Floats | None = None,
) -> Network:
    """Build the network of streets given as (multi) lines in a metric CRS.

    Args:
        streets: LineStrings or MultiLineStrings, shape (streets,); None and empty ones give no edge.
        forward: Whether each may be used along its course; all by default.
        backward: Whether each may be used against it; all by default.
        blocked: x, y of barriers, shape (barriers, 2). A street is cut where one stands on a vertex of it.

    Raises:
        InvalidInput: a street is not a line.
    """
    points, part, street = _vertices(streets)
    vertex = _vertex_numbers(points, blocked)
    is_blocked = vertex < 0
    first = np.r_[True, part[1:] != part[:-1]] if len(part) else np.zeros(0, bool)
    last = np.r_[first[1:], True] if len(part) else first
    _, inverse, counts = np.unique(vertex, return_inverse=True, return_counts=True)
    is_node = first | last | (counts[inverse] > 1) | is_blocked
    begins = np.flatnonzero(is_node & ~last)
    ends = np.flatnonzero(is_node & ~first)
    lengths = _lengths(points, first, begins, ends)
    lines = _pieces(points, begins, ends)
    nodes, start, end = _numbered_nodes(points, vertex, begins, ends)
    of_street = street[begins]
    ones = np.ones(len(streets), dtype=bool)
    return Network(
        nodes=nodes,
        start=start,
        end=end,
        length=lengths,
        forward=(ones if forward is None else forward)[of_street],
        backward=(ones if backward is None else backward)[of_street],
        street=of_street,
        lines=lines,
    )


def points_of(coordinates: Floats) -> Geometries:
    """Give x, y of shape (points, 2) as Point geometries."""
    return np.asarray(shapely.points(coordinates), dtype=object)


def without_islands(network: Network, *, smallest_m: float) -> Network:
    """Leave out connected parts shorter than a length in metres; the longest part always stays.

    A map's edge cuts paths into crumbs: whoever is snapped to one would reach nothing.
    """
    if not network.edge_count:
        return network
    of_edge = network.components[network.start]
    totals = np.bincount(of_edge, weights=network.length)
    kept = totals >= smallest_m * DECIMETRES
    kept[np.argmax(totals)] = True
    return _with_edges(network, kept[of_edge])


def _with_edges(network: Network, kept: Bools) -> Network:
    used, renumbered = np.unique(np.r_[network.start[kept], network.end[kept]], return_inverse=True)
    count = int(kept.sum())
    return Network(
        nodes=network.nodes[used],
        start=renumbered[:count],
        end=renumbered[count:],
        length=network.length[kept],
        forward=network.forward[kept],
        backward=network.backward[kept],
        street=network.street[kept],
        lines=network.lines[kept],
    )


def _vertices(streets: Geometries) -> tuple[Floats, Ints, Ints]:
    """Give all vertices with the part and street each belongs to, repeated and lone ones left out."""
    kinds = shapely.get_type_id(streets)
    if wrong := sorted({int(kind) for kind in kinds} - {-1, 1, 2, 5}):
        raise InvalidInput(f"Streets must be lines, but there are geometries of type {wrong}.")
    parts, of_street = shapely.get_parts(streets, return_index=True)
    points, part = shapely.get_coordinates(parts, return_index=True)
    repeated = np.zeros(len(points), dtype=bool)
    cells = np.rint(points * _MILLIMETRES)
    repeated[1:] = (part[1:] == part[:-1]) & (cells[1:] == cells[:-1]).all(axis=1)
    points, part = points[~repeated], part[~repeated]
    lone = np.bincount(part, minlength=len(parts))[part] < 2
    points, part = points[~lone], part[~lone]
    return points, part.astype(np.int64), of_street[part].astype(np.int64)


def _vertex_numbers(points: Floats, blocked: Floats | None) -> Ints:
    """Number vertices by place; each occurrence at a barrier gets a negative number of its own."""
    barriers = np.empty((0, 2)) if blocked is None else np.asarray(blocked, dtype=np.float64).reshape(-1, 2)
    cells = np.rint(np.concatenate([points, barriers]) * _MILLIMETRES).astype(np.int64)
    if not len(cells):
        return np.empty(0, dtype=np.int64)
    cells -= cells.min(axis=0)
    keys = cells[:, 0] * (cells[:, 1].max() + 1) + cells[:, 1]
    numbers = np.unique(keys, return_inverse=True)[1].astype(np.int64)
    at_barrier = np.isin(numbers[: len(points)], numbers[len(points) :])
    own = -1 - np.arange(len(points), dtype=np.int64)
    return np.where(at_barrier, own, numbers[: len(points)])


def _lengths(points: Floats, first: Bools, begins: Ints, ends: Ints) -> Ints:
    steps = np.zeros(len(points))
    steps[1:] = np.hypot(*(points[1:] - points[:-1]).T)
    steps[first] = 0.0
    along = np.cumsum(steps)
    return np.rint((along[ends] - along[begins]) * DECIMETRES).astype(np.int64)


def _pieces(points: Floats, begins: Ints, ends: Ints) -> Geometries:
    """Cut the courses between consecutive nodes; both end vertices belong to a piece."""
    if not len(begins):
        return np.empty(0, dtype=object)
    counts = ends - begins + 1
    offsets = np.repeat(begins - np.r_[0, np.cumsum(counts)[:-1]], counts)
    rows = np.arange(int(counts.sum())) + offsets
    return np.asarray(shapely.linestrings(points[rows], indices=np.repeat(np.arange(len(begins)), counts)))


def _numbered_nodes(points: Floats, vertex: Ints, begins: Ints, ends: Ints) -> tuple[Floats, Ints, Ints]:
    """Number nodes from 0. A barrier inside a street ends one edge and begins another, unconnected."""
    tails, heads = vertex[begins], vertex[ends]
    tails = np.where(tails < 0, tails * 2, tails)
    heads = np.where(heads < 0, heads * 2 - 1, heads)
    rows = np.r_[begins, ends]
    _, sample, numbers = np.unique(np.r_[tails, heads], return_index=True, return_inverse=True)
    numbers = numbers.astype(np.int64)
    return points[rows[sample]], numbers[: len(begins)], numbers[len(begins) :]
