"""A small record for the tests of the store: kinds of every geometry, one part, and squares to put in."""

import importlib
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
import shapely

from zonetwin.core.actor import Actor
from zonetwin.core.clock import Clock
from zonetwin.core.kind import Geometry, Kind, Property, Type
from zonetwin.core.text import Text
from zonetwin.store.model import Migration, Part, Store
from zonetwin.store.sqlite import open_store

CLERK = Actor("clerk", "survey")
START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def kind(name: str, geometry: Geometry, *properties: tuple[str, Type], persons: bool = False) -> Kind:
    """Declare a kind whose titles are its names."""
    declared = tuple(Property(item, type_, Text(item, item)) for item, type_ in properties)
    return Kind(name, Text(name, name), geometry, declared, "sample", persons)


BUILDING = kind(
    "building",
    Geometry.POLYGON,
    ("name", Type.TEXT),
    ("height_m", Type.REAL),
    ("storeys", Type.INTEGER),
    ("listed", Type.BOOLEAN),
    ("built_on", Type.DATE),
    ("surveyed_at", Type.INSTANT),
)
STREET = kind("street", Geometry.LINE, ("name", Type.TEXT))
GATE = kind("gate", Geometry.POINT, ("park", Type.TEXT))
SITE = kind("site", Geometry.ANY, ("name", Type.TEXT))
FIRM = kind("firm", Geometry.NONE, ("name", Type.TEXT))
RESIDENT = kind("resident", Geometry.POINT, ("persons", Type.INTEGER), persons=True)
KINDS = (BUILDING, STREET, GATE, SITE, FIRM, RESIDENT)

NOTES = Part(
    "notes",
    (
        Migration(
            "notes",
            1,
            """
            create table note_row (
              id integer primary key, title text not null unique, on_day date, amount real, done boolean not null
            );
            """,
        ),
    ),
    {"notes": "select id, 'note/' || id as feature, title, on_day, amount, done from note_row"},
)


def ticking_clock(step: timedelta = timedelta(seconds=1)) -> Clock:
    """Give a clock that moves on by a step each time it is asked."""
    moments = iter(START + step * number for number in range(1_000_000))
    return Clock(ZoneInfo("Asia/Shanghai"), now=lambda: next(moments))


def open_sample(
    folder: Path, kinds: Iterable[Kind] = KINDS, parts: Iterable[Part] = (NOTES,), clock: Clock | None = None
) -> Store:
    """Open a record in a folder, with a ticking clock unless one is given."""
    return open_store(folder / "zone.gpkg", kinds=kinds, parts=parts, clock=clock or ticking_clock())


NOT_YET = [
    pytest.mark.notyet,
    pytest.mark.xfail(raises=ImportError, reason="the PostgreSQL store is to come"),
]
STORES = ("sqlite", pytest.param("postgres", marks=NOT_YET))
"""The stores a contract is tested on."""


def open_sort(sort: str, folder: Path) -> Store:
    """Open the sample record in one of `STORES`."""
    opener: Callable[..., Store] = importlib.import_module(f"zonetwin.store.{sort}").open_store
    return opener(folder / "zone.gpkg", kinds=KINDS, parts=[NOTES], clock=ticking_clock())


def square(x: float, y: float, side: float = 0.001) -> bytes:
    """Give a square by its south-west corner, as WKB in lon/lat."""
    wkb: bytes = shapely.to_wkb(shapely.box(x, y, x + side, y + side))
    return wkb


def squares(count: int, *, west: float = 121.0, south: float = 31.3, step: float = 0.002) -> list[bytes]:
    """Give squares of 0.001 degrees in a row towards the east, `step` apart."""
    return [square(west + step * number, south) for number in range(count)]


def buildings(geometries: Sequence[bytes | None], **columns: Sequence[object]) -> pa.Table:
    """Give buildings to add; columns not given are left out."""
    return pa.table({"geom": pa.array(geometries, pa.binary()), **columns})


def scattered(count: int, seed: int = 7) -> list[bytes]:
    """Give squares of about 20 m strewn over 0.3 degrees, the same for the same seed."""
    random = np.random.default_rng(seed)
    x, y = 120.9 + random.random(count) * 0.3, 31.2 + random.random(count) * 0.3
    wkb: list[bytes] = list(shapely.to_wkb(shapely.box(x, y, x + 2e-4, y + 2e-4)))
    return wkb


def put(store: Store, kind_name: str, features: pa.Table) -> list[int]:
    """Add features in a Change of their own, under source 1."""
    with store.begin(actor=CLERK, tool="test") as writer:
        return writer.add(kind_name, features, source=1)
