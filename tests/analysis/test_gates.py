"""Entrances: given, where ways enter, or along the outline."""

import numpy as np
import shapely

from zonetwin.analysis.gates import Entrances, How, entrances_of, gates_by_outline, no_entrances
from zonetwin.analysis.network import Network, build_network


def network(*courses: list[tuple[float, float]]) -> Network:
    return build_network(np.array([shapely.LineString(course) for course in courses], dtype=object))


PARK = np.array([shapely.box(0, 0, 100, 100)], dtype=object)
FAR_STREET = network([(0, -50), (100, -50)])


def test_a_place_with_a_given_gate_gets_no_other() -> None:
    given = Entrances(np.array([0]), np.array([[50.0, 0.0]]), np.array(["given"], dtype=object))
    found = entrances_of(network([(20, -20), (20, 20)]), PARK, given, tolerance_m=10)
    assert (found.points.tolist(), found.how.tolist()) == ([[50.0, 0.0]], [How.GIVEN])


def test_a_way_that_crosses_the_outline_enters_there() -> None:
    found = entrances_of(network([(20, -20), (20, 120)]), PARK, no_entrances(), tolerance_m=10)
    assert sorted(map(tuple, found.points.tolist())) == [(20.0, 0.0), (20.0, 100.0)]
    assert set(found.how) == {How.ENTERED}


def test_a_way_that_ends_ten_metres_before_the_outline_still_enters() -> None:
    found = entrances_of(network([(20, -60), (20, -10)]), PARK, no_entrances(), tolerance_m=10)
    assert found.points.tolist() == [[20.0, -10.0]]


def test_a_way_that_ends_eleven_metres_before_does_not() -> None:
    assert set(entrances_of(network([(20, -60), (20, -11)]), PARK, no_entrances(), tolerance_m=10).how) == {
        How.OUTLINE
    }


def test_an_outline_without_gate_or_way_is_open_every_25_metres_and_flagged() -> None:
    found = entrances_of(FAR_STREET, PARK, no_entrances(), tolerance_m=10)
    assert len(found) == 16  # 400 m of outline
    assert set(found.how) == {How.OUTLINE}
    assert shapely.distance(shapely.boundary(PARK[0]), shapely.points(found.points)).max() < 1e-9


def test_a_small_building_still_has_four_points() -> None:
    assert (
        len(
            entrances_of(
                FAR_STREET, np.array([shapely.box(0, 0, 5, 5)], dtype=object), no_entrances(), tolerance_m=10
            )
        )
        == 4
    )


def test_a_facility_that_is_a_point_is_its_own_entrance() -> None:
    places = np.array([shapely.Point(3, 4), None], dtype=object)
    found = entrances_of(FAR_STREET, places, no_entrances(), tolerance_m=10)
    assert (found.place.tolist(), found.points.tolist(), found.how.tolist()) == (
        [0],
        [[3.0, 4.0]],
        [How.POINT],
    )


def test_entrances_are_ordered_by_place() -> None:
    places = np.array(
        [shapely.box(0, 0, 9, 9), shapely.Point(1, 1), shapely.box(50, 50, 59, 59)], dtype=object
    )
    found = entrances_of(network([(55, 40), (55, 55)]), places, no_entrances(), tolerance_m=10)
    assert found.place.tolist() == sorted(found.place.tolist())
    assert set(found.place.tolist()) == {0, 1, 2}


def test_gates_belong_to_the_outline_within_ten_metres() -> None:
    gates = np.array([[50.0, -10.0], [50.0, -10.1], [50.0, 50.0]])
    gate, place = gates_by_outline(gates, PARK, tolerance_m=10)
    assert (gate.tolist(), place.tolist()) == ([0], [0])
