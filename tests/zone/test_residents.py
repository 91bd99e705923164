"""Where the residents of a state stand: the register first, then cells over homes, then streets."""

import math

import pyarrow as pa
import shapely
from tests.zone.metric_tables import catalogue, kind_rows, lines, points, tables_of

from zonetwin.zone.network import walking_network
from zonetwin.zone.residents import Residents, residents_of
from zonetwin.zone.walking import WalkingRules

PACKS = catalogue()
KINDS = PACKS.kinds
RULES = WalkingRules(66.667, 100.0, 200.0, 10.0, 1.0)
STREET = ("street", kind_rows(KINDS["street"], lines([(0, 0), (1000, 0)])))
HOUSE = shapely.box(100, 20, 110, 30)


def stand(*tables: tuple[str, pa.Table]) -> Residents:
    read = tables_of(PACKS, STREET, *tables)
    network = walking_network(read, None, RULES)
    return residents_of(read, network, farthest_m=RULES.farthest_resident_m)


def rows(found: Residents, *names: str) -> list[tuple[object, ...]]:
    return list(zip(*(found.table.column(name).to_pylist() for name in names), strict=True))


def persons(found: Residents) -> list[float]:
    return [float(value or 0) for value in found.table.column("persons").to_pylist()]


def building(use: str = "residential", **columns: list[object]) -> tuple[str, pa.Table]:
    return "building", kind_rows(KINDS["building"], [HOUSE], key=["b1"], use=[use], **columns)


def cell(persons: float, shape: shapely.Geometry | None = None) -> tuple[str, pa.Table]:
    ground = shapely.box(0, -50, 200, 50) if shape is None else shape
    return "population_cell", kind_rows(KINDS["population_cell"], [ground], persons=[persons])


def register(
    *people: int, place: tuple[float, float] | None = None, key: str | None = "b1"
) -> tuple[str, pa.Table]:
    count = len(people)
    table = kind_rows(
        KINDS["resident"], points(*[place] * count), persons=list(people), building=[key] * count
    )
    return "resident", table


def test_registered_people_stand_at_their_building() -> None:
    found = stand(building(), register(3, 2))
    assert rows(found, "feature", "persons", "method") == [
        ("resident/1", 3.0, "register"),
        ("resident/2", 2.0, "register"),
    ]
    assert found.points[0].tolist() == [105.0, 25.0]


def test_without_their_building_they_stand_at_their_own_point_or_nowhere() -> None:
    at_point = stand(register(3, place=(7, 7), key="gone"))
    nowhere = stand(register(3, key="gone"))
    assert rows(at_point, "x", "y", "reason") == [(7.0, 7.0, None)]
    assert rows(nowhere, "x", "persons", "reason") == [(None, 3.0, "no-place")]


def test_a_record_of_nobody_is_left_out() -> None:
    assert len(stand(building(), register(0)).table) == 0


def test_a_cell_in_which_a_registered_person_stands_is_left_out() -> None:
    found = stand(building(), register(3), cell(500))
    assert sum(persons(found)) == 3


def test_a_cell_with_residential_buildings_is_shared_over_them_by_floor_area() -> None:
    found = stand(building(storeys=[4]), cell(80))
    assert rows(found, "feature", "method", "persons") == [("population_cell/1#1", "buildings", 80.0)]


def test_offices_house_nobody() -> None:
    found = stand(building("office"), cell(80))
    assert set(found.table.column("method").to_pylist()) == {"streets"}


def test_dwellings_come_first_and_stand_at_their_building() -> None:
    dwellings = kind_rows(
        KINDS["dwelling"], points(None, (120, 0)), building=["b1", None], floor_area_m2=[60.0, 180.0]
    )
    found = stand(building(), ("dwelling", dwellings), cell(80))
    assert rows(found, "x", "y", "persons") == [(105.0, 25.0, 20.0), (120.0, 0.0, 60.0)]


def test_a_dwelling_of_unknown_size_counts_as_the_middle_one() -> None:
    places = points((10, 0), (20, 0), (30, 0))
    dwellings = kind_rows(KINDS["dwelling"], places, floor_area_m2=[50.0, None, 50.0])
    found = stand(("dwelling", dwellings), cell(30))
    assert persons(found) == [10.0, 10.0, 10.0]


def test_people_shared_along_streets_are_on_them_already() -> None:
    found = stand(cell(80))
    assert len(found.table) == 8  # 200 m of street, one point per 25 m
    assert set(found.on_edges.access.tolist()) == {0}
    assert found.on_edges.from_start.tolist() == [125, 375, 625, 875, 1125, 1375, 1625, 1875]


def test_the_band_of_a_share_is_the_whole_cell() -> None:
    found = stand(cell(80))
    assert set(rows(found, "low", "high")) == {(0.0, 80.0)}


def test_a_cell_far_from_streets_is_placed_but_on_no_edge() -> None:
    found = stand(cell(80, shapely.box(0, 500, 200, 600)))
    assert rows(found, "feature", "method", "low", "high") == [("population_cell/1", "point", 80.0, 80.0)]
    assert found.on_edges.is_placed.tolist() == [False]


def test_the_sum_of_persons_equals_the_input() -> None:
    found = stand(building(), cell(997))
    assert math.fsum(persons(found)) == 997


def test_residents_are_in_the_smallest_area() -> None:
    areas = [shapely.box(0, -100, 1000, 100), shapely.box(0, -100, 50, 100)]
    area = kind_rows(KINDS["area"], areas, code=["zone", "west"])
    found = stand(("area", area), cell(80))
    assert found.table.column("area").to_pylist() == ["west"] * 2 + ["zone"] * 6


def test_a_zone_without_people_has_an_empty_table() -> None:
    assert len(stand().table) == 0
