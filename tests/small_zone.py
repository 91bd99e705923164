"""A small zone made in code, in lon/lat round 121.05 E, 31.35 N: enough of every sort of place to serve and draw.

Every number a test relies on follows from the lists below; nothing is random.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
import shapely

from zonetwin.core.actor import Actor
from zonetwin.core.source import Source
from zonetwin.store.model import Writer
from zonetwin.zone.settings import ZoneSettings, write_settings
from zonetwin.zone.zone import open_zone

PACKS = ("base", "land", "green", "services", "mobility", "buildings", "water", "projects")
ACTOR = Actor("Tests", "testing")
SOURCE = Source("survey", "survey.geojson", "CC0-1.0", "© the survey", date(2025, 3, 1), synthetic=True)
WEST, SOUTH = 121.05, 31.35
STEP = 0.001
"""Distance between neighbouring buildings, degrees."""

SIDE = 0.0004
"""Length of a building's side, degrees."""

COLUMNS = 20
"""Buildings in a row."""

USES = ("residential", "industrial", "office")


def make_zone(folder: Path, *, buildings: int = 240, today: date | None = date(2025, 6, 30)) -> Path:
    """Make the zone's folder and give it back."""
    folder.mkdir(parents=True, exist_ok=True)
    write_settings(
        folder,
        ZoneSettings("small", "EPSG:4549", "Asia/Shanghai", ("zh", "en"), PACKS, today=today, synthetic=True),
    )
    with open_zone(folder) as zone, zone.store.begin(actor=ACTOR, tool="test", note="made") as writer:
        source = writer.add_source(SOURCE)
        _add_grounds(writer, source)
        _add_buildings(writer, source, buildings)
        _add_points_and_lines(writer, source)
    return folder


def building_outline(number: int) -> shapely.Polygon:
    """Give the outline of the building with fid `number` (from 1): a square, rows from south to north."""
    west = WEST + (number - 1) % COLUMNS * STEP
    south = SOUTH + (number - 1) // COLUMNS * STEP
    return shapely.box(west, south, west + SIDE, south + SIDE)


def trail_line(number: int) -> shapely.LineString:
    """Give the line of the trail with fid `number` (from 1 to 25): a diagonal, so its envelope says little."""
    west, south = WEST + (number - 1) % 5 * 2 * STEP, SOUTH + (number - 1) // 5 * 2 * STEP
    return shapely.LineString([(west, south), (west + 3 * STEP, south + 3 * STEP)])


def building_use(number: int) -> str:
    return USES[number % len(USES)]


def _add_grounds(writer: Writer, source: int) -> None:
    zone = shapely.box(WEST - 0.01, SOUTH - 0.01, WEST + 0.04, SOUTH + 0.04)
    office = shapely.box(WEST - 0.01, SOUTH - 0.01, WEST + 0.01, SOUTH + 0.04)
    writer.add(
        "area",
        features(
            [zone, office],
            key=["zone", "office-1"],
            code=["zone", "office-1"],
            name=["小区域", "夏东办事处"],
            name_en=["Small zone", "Xiadong office"],
            level=["zone", "office"],
            parent=[None, "zone"],
        ),
        source=source,
    )
    park = shapely.Polygon(
        [
            (WEST, SOUTH - 0.004),
            (WEST + 0.004, SOUTH - 0.004),
            (WEST + 0.004, SOUTH - 0.001),
            (WEST, SOUTH - 0.001),
        ],
        [[(WEST + 0.001, SOUTH - 0.003), (WEST + 0.002, SOUTH - 0.003), (WEST + 0.002, SOUTH - 0.002)]],
    )
    writer.add(
        "park",
        features(
            [park], key=["park-1"], name=["青阳公园"], name_en=["Qingyang Park"], category=["comprehensive"]
        ),
        source=source,
        valid_from=date(2020, 1, 1),
    )
    writer.add(
        "organisation",
        features([None, None], key=["a", "b"], code=["a", "b"], name=["规划建设局", "教育局"]),
        source=source,
    )


def _add_buildings(writer: Writer, source: int, count: int) -> None:
    numbers = range(1, count + 1)
    writer.add(
        "building",
        features(
            [building_outline(number) for number in numbers],
            key=[f"b/{number}" for number in numbers],
            name=["夏东人才公寓" if number == 7 else None for number in numbers],
            use=[building_use(number) for number in numbers],
            height_m=[3.0 * (number % 30 + 1) for number in numbers],
            storeys=[number % 30 + 1 for number in numbers],
        ),
        source=source,
        valid_from=date(2010, 1, 1),
    )


def _add_points_and_lines(writer: Writer, source: int) -> None:
    writer.add(
        "park_gate",
        features(
            [shapely.Point(WEST + 0.002, SOUTH - 0.001)], key=["gate-1"], park=["park-1"], name=["北门"]
        ),
        source=source,
    )
    streets = [
        shapely.LineString([(WEST - 0.005, SOUTH - 0.0005), (WEST + 0.03, SOUTH - 0.0005)]),
        shapely.LineString([(WEST - 0.0005, SOUTH - 0.005), (WEST - 0.0005, SOUTH + 0.02)]),
    ]
    writer.add(
        "street",
        features(
            streets,
            key=["s/1", "s/2"],
            name=["长江路", "前进路"],
            category=["primary", "residential"],
            foot=[True, True],
            car=[True, False],
        ),
        source=source,
    )
    trails = range(1, 26)
    writer.add(
        "trail",
        features([trail_line(number) for number in trails], key=[f"t/{number}" for number in trails]),
        source=source,
    )
    writer.add(
        "facility",
        features(
            [
                shapely.Point(WEST + 0.0052, SOUTH + 0.0052),
                shapely.box(WEST, SOUTH + 0.02, WEST + 0.001, SOUTH + 0.021),
            ],
            key=["f/1", "f/2"],
            category=["primary_school", "kindergarten"],
            name=["夏东小学", "夏东幼儿园"],
        ),
        source=source,
    )
    writer.add(
        "resident",
        features([building_outline(1).centroid], key=["r/1"], building=["b/1"], persons=[3]),
        source=source,
    )


def features(places: Sequence[shapely.Geometry | None], **columns: Sequence[object]) -> pa.Table:
    """Make a table of features as a Writer takes it."""
    wkb = [None if place is None else shapely.to_wkb(place) for place in places]
    return pa.Table.from_pydict(
        {"geom": pa.array(wkb, pa.binary()), **{name: list(column) for name, column in columns.items()}}
    )
