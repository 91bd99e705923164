"""An empty zone to import into, and small files to import, for tests."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from zonetwin.core.actor import STAFF, Actor
from zonetwin.zone.settings import ZoneSettings, write_settings
from zonetwin.zone.zone import Zone, open_zone

PACKS = ("base", "land", "green", "services", "mobility", "buildings", "water")
ACTOR = Actor("Tests", "testing")


@contextmanager
def empty_zone(folder: Path, *, crs: str = "EPSG:4549", packs: Sequence[str] = PACKS) -> Iterator[Zone]:
    """Make and open a zone without an area."""
    folder.mkdir(parents=True, exist_ok=True)
    write_settings(folder, ZoneSettings("empty", crs, "Asia/Shanghai", ("zh", "en"), tuple(packs)))
    with open_zone(folder) as zone:
        yield zone


def square(west: float, south: float, side: float = 0.0004) -> dict[str, object]:
    """Give a square as GeoJSON."""
    east, north = west + side, south + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def write_collection(path: Path, features: Sequence[Mapping[str, object]], **members: object) -> Path:
    """Write a FeatureCollection, one feature a line. NaN is written as NaN."""
    lines = ",\n".join(json.dumps(item, ensure_ascii=False) for item in features)
    head = "".join(f"{json.dumps(name)}: {json.dumps(value)}, " for name, value in members.items())
    path.write_text(f'{{"type": "FeatureCollection", {head}"features": [\n{lines}\n]}}\n', encoding="utf-8")
    return path


def rows_of(zone: Zone, kind: str) -> list[dict[str, object]]:
    """Read all current features of a kind."""
    rows: list[dict[str, object]] = zone.store.read(kind, STAFF).to_pylist()
    return rows


def everything(zone: Zone) -> dict[str, pa.Table]:
    """Read all current features of all kinds that have any."""
    tables = {kind: zone.store.read(kind, STAFF) for kind in zone.store.kinds}
    return {kind: table for kind, table in tables.items() if table.num_rows}
