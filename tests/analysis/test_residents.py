"""Where residents of cells stand, and that nobody is lost on the way."""

import math

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.analysis.network import build_network
from zonetwin.analysis.residents import (
    Homes,
    Method,
    Placed,
    mapped_ground,
    residents_of_cells,
    street_samples,
)

NONE = Homes(np.empty((0, 2)), np.empty(0))
STREET = street_samples(build_network(np.array([shapely.LineString([(0, 50), (400, 50)])], dtype=object)))
MAPPED = shapely.box(-1000, -1000, 1000, 1000)
CELLS = np.array([shapely.box(0, 0, 100, 100), shapely.box(100, 0, 200, 100)], dtype=object)


def place(
    cells: np.ndarray[tuple[int], np.dtype[np.object_]],
    persons: list[float],
    dwellings: Homes = NONE,
    buildings: Homes = NONE,
) -> Placed:
    return residents_of_cells(
        cells, np.array(persons), dwellings=dwellings, buildings=buildings, samples=STREET, mapped=MAPPED
    )


def test_dwellings_share_a_cell_by_floor_area() -> None:
    homes = Homes(np.array([[10.0, 10.0], [20.0, 20.0]]), np.array([60.0, 180.0]))
    found = place(CELLS[:1], [80.0], dwellings=homes)
    assert found.persons.tolist() == [20.0, 60.0]
    assert set(found.method) == {Method.DWELLINGS}


def test_dwellings_come_before_buildings_and_buildings_before_streets_cell_by_cell() -> None:
    dwellings = Homes(np.array([[10.0, 10.0]]), np.array([60.0]))
    buildings = Homes(np.array([[30.0, 30.0], [150.0, 30.0]]), np.array([900.0, 700.0]))
    found = place(CELLS, [8.0, 9.0], dwellings, buildings)
    assert found.method.tolist() == [Method.DWELLINGS, Method.BUILDINGS]
    assert found.points.tolist() == [[10.0, 10.0], [150.0, 30.0]]
    assert found.site.tolist() == [0, 1]


def test_without_homes_a_cell_is_shared_along_its_streets() -> None:
    found = place(CELLS[:1], [40.0])
    assert found.points.tolist() == [[12.5, 50.0], [37.5, 50.0], [62.5, 50.0], [87.5, 50.0]]
    assert found.persons.tolist() == [10.0, 10.0, 10.0, 10.0]


def test_a_cell_without_homes_and_streets_keeps_its_people_at_its_own_point() -> None:
    found = place(np.array([shapely.box(0, 900, 10, 910)], dtype=object), [7.0])
    assert (found.points.tolist(), found.method.tolist()) == ([[5.0, 905.0]], [Method.POINT])


def test_a_cell_without_a_place_leaves_its_people_nowhere() -> None:
    found = place(np.array([None], dtype=object), [7.0])
    assert np.isnan(found.points).all()
    assert (found.persons.tolist(), found.method.tolist()) == ([7.0], [Method.NO_PLACE])


def test_middles_of_cells_take_the_street_within_half_their_spacing() -> None:
    middles = np.array([shapely.Point(50, 50), shapely.Point(150, 50)], dtype=object)
    found = place(middles, [40.0, 4.0])
    # 100 m apart: each takes the street pieces whose middle is at most 50 m away.
    assert found.points[found.cell == 0].tolist() == [[12.5, 50.0], [37.5, 50.0], [62.5, 50.0], [87.5, 50.0]]
    assert len(found.points[found.cell == 1]) == 4


def test_the_middle_of_a_cell_away_from_streets_keeps_its_own_point() -> None:
    middles = np.array([shapely.Point(50, 500), shapely.Point(150, 500)], dtype=object)
    assert set(place(middles, [1.0, 1.0]).method) == {Method.POINT}


def test_a_lone_middle_has_no_spacing_and_keeps_its_own_point() -> None:
    assert place(np.array([shapely.Point(50, 50)], dtype=object), [1.0]).method.tolist() == [Method.POINT]


def test_the_part_of_a_cell_beyond_the_map_keeps_its_people_there() -> None:
    cell = np.array([shapely.box(900, 0, 1100, 100)], dtype=object)
    home = Homes(np.array([[950.0, 50.0]]), np.array([75.0]))
    found = place(cell, [80.0], dwellings=home)
    # The map ends at x = 1000: half the cell's area and half its people are beyond.
    assert found.persons.tolist() == [40.0, 40.0]
    assert found.method.tolist() == [Method.DWELLINGS, Method.BEYOND]
    assert found.points[1, 0] > 1000


def test_the_mapped_ground_reaches_as_far_as_residents_may_be_from_streets() -> None:
    network = build_network(np.array([shapely.LineString([(0, 0), (400, 0)])], dtype=object))
    ground = mapped_ground(network, farthest_m=100)
    assert shapely.contains_xy(ground, 200, 99)
    assert not shapely.contains_xy(ground, 200, 101)


def test_samples_stand_for_the_whole_length_of_the_network() -> None:
    assert STREET.weight.sum() == 400.0
    assert len(STREET) == 16


cells = st.lists(
    st.tuples(st.integers(-1, 4), st.integers(-1, 2), st.integers(0, 5000), st.booleans()),
    min_size=1,
    max_size=10,
)


@given(cells, st.lists(st.tuples(st.floats(-50, 450), st.floats(-50, 250), st.floats(0, 500)), max_size=8))
def test_nobody_is_lost_or_made(
    cells: list[tuple[int, int, int, bool]], homes: list[tuple[float, float, float]]
) -> None:
    shapes = [
        None
        if x < 0
        else shapely.Point(x * 100 + 50, y * 100 + 50)
        if dot
        else shapely.box(x * 100, y * 100, x * 100 + 100, y * 100 + 100)
        for x, y, _, dot in cells
    ]
    known = np.array(homes).reshape(-1, 3)
    found = place(
        np.array(shapes, dtype=object), [float(cell[2]) for cell in cells], Homes(known[:, :2], known[:, 2])
    )
    assert math.fsum(found.persons) == sum(cell[2] for cell in cells)
    for row, cell in enumerate(cells):
        assert math.fsum(found.persons[found.cell == row]) == cell[2]
