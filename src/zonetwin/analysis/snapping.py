"""Placing points on a network: on the nearest edge with offsets to both ends, or on the nearest node.

Snapping to nodes misplaces people by half an edge; it is kept as the other method of an error band.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.spatial import cKDTree

from zonetwin.analysis.network import DECIMETRES, Bools, Floats, Ints, Network, points_of

NOWHERE = -1
"""Edge or node of a point that is too far from the network."""


@dataclass(frozen=True, slots=True)
class OnEdges:
    """Points on edges: walk `access`, then `from_start` or `from_end` along the edge. All in decimetres.

    `edge` is NOWHERE for points beyond the reach; their lengths are 0 and mean nothing. Shape (points,) each.
    """

    edge: Ints
    from_start: Ints
    from_end: Ints
    access: Ints

    @property
    def is_placed(self) -> Bools:
        return np.asarray(self.edge != NOWHERE)

    def __len__(self) -> int:
        return len(self.edge)

    def taken(self, rows: Ints) -> "OnEdges":
        return OnEdges(self.edge[rows], self.from_start[rows], self.from_end[rows], self.access[rows])


@dataclass(frozen=True, slots=True)
class OnNodes:
    """Points on nodes: `node` is NOWHERE for points beyond the reach; `access` in decimetres."""

    node: Ints
    access: Ints


def snap_to_edges(network: Network, points: Floats, *, farthest_m: float) -> OnEdges:
    """Place points (x, y, shape (points, 2)) on their nearest edges, at most a distance in metres away.

    Of equally near edges the first is taken, so the same points always land on the same edges.
    """
    edge = np.full(len(points), NOWHERE, dtype=np.int64)
    if not network.edge_count or not len(points):
        return on_edges_at(network, edge, np.zeros(len(points)), np.zeros(len(points)))
    places = points_of(points)
    rows, found = network.edge_tree.query_nearest(places, max_distance=farthest_m, all_matches=True)
    order = np.lexsort((found, rows))
    rows, found = rows[order], found[order]
    is_first = np.r_[True, rows[1:] != rows[:-1]] if len(rows) else np.zeros(0, bool)
    rows, found = rows[is_first], found[is_first]
    edge[rows] = found
    along, away = np.zeros(len(points)), np.zeros(len(points))
    along[rows] = shapely.line_locate_point(network.lines[found], places[rows])
    away[rows] = shapely.distance(network.lines[found], places[rows])
    return on_edges_at(network, edge, along, away)


def on_edges_at(network: Network, edge: Ints, along_m: Floats, away_m: Floats) -> OnEdges:
    """Describe points whose edge is known by the metres along it and away from it."""
    placed = edge != NOWHERE
    length = np.where(placed, network.length[edge] if network.edge_count else 0, 0)
    from_start = np.where(placed, np.minimum(np.rint(along_m * DECIMETRES).astype(np.int64), length), 0)
    access = np.where(placed, np.rint(away_m * DECIMETRES).astype(np.int64), 0)
    return OnEdges(edge, from_start, length - from_start, access)


def snap_to_nodes(network: Network, points: Floats, *, farthest_m: float = np.inf) -> OnNodes:
    """Place points on their nearest nodes, at most a distance in metres away."""
    node = np.full(len(points), NOWHERE, dtype=np.int64)
    access = np.zeros(len(points), dtype=np.int64)
    if not network.node_count or not len(points):
        return OnNodes(node, access)
    distance, nearest = (np.asarray(found) for found in cKDTree(network.nodes).query(points))
    near = distance <= farthest_m
    node[near] = nearest[near]
    access[near] = np.rint(distance[near] * DECIMETRES).astype(np.int64)
    return OnNodes(node, access)
