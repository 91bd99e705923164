"""The record at a million buildings, beside GDAL reading and writing the same GeoPackage.

The buildings are squares of about 20 m with six properties, strewn evenly over a district of 33 km a side (at full
scale), made here from a fixed seed. A window holds 1 000 of them on average. Both sides read the same windows in turn
and give Arrow with all columns and WKB. GDAL comes through pyogrio, in this process.
"""

import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from benchmarks.report import Row, main, median, percentile, timed_ms
from zonetwin.core.actor import STAFF, Actor
from zonetwin.core.clock import Clock
from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.core.text import Text
from zonetwin.store.model import Selection, Store
from zonetwin.store.sqlite import open_store
from zonetwin.store.states import open_state

WEST, SOUTH, SIDE = 120.8, 31.2, 0.35
IN_A_WINDOW = 1000
ACTOR = Actor("benchmark")
PROPERTIES = {
    "name": Type.TEXT,
    "use": Type.TEXT,
    "height_m": Type.REAL,
    "storeys": Type.INTEGER,
    "listed": Type.BOOLEAN,
    "built_on": Type.DATE,
}
BUILDING = Kind(
    "building",
    Text("建筑", "Building"),
    Geometry.POLYGON,
    tuple(Property(name, type_, Text(name, name)) for name, type_ in PROPERTIES.items()),
)


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows, over 1 000 000 buildings or, quick, 100 000."""
    count, windows = (100_000, 60) if quick else (1_000_000, 300)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "zone.gpkg"
        features = make_buildings(count)
        store = open_store(file, kinds=[BUILDING], parts=(), clock=Clock(ZoneInfo("Asia/Shanghai")))
        yield _adding(store, features, Path(folder) / "peer.gpkg")
        yield from _windows(store, file, count, windows)
        yield _paging(store, file, count)
        yield from _changing(store, count)
        yield _state(store, Path(folder) / "states")
        yield from _past(store, count, windows)
        store.close()


def make_buildings(count: int) -> pa.Table:
    """Make buildings as `Writer.add` takes them, the same for the same count."""
    random = np.random.default_rng(count)
    x, y = WEST + random.random(count) * SIDE, SOUTH + random.random(count) * SIDE
    numbers = np.arange(count)
    uses = ("residential", "industrial", "office", "public")
    return pa.table(
        {
            "geom": pa.array(shapely.to_wkb(shapely.box(x, y, x + 2e-4, y + 2e-4)), pa.binary()),
            "key": pa.array([f"way/{number}" for number in numbers.tolist()]),
            "name": pa.array([f"building {number}" for number in numbers.tolist()]),
            "use": pa.array([uses[number % 4] for number in numbers.tolist()]),
            "height_m": pa.array(3.0 + random.random(count) * 60),
            "storeys": pa.array(numbers % 30 + 1),
            "listed": pa.array(numbers % 50 == 0),
            "built_on": pa.array([date(1980 + number % 45, 1, 1) for number in range(count)]),
        }
    )


def _adding(store: Store, features: pa.Table, peer: Path) -> Row:
    def add() -> None:
        with store.begin(actor=ACTOR, tool="benchmark") as writer:
            source = writer.add_source(Source("benchmark", synthetic=True))
            writer.add("building", features, source=source, valid_from=date(2020, 1, 1))

    def write() -> None:
        pyogrio.write_arrow(
            features, peer, layer="building", geometry_name="geom", geometry_type="Polygon", crs="EPSG:4326"
        )

    ours = timed_ms(add) / 1000
    return Row(
        f"add {features.num_rows:,} buildings with their R*Tree, s", ours, {"GDAL": timed_ms(write) / 1000}
    )


def _windows(store: Store, file: Path, count: int, windows: int) -> Iterator[Row]:
    ours: list[float] = []
    peer: list[float] = []
    random = np.random.default_rng(7)
    side = SIDE * float(np.sqrt(IN_A_WINDOW / count))
    for number in range(windows + 5):
        west = WEST + float(random.random()) * (SIDE - side)
        south = SOUTH + float(random.random()) * (SIDE - side)
        bounds = (west, south, west + side, south + side)
        mine = timed_ms(lambda bounds=bounds: store.read("building", STAFF, Selection(box=Box(*bounds))))  # type: ignore[misc]
        theirs = timed_ms(lambda bounds=bounds: pyogrio.read_arrow(file, layer="building", bbox=bounds))  # type: ignore[misc]
        if number >= 5:  # the first few fill the caches of both
            ours.append(mine)
            peer.append(theirs)
    case = f"1 000 features in a box from {count:,}"
    yield Row(f"{case}, p50, ms", median(ours), {"GDAL": median(peer)})
    yield Row(f"{case}, p99, ms", percentile(ours, 0.99), {"GDAL": percentile(peer, 0.99)}, goal=10.0)


def _paging(store: Store, file: Path, count: int) -> Row:
    """Read pages of 1 000 from a box that holds everything, spread over the whole of it."""
    everything = Box(WEST, SOUTH, WEST + 1, SOUTH + 1)
    ours: list[float] = []
    peer: list[float] = []
    for after in range(0, count, count // 20):
        page = Selection(box=everything, after=after, limit=1000)
        ours.append(timed_ms(lambda page=page: store.read("building", STAFF, page)))  # type: ignore[misc]
        peer.append(
            timed_ms(
                lambda after=after: pyogrio.read_arrow(  # type: ignore[misc]
                    file, layer="building", bbox=everything.as_tuple(), skip_features=after, max_features=1000
                )
            )
        )
    return Row(
        "a page of 1 000 from a box of everything, p99, ms",
        percentile(ours, 0.99),
        {"GDAL": percentile(peer, 0.99)},
    )


def _changing(store: Store, count: int) -> Iterator[Row]:
    def revise(fid: int) -> Callable[[], None]:
        def work() -> None:
            with store.begin(actor=ACTOR, tool="benchmark") as writer:
                writer.revise("building", fid, {"storeys": 9}, valid_from=date(2024, 1, 1))

        return work

    figures = [timed_ms(revise(fid)) for fid in range(1, count, count // 400)]
    yield Row("a durable Change that revises one building, p50, ms", median(figures))
    yield Row("a durable Change that revises one building, p99, ms", percentile(figures, 0.99))


def _state(store: Store, folder: Path) -> Row:
    def write() -> None:
        with open_state(store, folder, crs="EPSG:4549") as state:
            state.path("building")

    return Row("write the base of an analysis state, projected, s", timed_ms(write) / 1000)


def _past(store: Store, count: int, windows: int) -> Iterator[Row]:
    """Read windows of an earlier day, after the revisions above; their versions lie in the past."""
    random = np.random.default_rng(8)
    side = SIDE * float(np.sqrt(IN_A_WINDOW / count))
    figures = []
    for _ in range(windows // 3):
        west = WEST + float(random.random()) * (SIDE - side)
        south = SOUTH + float(random.random()) * (SIDE - side)
        look = Selection(box=Box(west, south, west + side, south + side), at=date(2022, 1, 1))
        figures.append(timed_ms(lambda look=look: store.read("building", STAFF, look)))  # type: ignore[misc]
    yield Row("1 000 features in a box on an earlier day, p99, ms", percentile(figures, 0.99))


if __name__ == "__main__":
    main("The record", measure)
