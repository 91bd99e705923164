"""Real streets: the walks of sampled residents against another method that shares no code with ours.

The other method cuts every street at every vertex, measures in metres with floats, and searches from each
resident with a plain heap. Lengths rounded to decimetres may differ by half a decimetre per edge, so distances
are compared to 2 m and answers only where the other distance is not within 2 m of the limit.
"""

import heapq
import math
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import shapely

from zonetwin.core.actor import Actor
from zonetwin.packs.model import Access
from zonetwin.zone.access import access_table
from zonetwin.zone.bench import Bench
from zonetwin.zone.importing import import_file
from zonetwin.zone.measuring import measure
from zonetwin.zone.network import geometries_of
from zonetwin.zone.settings import ZoneSettings, write_settings
from zonetwin.zone.state import open_zone_state
from zonetwin.zone.zone import Zone, open_zone

pytestmark = [pytest.mark.real, pytest.mark.slow]

PACKS = ("base", "land", "green", "services", "mobility", "buildings")
ACTOR = Actor("Tests", "testing")
SAMPLED = 200
TOLERANCE_M = 2.0
SMALLEST_ISLAND_M = 500.0
Node = tuple[int, ...]


@dataclass
class Plain:
    """Streets cut at every vertex: neighbours with metres, and the segments for the foot of a perpendicular.

    A vertex at a closed barrier is another node for each segment that ends there.
    """

    closed: set[Node]
    neighbours: dict[Node, dict[Node, float]] = field(default_factory=lambda: defaultdict(dict))
    segments: list[tuple[shapely.LineString, Node, Node]] = field(default_factory=list)

    def add(self, line: shapely.LineString) -> None:
        a, b = (self.node(line.coords[at], 2 * len(self.segments) + at) for at in (0, 1))
        if a == b:
            return
        self.segments.append((line, a, b))
        if line.length < self.neighbours[a].get(b, math.inf):
            self.neighbours[a][b] = self.neighbours[b][a] = line.length

    def node(self, point: tuple[float, ...], number: int) -> Node:
        found = node(point)
        return (*found, number) if found in self.closed else found

    def within(self, start: dict[Node, float], limit: float) -> dict[Node, float]:
        found: dict[Node, float] = {}
        heap = [(metres, place) for place, metres in start.items()]
        heapq.heapify(heap)
        while heap:
            metres, place = heapq.heappop(heap)
            if place in found or metres > limit:
                continue
            found[place] = metres
            for other, step in self.neighbours[place].items():
                heapq.heappush(heap, (metres + step, other))
        return found

    def drop_islands(self, smallest_m: float) -> None:
        left = set(self.neighbours)
        while left:
            part = set(self.within({next(iter(left)): 0.0}, math.inf))
            left -= part
            if sum(sum(self.neighbours[place].values()) for place in part) / 2 < smallest_m:
                for place in part:
                    del self.neighbours[place]
        self.segments = [one for one in self.segments if one[1] in self.neighbours]


def node(point: tuple[float, ...]) -> Node:
    return round(point[0] * 1000), round(point[1] * 1000)


@dataclass(frozen=True)
class Foot:
    """Where a point meets its nearest segment: the two ends with metres to each, and metres off the street."""

    ends: tuple[Node, Node]
    along: tuple[float, float]
    off: float

    def starts(self) -> dict[Node, float]:
        return {self.ends[0]: self.off + self.along[0], self.ends[1]: self.off + self.along[1]}


def plain_streets(zone: Zone, bench: Bench) -> Plain:
    """Build the plain graph from the state's streets."""
    table = pq.read_table(bench.state.path("street"))
    walkable = {row["class"]: row["walkable"] != "no" for row in zone.packs.tables["street_classes"].rows}
    closed = {
        node((place.x, place.y))
        for place, foot in zip(
            geometries_of(bench.table("barrier")), bench.table("barrier")["foot"].to_pylist(), strict=True
        )
        if foot is False and isinstance(place, shapely.Point)
    }
    plain = Plain(closed)
    rows = zip(geometries_of(table), table["foot"].to_pylist(), table["category"].to_pylist(), strict=True)
    for shape, foot, category in rows:
        if foot is False or (foot is None and not walkable.get(category or "", True)):
            continue
        for part in shapely.get_parts(shape):
            for pair in pairwise(part.coords):
                plain.add(shapely.LineString(pair))
    plain.drop_islands(SMALLEST_ISLAND_M)
    return plain


def foot_of(point: shapely.Point, tree: shapely.STRtree, plain: Plain) -> Foot:
    line, one, other = plain.segments[int(tree.nearest(point))]
    along = float(shapely.line_locate_point(line, point))
    return Foot((one, other), (along, line.length - along), float(shapely.distance(line, point)))


def metres_between(plain: Plain, origin: Foot, gates: list[Foot], limit: float) -> float:
    reached = plain.within(origin.starts(), limit)
    best = math.inf
    for gate in gates:
        for end, metres in gate.starts().items():
            best = min(best, reached.get(end, math.inf) + metres)
        if set(gate.ends) == set(origin.ends):
            flip = gate.ends != origin.ends
            best = min(best, abs(gate.along[flip] - origin.along[0]) + gate.off + origin.off)
    return best


def made_zone(folder: Path, crs: str, time_zone: str) -> Path:
    folder.mkdir()
    write_settings(folder, ZoneSettings("real", crs, time_zone, ("zh", "en"), PACKS))
    return folder


@pytest.fixture(scope="module")
def porto_alegre(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    folder = made_zone(tmp_path_factory.mktemp("real") / "poa", "EPSG:31982", "America/Sao_Paulo")
    with open_zone(folder) as zone:
        data = real_data / "porto_alegre"
        import_file(zone, data / "poa_osm.pbf", actor=ACTOR)
        import_file(zone, data / "poa_hexgrid.csv", kind="population_cell", x="lon", y="lat", actor=ACTOR)
        yield zone


@pytest.fixture(scope="module")
def helsinki(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    folder = made_zone(tmp_path_factory.mktemp("real") / "hel", "EPSG:3067", "Europe/Helsinki")
    with open_zone(folder) as zone:
        import_file(zone, real_data / "osm" / "helsinki_center.osm.pbf", actor=ACTOR)
        grid = real_data / "population" / "helsinki_population_grid_2020.gpkg"
        import_file(zone, grid, kind="population_cell", actor=ACTOR)
        yield zone


def compare(zone: Zone, need: Access) -> tuple[int, int]:
    """Compare sampled walks and give how many were within and how many not."""
    indicator = zone.packs.indicators["park_walk_share"]
    with open_zone_state(zone) as state, Bench(state, zone.packs, [indicator]) as bench:
        destinations = bench.destinations(need)
        found = access_table([need], [destinations], bench.walks)
        plain = plain_streets(zone, bench)
        points, rules = bench.residents.points, bench.walks.rules
        entrances = destinations.facilities.entrances.points
    tree = shapely.STRtree([line for line, _, _ in plain.segments])
    gates = [foot_of(shapely.Point(point), tree, plain) for point in entrances]
    gates = [gate for gate in gates if gate.off <= rules.farthest_facility_m]
    metres, reasons = found["metres"].to_pylist(), found["reason"].to_pylist()
    known = [row for row, why in enumerate(reasons) if why is None]
    limit = need.minutes * rules.metres_per_minute
    within = beyond = 0
    for row in known[:: max(1, len(known) // SAMPLED)][:SAMPLED]:
        origin = foot_of(shapely.Point(points[row]), tree, plain)
        other = metres_between(plain, origin, gates, limit + TOLERANCE_M)
        if abs(other - limit) <= TOLERANCE_M:
            continue
        assert (metres[row] is not None) == (other < limit), f"row {row}: {metres[row]} against {other:.1f} m"
        if metres[row] is None:
            beyond += 1
        else:
            assert metres[row] == pytest.approx(other, abs=TOLERANCE_M)
            within += 1
    return within, beyond


def test_walks_to_parks_agree_with_the_plain_method(helsinki: Zone) -> None:
    within, beyond = compare(helsinki, Access({"park_gate": {}, "square_gate": {}}, "walk", 5))
    assert within + beyond >= SAMPLED * 0.9
    assert within > 0


def test_walks_to_bus_stops_in_a_larger_town_agree_too(porto_alegre: Zone) -> None:
    within, beyond = compare(porto_alegre, Access({"facility": {"category": ("bus_stop",)}}, "walk", 5))
    assert within + beyond >= SAMPLED * 0.9
    assert min(within, beyond) > 0


def test_residents_beyond_the_mapped_streets_are_unknown_and_nobody_is_lost(helsinki: Zone) -> None:
    report = measure(helsinki, indicators=["park_walk_share"], actor=ACTOR)
    found = next(item for item in report.measurements if item.area == "zone")
    assert found.of is not None
    assert found.of + found.unknown == 71_724  # the sum of the grid's column
    assert set(found.unknown_reasons) == {"far-from-streets"}
    assert found.unknown > 50_000
    assert found.low is not None
    assert found.value is not None
    assert found.high is not None
    assert 90 < found.low <= found.value <= found.high <= 100


def test_schools_and_health_care_counted_in_cells_are_measured(porto_alegre: Zone) -> None:
    report = measure(porto_alegre, indicators=["school_walk_share", "health_walk_share"], actor=ACTOR)
    values = {item.indicator: item for item in report.measurements if item.area == "zone"}
    school, health = values["school_walk_share"], values["health_walk_share"]
    assert school.value is not None
    assert health.value is not None
    assert 100 > school.value > health.value > 50
    assert (school.of or 0) + school.unknown == 812_935  # the sum of the column population
