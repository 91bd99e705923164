"""The record at a million buildings, beside GDAL reading and writing the same GeoPackage.

The buildings are squares of about 20 m with six properties, strewn evenly over a district of 33 km a side (at full
scale), made here from a fixed seed. A window holds 1 000 of them on average. Both sides read the same windows in turn
and give Arrow with all columns and WKB. GDAL comes through pyogrio, in this process.
"""

import shutil
import tempfile
from collections.abc import Iterator
from datetime import date
from functools import partial
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
        file, copy = Path(folder) / "zone.gpkg", Path(folder) / "copy.gpkg"
        store = _open(file)
        yield _adding(store, make_buildings(count), Path(folder) / "peer.gpkg")
        store.close()
        # GDAL brings its own SQLite: two of them on one file in one process would drop each other's locks.
        shutil.copy(file, copy)
        store = _open(file)
        yield from _windows(store, copy, count, windows)
        yield _paging(store, copy, count)
        yield from _changing(store, count)
        yield _state(store, Path(folder) / "states")
        yield from _past(store, count, windows)
        store.close()


def _open(file: Path) -> Store:
    return open_store(file, kinds=[BUILDING], parts=(), clock=Clock(ZoneInfo("Asia/Shanghai")))


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


def _windows(store: Store, copy: Path, count: int, windows: int) -> Iterator[Row]:
    """Read the same windows on both sides, in turns of 50, so that neither warms or cools the other's caches."""
    ours: list[float] = []
    peer: list[float] = []
    turns = list(_boxes(count, windows, seed=7))
    for start in range(0, windows, 50):
        turn = turns[start : start + 50]
        ours += [timed_ms(partial(store.read, "building", STAFF, Selection(box=box))) for box in turn]
        peer += [timed_ms(partial(_gdal_window, copy, box)) for box in turn]
    case = f"1 000 features in a box from {count:,}"
    yield Row(f"{case}, p50, ms", median(ours), {"GDAL": median(peer)})
    yield Row(f"{case}, p99, ms", percentile(ours, 0.99), {"GDAL": percentile(peer, 0.99)}, goal=10.0)


def _boxes(count: int, windows: int, *, seed: int) -> Iterator[Box]:
    """Give windows that hold 1 000 of the buildings on average."""
    random = np.random.default_rng(seed)
    side = SIDE * float(np.sqrt(IN_A_WINDOW / count))
    for _ in range(windows):
        west = WEST + float(random.random()) * (SIDE - side)
        south = SOUTH + float(random.random()) * (SIDE - side)
        yield Box(west, south, west + side, south + side)


def _gdal_window(copy: Path, box: Box, **options: int) -> pa.Table:
    table: pa.Table = pyogrio.read_arrow(copy, layer="building", bbox=box.as_tuple(), **options)[1]
    return table


def _paging(store: Store, copy: Path, count: int) -> Row:
    """Read pages of 1 000 from a box that holds everything, spread over the whole of it."""
    everything = Box(WEST, SOUTH, WEST + 1, SOUTH + 1)
    starts = range(0, count, count // 20)
    pages = [Selection(box=everything, after=start, limit=1000) for start in starts]
    ours = [timed_ms(partial(store.read, "building", STAFF, page)) for page in pages]
    peer = [
        timed_ms(partial(_gdal_window, copy, everything, skip_features=start, max_features=1000))
        for start in starts
    ]
    case = "a page of 1 000 from a box of everything, p99, ms"
    return Row(case, percentile(ours, 0.99), {"GDAL": percentile(peer, 0.99)})


def _changing(store: Store, count: int) -> Iterator[Row]:
    def revise(fid: int) -> None:
        with store.begin(actor=ACTOR, tool="benchmark") as writer:
            writer.revise("building", fid, {"storeys": 9}, valid_from=date(2024, 1, 1))

    figures = [timed_ms(partial(revise, fid)) for fid in range(1, count, count // 400)]
    yield Row("a durable Change that revises one building, p50, ms", median(figures))
    yield Row("a durable Change that revises one building, p99, ms", percentile(figures, 0.99))


def _state(store: Store, folder: Path) -> Row:
    def write() -> None:
        with open_state(store, folder, crs="EPSG:4549") as state:
            state.path("building")

    return Row("write the base of an analysis state, projected, s", timed_ms(write) / 1000)


def _past(store: Store, count: int, windows: int) -> Iterator[Row]:
    """Read windows of an earlier day, after the revisions above; their versions lie in the past."""
    looks = [Selection(box=box, at=date(2022, 1, 1)) for box in _boxes(count, windows, seed=8)]
    figures = [timed_ms(partial(store.read, "building", STAFF, look)) for look in looks]
    yield Row("1 000 features in a box on an earlier day, p99, ms", percentile(figures, 0.99))


if __name__ == "__main__":
    main("The record", measure)
