"""Tables of a state made in code: geometry in metres, columns that are not given are null."""

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
import shapely

from zonetwin.core.kind import Kind
from zonetwin.packs.folders import pack_folders
from zonetwin.packs.load import load_catalogue
from zonetwin.packs.model import Catalogue
from zonetwin.store.states import kind_schema

PACKS = ("base", "green", "services", "mobility", "buildings")


def catalogue() -> Catalogue:
    return load_catalogue(PACKS, pack_folders())


def kind_rows(kind: Kind, places: Sequence[shapely.Geometry | None], **columns: Sequence[object]) -> pa.Table:
    """Give rows of a kind with fids from 1."""
    count = len(places)
    given: Mapping[str, Sequence[object]] = {
        "fid": range(1, count + 1),
        "feature": [f"{kind.name}/{fid}" for fid in range(1, count + 1)],
        "source": [1] * count,
        "geom": [shapely.to_wkb(place) if place is not None else None for place in places],
        **columns,
    }
    schema = kind_schema(kind)
    return pa.table(
        {field.name: list(given.get(field.name, [None] * count)) for field in schema}, schema=schema
    )


def tables_of(packs: Catalogue, *tables: tuple[str, pa.Table]) -> Callable[[str], pa.Table]:
    """Give what reads tables by name: those given, all others empty."""
    held = dict(tables)

    def read(name: str) -> pa.Table:
        return held[name] if name in held else kind_schema(packs.kinds[name]).empty_table()

    return read


def lines(*courses: Sequence[tuple[float, float]]) -> list[shapely.Geometry | None]:
    return [shapely.LineString(course) for course in courses]


def points(*places: tuple[float, float] | None) -> list[shapely.Geometry | None]:
    return [shapely.Point(place) if place else None for place in places]
