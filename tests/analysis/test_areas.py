"""Areas: the smallest one holds a point, parents carry it up."""

import numpy as np
import shapely

from zonetwin.analysis.areas import OUTSIDE, ancestors, smallest_area_of

AREAS = np.array([shapely.box(0, 0, 100, 100), shapely.box(0, 0, 50, 50), None], dtype=object)


def test_the_smallest_area_that_holds_a_point_wins() -> None:
    points = np.array([[10.0, 10.0], [80.0, 80.0], [200.0, 0.0]])
    assert smallest_area_of(points, AREAS).tolist() == [1, 0, OUTSIDE]


def test_a_point_on_the_border_is_inside() -> None:
    assert smallest_area_of(np.array([[50.0, 20.0], [100.0, 100.0]]), AREAS).tolist() == [1, 0]


def test_a_point_without_coordinates_is_outside() -> None:
    assert smallest_area_of(np.array([[np.nan, np.nan]]), AREAS).tolist() == [OUTSIDE]


def test_of_two_areas_of_one_size_the_first_counts() -> None:
    twins = np.array([shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)], dtype=object)
    assert smallest_area_of(np.array([[10.0, 5.0]]), twins).tolist() == [0]


def test_without_areas_everything_is_outside() -> None:
    assert smallest_area_of(np.zeros((2, 2)), np.empty(0, dtype=object)).tolist() == [OUTSIDE, OUTSIDE]


def test_ancestors_lead_to_the_zone_even_in_a_cycle() -> None:
    parents = {"cell": "community", "community": "office", "office": "zone", "a": "b", "b": "a"}
    assert ancestors(parents, "cell", top="zone") == ["cell", "community", "office", "zone"]
    assert ancestors(parents, "a", top="zone") == ["a", "b", "zone"]
    assert ancestors(parents, "zone", top="zone") == ["zone"]
