"""Nearest facilities against another search: a graph in which every point is a node of its own."""

from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from zonetwin.analysis.access import (
    UNREACHED,
    decimetres_within,
    nearest_along,
    nearest_by_nodes,
    nearest_straight,
)
from zonetwin.analysis.network import Ints, Network, build_network
from zonetwin.analysis.snapping import NOWHERE, OnEdges, OnNodes, on_edges_at, snap_to_edges, snap_to_nodes

FAR = 10**9


def street(*course: tuple[float, float]) -> shapely.LineString:
    return shapely.LineString(course)


def placed(network: Network, edge: list[int], along: list[float], away: list[float]) -> OnEdges:
    return on_edges_at(network, np.array(edge), np.array(along), np.array(away))


LADDER = build_network(
    np.array([street((0, 0), (100, 0)), street((100, 0), (100, 80)), street((0, 0), (0, 80))], dtype=object)
)


def test_the_way_is_access_edge_network_edge_access() -> None:
    origin = placed(LADDER, [0], [30.0], [5.0])
    gate = placed(LADDER, [1], [20.0], [2.0])
    # 5 m to the street, 70 m along it, 20 m along the next, 2 m to the gate: 97 m.
    assert nearest_along(LADDER, origin, gate, limit=FAR).distance.tolist() == [970]


def test_both_on_one_edge_walk_straight_along_it() -> None:
    origin, gate = placed(LADDER, [0], [30.0], [5.0]), placed(LADDER, [0], [42.0], [1.0])
    assert nearest_along(LADDER, origin, gate, limit=FAR).distance.tolist() == [180]


def test_of_two_facilities_the_nearer_is_named() -> None:
    gates = placed(LADDER, [2, 1], [80.0, 10.0], [0.0, 0.0])
    found = nearest_along(LADDER, placed(LADDER, [0, 2], [90.0, 70.0], [0.0, 0.0]), gates, limit=FAR)
    assert found.facility.tolist() == [1, 0]
    assert found.distance.tolist() == [200, 100]


@pytest.mark.parametrize(("limit", "reached"), [(969, [UNREACHED]), (970, [0])])
def test_a_point_exactly_at_the_limit_is_within(limit: int, reached: list[int]) -> None:
    origin, gate = placed(LADDER, [0], [30.0], [5.0]), placed(LADDER, [1], [20.0], [2.0])
    assert nearest_along(LADDER, origin, gate, limit=limit).facility.tolist() == reached


def test_points_placed_nowhere_reach_nothing_and_serve_nobody() -> None:
    nowhere = placed(LADDER, [NOWHERE], [0.0], [0.0])
    assert (
        nearest_along(LADDER, nowhere, placed(LADDER, [0], [1.0], [0.0]), limit=FAR).facility[0] == UNREACHED
    )
    assert (
        nearest_along(LADDER, placed(LADDER, [0], [1.0], [0.0]), nowhere, limit=FAR).facility[0] == UNREACHED
    )


def test_an_empty_network_reaches_nothing() -> None:
    empty = build_network(np.empty(0, dtype=object))
    origins = snap_to_edges(empty, np.zeros((2, 2)), farthest_m=100)
    nodes = snap_to_nodes(empty, np.zeros((2, 2)))
    assert nearest_along(empty, origins, origins, limit=FAR).facility.tolist() == [UNREACHED, UNREACHED]
    assert nearest_by_nodes(empty, nodes, nodes, limit=FAR).distance.tolist() == [UNREACHED, UNREACHED]


def test_a_one_way_street_is_not_driven_back() -> None:
    loop = build_network(
        np.array([street((0, 0), (100, 0)), street((100, 0), (100, 50), (0, 50), (0, 0))], dtype=object),
        forward=np.array([True, True]),
        backward=np.array([False, False]),
    )
    behind = placed(loop, [0], [10.0], [0.0])
    # From 60 m on the first street to 10 m on it, only forwards: 40 + 200 + 10 m.
    assert nearest_along(loop, placed(loop, [0], [60.0], [0.0]), behind, limit=FAR).distance.tolist() == [
        2500
    ]
    assert nearest_along(loop, placed(loop, [0], [5.0], [0.0]), behind, limit=FAR).distance.tolist() == [50]


def test_parallel_edges_count_once_and_the_shorter_wins() -> None:
    two_ways = build_network(
        np.array(
            [street((0, 0), (100, 0)), street((0, 0), (50, 50), (100, 0)), street((100, 0), (110, 0))], object
        )
    )
    found = nearest_along(
        two_ways, placed(two_ways, [2], [10.0], [0.0]), placed(two_ways, [0], [0.0], [0.0]), limit=FAR
    )
    assert found.distance.tolist() == [1100]


def test_nodes_and_straight_lines_give_the_other_two_methods() -> None:
    origins, gates = np.array([[30.0, 5.0]]), np.array([[102.0, 20.0]])
    by_nodes = nearest_by_nodes(
        LADDER, snap_to_nodes(LADDER, origins), snap_to_nodes(LADDER, gates), limit=FAR
    )
    # √(30² + 5²) = 30.4 m to the west corner, 100 m, √(2² + 20²) = 20.1 m.
    assert by_nodes.distance.tolist() == [304 + 1000 + 201]
    # √(72² + 15²) = 73.5 m
    assert nearest_straight(origins, gates, limit=FAR).distance.tolist() == [735]
    assert nearest_straight(origins, gates, limit=734).facility.tolist() == [UNREACHED]


def test_without_facilities_nothing_is_near() -> None:
    origins = np.zeros((1, 2))
    assert nearest_straight(origins, np.empty((0, 2)), limit=FAR).facility.tolist() == [UNREACHED]
    nobody = OnNodes(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))
    assert nearest_by_nodes(LADDER, snap_to_nodes(LADDER, origins), nobody, limit=FAR).facility.tolist() == [
        -1
    ]


def test_five_minutes_at_two_thirds_of_a_hundred_metres_are_3333_decimetres() -> None:
    assert decimetres_within(minutes=5, metres_per_minute=66.667) == 3333
    assert decimetres_within(minutes=1, metres_per_minute=33.35) == 334  # half a decimetre rounds up


corner = st.tuples(st.integers(0, 3), st.integers(0, 3))
spot = st.tuples(st.integers(0, 40), st.integers(0, 10), st.integers(0, 3))


@st.composite
def towns(draw: st.DrawFn) -> tuple[Network, OnEdges, OnEdges]:
    """Draw up to 14 straight streets between corners of a grid, some one-way, and points on them."""
    pairs = draw(st.lists(st.tuples(corner, corner).filter(lambda p: p[0] != p[1]), min_size=1, max_size=14))
    streets = [street(*((x * 37.0, y * 41.0) for x, y in pair)) for pair in pairs]
    ways = draw(st.lists(st.sampled_from("fbx"), min_size=len(pairs), max_size=len(pairs)))
    network = build_network(
        np.array(streets, dtype=object),
        forward=np.array([way != "b" for way in ways]),
        backward=np.array([way != "f" for way in ways]),
    )
    points = []
    for _ in range(2):
        spots = draw(st.lists(spot, min_size=1, max_size=6))
        edge = [number % network.edge_count for number, _, _ in spots]
        share = np.array([tenth / 10 for _, tenth, _ in spots])
        points.append(
            placed(network, edge, list(share * network.length[edge] / 10), [a / 1.0 for *_, a in spots])
        )
    return network, points[0], points[1]


@given(towns())
@settings(max_examples=150, deadline=None)
def test_distances_equal_those_in_the_split_graph(town: tuple[Network, OnEdges, OnEdges]) -> None:
    network, origins, facilities = town
    expected = split_graph_distances(network, origins, facilities)
    found = nearest_along(network, origins, facilities, limit=FAR)
    reached = np.where(found.distance == UNREACHED, FAR, found.distance)
    assert reached.tolist() == expected.min(axis=1).tolist()
    for origin, facility in enumerate(found.facility):
        if facility != UNREACHED:
            assert expected[origin, facility] == found.distance[origin]


@given(towns(), st.integers(0, 3000), st.integers(0, 3000))
@settings(max_examples=60, deadline=None)
def test_a_larger_budget_never_reaches_fewer(
    town: tuple[Network, OnEdges, OnEdges], budget: int, more: int
) -> None:
    network, origins, facilities = town
    small = nearest_along(network, origins, facilities, limit=budget)
    large = nearest_along(network, origins, facilities, limit=budget + more)
    assert ((small.facility == UNREACHED) | (large.distance == small.distance)).all()


def split_graph_distances(network: Network, origins: OnEdges, facilities: OnEdges) -> Ints:
    """Distances from every origin to every facility by Floyd and Warshall, each point a node on its edge."""
    count = network.node_count
    size = count + len(origins) + len(facilities)
    matrix = np.full((size, size), FAR, dtype=np.int64)
    np.fill_diagonal(matrix, 0)
    offset = np.r_[origins.from_start, facilities.from_start]
    on_edge = np.r_[origins.edge, facilities.edge]
    for edge in range(network.edge_count):
        stops = [(0, int(network.start[edge])), (int(network.length[edge]), int(network.end[edge]))]
        stops += [(int(offset[row]), count + int(row)) for row in np.flatnonzero(on_edge == edge)]
        stops.sort(key=lambda stop: (stop[0], stop[1] == network.end[edge], stop[1] != network.start[edge]))
        for (at, one), (then, other) in pairwise(stops):
            if network.forward[edge]:
                matrix[one, other] = min(matrix[one, other], then - at)
            if network.backward[edge]:
                matrix[other, one] = min(matrix[other, one], then - at)
            if then == at and count <= min(one, other):  # two points in one spot are together either way
                matrix[one, other] = matrix[other, one] = 0
    for middle in range(size):
        matrix = np.minimum(matrix, matrix[:, middle, None] + matrix[None, middle, :])
    between: Ints = matrix[count : count + len(origins), count + len(origins) :]
    ways: Ints = np.minimum(between + origins.access[:, None] + facilities.access[None, :], FAR)
    return ways
