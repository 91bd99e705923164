"""Facilities of a need: gates with their parks, places of a class, and cells that count them."""

import pyarrow as pa
import shapely
from tests.zone.metric_tables import catalogue, kind_rows, lines, points, tables_of

from zonetwin.packs.model import Access
from zonetwin.zone.facilities import Facilities, facilities_of, host_of, kinds_read
from zonetwin.zone.network import walking_network
from zonetwin.zone.walking import WalkingRules

PACKS = catalogue()
KINDS = PACKS.kinds
RULES = WalkingRules(66.667, 100.0, 200.0, 10.0, 1.0)
STREET = ("street", kind_rows(KINDS["street"], lines([(0, -500), (1000, -500)])))
PARKS = ("park", kind_rows(KINDS["park"], [shapely.box(0, 0, 100, 100)], key=["p1"], category=["garden"]))
TO_PARKS = Access({"park_gate": {}}, "walk", 5)
TO_SCHOOLS = Access(
    {"facility": {"category": ("school",)}, "population_cell": {"schools": ("positive",)}}, "walk", 15
)


def find(need: Access, *tables: tuple[str, pa.Table]) -> Facilities:
    read = tables_of(PACKS, STREET, *tables)
    return facilities_of(need, read, KINDS, walking_network(read, None, RULES), tolerance_m=10)


def gates(*places: tuple[float, float], park: str | None = None, source: int = 1) -> tuple[str, pa.Table]:
    count = len(places)
    table = kind_rows(KINDS["park_gate"], points(*places), park=[park] * count, source=[source] * count)
    return "park_gate", table


def entered(found: Facilities) -> list[tuple[str, str]]:
    return list(zip(found.names[found.entrances.place].tolist(), found.entrances.how.tolist(), strict=True))


def test_a_gate_belongs_to_the_park_whose_key_it_names() -> None:
    assert entered(find(TO_PARKS, PARKS, gates((50, 40), park="p1"))) == [("park/1", "given")]


def test_a_gate_on_the_outline_belongs_to_the_park_without_a_key() -> None:
    assert entered(find(TO_PARKS, PARKS, gates((50, 0), (100, 105)))) == [("park/1", "given")] * 2


def test_a_key_of_another_source_is_another_park() -> None:
    found = find(TO_PARKS, PARKS, gates((400, 400), park="p1", source=2))
    assert set(entered(found)) == {("park/1", "outline"), ("park_gate/1", "given")}


def test_a_park_without_gates_is_open_along_its_outline() -> None:
    assert set(entered(find(TO_PARKS, PARKS))) == {("park/1", "outline")}


def test_parks_of_another_category_are_not_asked_for() -> None:
    micro = Access({"park_gate": {"category": ("micro",)}}, "walk", 5)
    assert len(find(micro, PARKS, gates((50, 0))).names) == 0


def test_facilities_are_chosen_by_their_class() -> None:
    table = kind_rows(KINDS["facility"], points((0, 0), (9, 9)), category=["gym", "school"])
    assert entered(find(TO_SCHOOLS, ("facility", table))) == [("facility/2", "point")]


def test_cells_that_count_schools_stand_for_them_where_no_school_has_a_place() -> None:
    squares: list[shapely.Geometry | None] = [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 10)]
    cells = ("population_cell", kind_rows(KINDS["population_cell"], squares, schools=[0, 2]))
    school = ("facility", kind_rows(KINDS["facility"], points((1, 1)), category=["school"]))
    alone = find(TO_SCHOOLS, cells)
    assert entered(alone) == [("population_cell/2", "point")]
    assert alone.entrances.points.tolist() == [[25.0, 5.0]]
    assert entered(find(TO_SCHOOLS, cells, school)) == [("facility/1", "point")]


def test_nothing_is_found_where_there_is_nothing() -> None:
    assert len(find(TO_SCHOOLS).names) == 0


def test_a_need_for_gates_also_reads_what_they_are_the_gates_of() -> None:
    assert host_of("park_gate", KINDS) == "park"
    assert host_of("facility", KINDS) is None
    assert kinds_read(Access({"park_gate": {}, "square_gate": {}}, "walk", 5), KINDS) == [
        "park_gate",
        "square_gate",
        "park",
        "square",
    ]
