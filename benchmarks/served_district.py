"""A district of many buildings, served from a process of its own: what the figures over HTTP are measured on.

The outlines are irregular, of eight corners, as dense as an old town (11 000 to the square kilometre), from
a fixed seed. Requests go through one open connection, as a browser's do.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.core.actor import Actor
from zonetwin.core.source import Source
from zonetwin.zone.settings import ZoneSettings, write_settings
from zonetwin.zone.zone import open_zone

WEST, SOUTH = 120.9, 31.3
PER_SQUARE_DEGREE = 11_000 * 111.0 * 95.0
"""Buildings to the square kilometre, times the kilometres of a degree north and east at 31° N."""

CORNERS = 8
PACKS = ("base", "buildings")
_SERVE = """
import sys
from pathlib import Path
import zonetwin.api.server as server
from zonetwin.api import web_files
if len(sys.argv) > 2:
    served_files = web_files.web_app
    server.web_app = lambda folder: served_files(Path(sys.argv[2]))
server.serve(Path(sys.argv[1]), port=0, ready=lambda address: print(address, flush=True))
"""


def side_of(count: int) -> float:
    """Give the side of the square that a number of buildings fills, in degrees."""
    return float(np.sqrt(count / PER_SQUARE_DEGREE))


def make_district(folder: Path, count: int) -> None:
    """Make a zone with a number of buildings in an empty folder."""
    folder.mkdir()
    write_settings(
        folder, ZoneSettings("benchmark", "EPSG:4549", "Asia/Shanghai", ("zh", "en"), PACKS, synthetic=True)
    )
    actor = Actor("benchmark")
    with open_zone(folder) as zone, zone.store.begin(actor=actor, tool="benchmark") as writer:
        source = writer.add_source(Source("benchmark", synthetic=True))
        writer.add("building", make_outlines(count), source=source, valid_from=date(2020, 1, 1))


def make_outlines(count: int) -> pa.Table:
    """Make buildings as a Writer takes them, the same for the same count."""
    random = np.random.default_rng(count)
    side = side_of(count)
    middle = np.array([WEST, SOUTH]) + random.random((count, 1, 2)) * side
    angle = np.linspace(0, 2 * np.pi, CORNERS, endpoint=False)
    radius = 2.5e-5 + 1.5e-5 * random.random((count, CORNERS, 1))  # 2.4 to 4.4 m
    corners = middle + radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    uses = np.array(["residential", "industrial", "office", "public"])
    numbers = np.arange(count)
    return pa.table(
        {
            "geom": pa.array(shapely.to_wkb(shapely.polygons(corners)), pa.binary()),
            "key": pa.array([f"way/{number}" for number in numbers.tolist()]),
            "name": pa.array([f"楼 {number}" if number % 5 == 0 else None for number in numbers.tolist()]),
            "use": pa.array(uses[numbers % 4]),
            "height_m": pa.array(np.round(3.0 + random.random(count) * 60, 1)),
            "storeys": pa.array(numbers % 30 + 1),
            "address": pa.array([f"{number % 997} 号" for number in numbers.tolist()]),
        }
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and the milliseconds from the request to its last byte."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took_ms: float


class Requests:
    """Requests over one connection that stays open."""

    def __init__(self, address: str) -> None:
        self._connection = HTTPConnection(urlsplit(address).netloc, timeout=120)

    def get(self, path: str) -> Answer:
        """Get a path, with gzip."""
        begun = perf_counter()
        self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
        answer = self._connection.getresponse()
        body = answer.read()
        took = (perf_counter() - begun) * 1000.0
        headers = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, headers, body, took)

    def close(self) -> None:
        self._connection.close()


@contextmanager
def served(folder: Path, *, web_folder: Path | None = None) -> Iterator[Requests]:
    """Serve a zone from a process of its own, with web files of a folder where one is given."""
    arguments = [str(folder), *([str(web_folder)] if web_folder else [])]
    process = subprocess.Popen([sys.executable, "-c", _SERVE, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        requests = Requests(process.stdout.readline().strip())
        yield requests
        requests.close()
    finally:
        process.terminate()
        process.wait()
