"""A thousand features as GeoJSON over HTTP from a million buildings, beside GDAL dumping the same from the file.

Ours goes through the whole server: socket, guard, record, exact places, GeoJSON, compression. GDAL reads the
same windows from a copy of the file, in this process, and writes GeoJSON to memory.
"""

import io
import shutil
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pyogrio

from benchmarks.report import Row, main, median, percentile, timed_ms
from benchmarks.served_district import SOUTH, WEST, Answer, Requests, make_district, served, side_of

IN_A_WINDOW = 1000
GOAL_MS = 40.0
WARM_UP = 5
TURN = 50


def measure(quick: bool) -> Iterator[Row]:
    """Give the rows, over 1 000 000 buildings or, quick, 50 000."""
    count, windows = (50_000, 60) if quick else (1_000_000, 300)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "zone"
        make_district(folder, count)
        # GDAL brings its own SQLite; on one file in two processes both would be right, but neither left
        # alone.
        copy = Path(shutil.copy(folder / "zone.gpkg", Path(place) / "copy.gpkg"))
        boxes = list(_boxes(count, windows))
        with served(folder) as requests:
            yield from _windows(requests, copy, boxes, count)
            yield _paging(requests, count)


def _boxes(count: int, windows: int) -> Iterator[tuple[float, float, float, float]]:
    """Give windows that hold 1 000 of the buildings on average."""
    random = np.random.default_rng(5)
    whole = side_of(count)
    side = whole * float(np.sqrt(IN_A_WINDOW / count))
    for _ in range(windows):
        west, south = (float(start + random.random() * (whole - side)) for start in (WEST, SOUTH))
        yield (west, south, west + side, south + side)


def _windows(
    requests: Requests, copy: Path, boxes: list[tuple[float, float, float, float]], count: int
) -> Iterator[Row]:
    for box in boxes[:WARM_UP]:
        _items(requests, box)
    ours: list[float] = []
    peer: list[float] = []
    for start in range(0, len(boxes), TURN):  # in turns, so that both meet the same machine
        turn = boxes[start : start + TURN]
        ours += [_items(requests, box).took_ms for box in turn]
        peer += [timed_ms(partial(_gdal_dump, copy, box)) for box in turn]
    case = f"1 000 features of {count:,} as GeoJSON over HTTP"
    yield Row(f"{case}, p50, ms", median(ours), {"GDAL to memory": median(peer)})
    yield Row(
        f"{case}, p99, ms", percentile(ours, 0.99), {"GDAL to memory": percentile(peer, 0.99)}, goal=GOAL_MS
    )


def _items(requests: Requests, box: tuple[float, float, float, float]) -> Answer:
    answer = requests.get(f"/ogc/collections/building/items?limit=10000&bbox={','.join(map(str, box))}")
    if answer.status != 200:
        raise SystemExit(f"The server answered {answer.status}.")
    return answer


def _gdal_dump(copy: Path, box: tuple[float, float, float, float]) -> None:
    meta, table = pyogrio.read_arrow(copy, layer="building", bbox=box)
    shape = {
        "geometry_name": meta["geometry_name"],
        "geometry_type": meta["geometry_type"],
        "crs": meta["crs"],
    }
    pyogrio.write_arrow(table, io.BytesIO(), driver="GeoJSON", **shape)


def _paging(requests: Requests, count: int) -> Row:
    """Follow pages of 1 000 from the beginning, the middle and near the end of the collection."""
    figures = []
    for start in (0, count // 2, count - 20_000):
        path = f"/ogc/collections/building/items?limit=1000&after={start}"
        for _ in range(10):
            answer = requests.get(path)
            figures.append(answer.took_ms)
            path = _next_path(answer)
    return Row("a page of 1 000 anywhere in the collection, p99, ms", percentile(figures, 0.99))


def _next_path(answer: Answer) -> str:
    link = next(part for part in answer.headers["link"].split(", ") if 'rel="next"' in part)
    return "/" + link.partition(">")[0].lstrip("<").split("/", 3)[3]


if __name__ == "__main__":
    main("Features over HTTP", measure)
