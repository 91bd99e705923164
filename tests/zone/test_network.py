"""The walkable network of a state: who may walk where, and what stands in the way."""

import pytest
from tests.zone.metric_tables import catalogue, kind_rows, lines, points, tables_of

from zonetwin.analysis.network import Network
from zonetwin.zone.network import cached_network, walking_network
from zonetwin.zone.walking import WalkingRules

PACKS = catalogue()
STREET, BARRIER = PACKS.kinds["street"], PACKS.kinds["barrier"]
CLASSES = PACKS.tables["street_classes"]
RULES = WalkingRules(66.667, 100.0, 200.0, 10.0, 1.0)


def network_of(*tables: tuple[str, object], smallest_m: float = 1.0) -> Network:
    rules = WalkingRules(66.667, 100.0, 200.0, 10.0, smallest_m)
    return walking_network(tables_of(PACKS, *tables), CLASSES, rules)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("foot", "category", "edges"),
    [
        (True, "motorway", 1),
        (False, "residential", 0),
        (None, "residential", 1),
        (None, "motorway", 0),
        (None, None, 1),
        (None, "not a class", 1),
    ],
)
def test_a_street_is_walked_as_it_says_else_as_its_class_says(
    foot: bool | None, category: str | None, edges: int
) -> None:
    street = kind_rows(STREET, lines([(0, 0), (100, 0)]), foot=[foot], category=[category])
    assert network_of(("street", street)).edge_count == edges


@pytest.mark.parametrize(("foot", "edges"), [(False, 2), (True, 1), (None, 1)])
def test_only_a_barrier_that_is_closed_to_walkers_cuts_a_street(foot: bool | None, edges: int) -> None:
    street = kind_rows(STREET, lines([(0, 0), (50, 0), (100, 0)]))
    barrier = kind_rows(BARRIER, points((50, 0)), foot=[foot])
    assert network_of(("street", street), ("barrier", barrier)).edge_count == edges


def test_a_wall_drawn_as_a_line_does_not_cut() -> None:
    street = kind_rows(STREET, lines([(0, 0), (50, 0), (100, 0)]))
    wall = kind_rows(BARRIER, lines([(50, -10), (50, 0), (50, 10)]), foot=[False])
    assert network_of(("street", street), ("barrier", wall)).edge_count == 1


def test_crumbs_at_the_edge_of_the_map_are_left_out() -> None:
    street = kind_rows(STREET, lines([(0, 0), (600, 0)], [(0, 300), (90, 300)]))
    assert network_of(("street", street), smallest_m=500).edge_count == 1


def test_a_street_without_a_place_gives_no_edge() -> None:
    assert network_of(("street", kind_rows(STREET, [None]))).edge_count == 0


def test_a_network_is_built_once_per_state() -> None:
    built: list[int] = []

    def build() -> Network:
        built.append(1)
        return network_of(("street", kind_rows(STREET, lines([(0, 0), (100, 0)]))))

    assert cached_network("state 1", build) is cached_network("state 1", build)
    cached_network("state 2", build)
    assert len(built) == 2
