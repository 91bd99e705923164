"""Snapping: nearest edge with offsets, nearest node, and what is too far."""

import numpy as np
import pytest
import shapely

from zonetwin.analysis.network import build_network
from zonetwin.analysis.snapping import NOWHERE, snap_to_edges, snap_to_nodes

STREET = build_network(np.array([shapely.LineString([(0, 0), (100, 0)])], dtype=object))


def test_a_point_lands_on_the_foot_of_its_perpendicular() -> None:
    found = snap_to_edges(STREET, np.array([[30.0, 4.0]]), farthest_m=50)
    assert (found.from_start[0], found.from_end[0], found.access[0]) == (300, 700, 40)


@pytest.mark.parametrize(("away", "edge"), [(50.0, 0), (50.001, NOWHERE)])
def test_the_farthest_distance_itself_is_still_near(away: float, edge: int) -> None:
    assert snap_to_edges(STREET, np.array([[30.0, away]]), farthest_m=50).edge.tolist() == [edge]


def test_of_equally_near_edges_the_first_is_taken() -> None:
    cross = build_network(
        np.array(
            [shapely.LineString([(0, 20), (100, 20)]), shapely.LineString([(0, 0), (100, 0)])], dtype=object
        )
    )
    assert snap_to_edges(cross, np.array([[50.0, 10.0]]), farthest_m=50).edge.tolist() == [0]


def test_offsets_sum_to_the_length_of_the_edge() -> None:
    bent = build_network(np.array([shapely.LineString([(0, 0), (7.77, 3.33), (20.01, 0)])], dtype=object))
    found = snap_to_edges(bent, np.array([[x, 1.0] for x in range(21)]), farthest_m=50)
    assert set((found.from_start + found.from_end).tolist()) == {int(bent.length[0])}


def test_no_points_give_no_places() -> None:
    assert len(snap_to_edges(STREET, np.empty((0, 2)), farthest_m=50)) == 0


def test_a_node_beyond_the_reach_is_nowhere() -> None:
    found = snap_to_nodes(STREET, np.array([[30.0, 40.0], [100.0, 60.0]]), farthest_m=50)
    assert found.node.tolist() == [0, NOWHERE]
    assert found.access.tolist() == [500, 0]
