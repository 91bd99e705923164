"""The network: where streets meet, how long edges are, what barriers and one-way streets do."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.analysis.network import Geometries, build_network, without_islands
from zonetwin.core.errors import InvalidInput


def lines(*courses: list[tuple[float, float]]) -> Geometries:
    return np.array([shapely.LineString(course) for course in courses], dtype=object)


def test_streets_meet_where_they_share_a_vertex() -> None:
    network = build_network(lines([(0, 0), (50, 0), (100, 0)], [(50, 0), (50, 30)]))
    assert network.node_count == 4
    assert sorted(network.length.tolist()) == [300, 500, 500]


def test_a_bridge_does_not_meet_the_street_below() -> None:
    network = build_network(lines([(0, 0), (100, 0)], [(50, -50), (50, 50)]))
    assert network.edge_count == 2
    assert len(set(network.components.tolist())) == 2


def test_a_vertex_of_one_street_alone_makes_no_node() -> None:
    network = build_network(lines([(0, 0), (30, 40), (60, 0)]))
    assert network.node_count == 2
    assert network.length.tolist() == [1000]  # 50 m + 50 m


def test_coordinates_within_a_millimetre_are_one_place() -> None:
    network = build_network(lines([(0, 0), (100, 0)], [(100.0003, 0.0002), (100, 50)]))
    assert network.node_count == 3


def test_coordinates_two_millimetres_apart_are_two_places() -> None:
    network = build_network(lines([(0, 0), (100, 0)], [(100.002, 0), (100, 50)]))
    assert network.node_count == 4


def test_a_ring_without_a_junction_is_one_edge_from_a_node_to_itself() -> None:
    network = build_network(lines([(0, 0), (10, 0), (10, 10), (0, 10), (0, 0)]))
    assert (network.start.tolist(), network.end.tolist(), network.length.tolist()) == ([0], [0], [400])


def test_a_barrier_on_a_vertex_cuts_the_street() -> None:
    street = lines([(0, 0), (50, 0), (100, 0)])
    network = build_network(street, blocked=np.array([[50.0, 0.0]]))
    assert network.edge_count == 2
    assert len(set(network.components.tolist())) == 2


def test_a_barrier_on_a_junction_parts_all_its_streets() -> None:
    streets = lines([(0, 0), (50, 0), (100, 0)], [(50, 0), (50, 30)])
    network = build_network(streets, blocked=np.array([[50.0, 0.0]]))
    assert network.edge_count == 3
    assert len(set(network.components.tolist())) == 3


def test_a_barrier_beside_the_street_changes_nothing() -> None:
    network = build_network(lines([(0, 0), (50, 0), (100, 0)]), blocked=np.array([[50.0, 1.0]]))
    assert network.edge_count == 1


def test_parts_of_a_multiline_belong_to_one_street() -> None:
    street = shapely.MultiLineString([[(0, 0), (10, 0)], [(20, 0), (30, 0)]])
    network = build_network(np.array([None, street], dtype=object))
    assert network.street.tolist() == [1, 1]


def test_a_street_without_length_gives_no_edge() -> None:
    network = build_network(np.array([shapely.LineString([(5, 5), (5, 5)]), None], dtype=object))
    assert (network.edge_count, network.node_count) == (0, 0)


def test_a_polygon_is_refused_as_a_street() -> None:
    with pytest.raises(InvalidInput, match="Streets must be lines"):
        build_network(np.array([shapely.box(0, 0, 1, 1)], dtype=object))


def test_one_way_streets_have_one_arc() -> None:
    network = build_network(
        lines([(0, 0), (10, 0)], [(10, 0), (20, 0)]),
        forward=np.array([True, True]),
        backward=np.array([True, False]),
    )
    assert len(network.arcs()[0]) == 3


def test_islands_are_left_out_and_the_longest_part_always_stays() -> None:
    network = build_network(lines([(0, 0), (100, 0)], [(500, 0), (510, 0)]))
    assert without_islands(network, smallest_m=50).length.tolist() == [1000]
    assert without_islands(network, smallest_m=5000).length.tolist() == [1000]
    assert without_islands(network, smallest_m=10).edge_count == 2


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=12))
def test_cutting_at_nodes_keeps_the_length_of_the_course(course: list[tuple[int, int]]) -> None:
    street = shapely.LineString([(x * 10.0, y * 10.0) for x, y in course])
    network = build_network(np.array([street], dtype=object))
    assert float(shapely.length(network.lines).sum()) == pytest.approx(street.length)
    assert abs(int(network.length.sum()) - street.length * 10) <= max(1, network.edge_count)
