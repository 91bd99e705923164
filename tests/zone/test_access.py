"""The table `access`: three distances per resident and need, or the reason why nobody can know."""

import pyarrow as pa
import pytest
from tests.zone.metric_tables import catalogue, kind_rows, lines, points, tables_of

from zonetwin.packs.model import Access
from zonetwin.zone.access import Walks, access_table, destinations_of
from zonetwin.zone.network import walking_network
from zonetwin.zone.residents import residents_of
from zonetwin.zone.walking import WalkingRules

PACKS = catalogue()
KINDS = PACKS.kinds
RULES = WalkingRules(66.667, 100.0, 200.0, 10.0, 1.0)
STREETS = (
    "street",
    kind_rows(KINDS["street"], lines([(0, 0), (1000, 0)], [(0, 0), (0, 400)], [(1000, 0), (1000, 400)])),
)
PEOPLE = (
    "resident",
    kind_rows(KINDS["resident"], points((300, 0), (0, 300), (500, 250), None), persons=[1, 1, 1, 1]),
)
SCHOOL = Access({"facility": {"category": ("school",)}}, "walk", 5)
GYM = Access({"facility": {"category": ("gym",)}}, "walk", 15)


def measured(*needs: Access) -> pa.Table:
    places = points((0, 0), (990, 150), (600, 350))
    facility = kind_rows(KINDS["facility"], places, category=["school", "gym", "school"])
    read = tables_of(PACKS, STREETS, PEOPLE, ("facility", facility))
    network = walking_network(read, None, RULES)
    residents = residents_of(read, network, farthest_m=RULES.farthest_resident_m)
    walks = Walks(network, residents, RULES, read, KINDS)
    return access_table(needs, [destinations_of(need, walks) for need in needs], walks)


def column(table: pa.Table, name: str, need: int = 0) -> list[object]:
    rows = zip(table["need"].to_pylist(), table[name].to_pylist(), strict=True)
    return [value for number, value in rows if number == need]


def test_three_distances_stand_beside_each_other() -> None:
    found = measured(SCHOOL)
    # Both 300 m from the school at the corner; by corners the second begins at (0, 400): 100 + 400 m, too far.
    assert column(found, "metres") == [300.0, 300.0, None, None]
    assert column(found, "metres_node") == [300.0, None, None, None]
    # The third stands √(100² + 100²) = 141.4 m from the school that is far from any street.
    assert column(found, "metres_line") == [300.0, 300.0, pytest.approx(141.4), None]


def test_the_nearest_facility_is_named_where_one_is_within() -> None:
    found = measured(SCHOOL)
    assert column(found, "facility") == ["facility/1", "facility/1", None, None]
    assert column(found, "how") == ["point", "point", None, None]


def test_who_is_far_from_streets_or_nowhere_is_unknown_not_unserved() -> None:
    assert column(measured(SCHOOL), "reason") == [None, None, "far-from-streets", "no-place"]


def test_needs_are_numbered_in_their_order() -> None:
    found = measured(SCHOOL, GYM)
    # To the gym: 700 m of street, 150 m of the next, 10 m to its point; 1000 m at most.
    assert column(found, "metres", need=1) == [860.0, None, None, None]
    assert column(found, "feature", need=1) == column(found, "feature", need=0)


def test_without_needs_the_table_is_empty() -> None:
    assert len(measured()) == 0
