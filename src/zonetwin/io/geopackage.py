"""Reads and writes GeoPackage: one layer per kind.

Source: OGC 12-128r18 (GeoPackage 1.3).
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.core.space import LONLAT
from zonetwin.io.model import Batch, Format, Origin, ReadOptions
from zonetwin.io.vector import Layer, chosen_layers, layer_names, plain_errors, read_layer

SOURCES = "source"
"""Layer of an export that lists where its contents come from."""

_TYPES = {0: "Point", 1: "LineString", 3: "Polygon", 4: "MultiPoint", 5: "MultiLineString", 6: "MultiPolygon"}


def read_geopackage(path: Path, options: ReadOptions) -> Iterator[Batch]:
    """Read the layers asked for, or all of them.

    Raises:
        InvalidInput: the file is damaged, a layer is missing or has no CRS, or all are empty.
    """
    count = 0
    for name in chosen_layers(path, options):
        for batch in read_layer(path, Layer(name), options):
            count += batch.read
            yield batch
    if count == 0:
        raise InvalidInput(f"{path.name!r} holds no objects.", hint="Check that it is the right file.")


def write_geopackage(path: Path, tables: Mapping[str, pa.Table], origin: Origin) -> dict[str, int]:
    """Write tables as layers, the sources as one more; attribution and synthetic mark also as metadata."""
    import pyogrio

    said = {
        "attribution": orjson.dumps(list(origin.attribution)).decode(),
        "synthetic": str(origin.synthetic).lower(),
    }
    with plain_errors(path, doing="written"):
        for layer, table in {**tables, SOURCES: origin.sources}.items():
            place = {}
            if "geom" in table.column_names:
                place = {
                    "geometry_name": "geom",
                    "geometry_type": _geometry_type(table["geom"]),
                    "crs": LONLAT,
                }
            pyogrio.write_arrow(table, path, layer=layer, driver="GPKG", dataset_metadata=said, **place)
    return {layer: table.num_rows for layer, table in tables.items()}


def _geometry_type(column: "pa.ChunkedArray[Any]") -> str:
    """Name the one geometry type of a column, or the one that takes any."""
    types = np.unique(shapely.get_type_id(shapely.from_wkb(column.to_numpy())))
    types = types[types >= 0]
    return _TYPES.get(int(types[0]), "Unknown") if len(types) == 1 else "Unknown"


def _says_synthetic(path: Path) -> bool:
    import pyogrio

    with plain_errors(path):
        said = pyogrio.read_info(path, layer=layer_names(path)[0])["dataset_metadata"] or {}
    return str(said.get("synthetic", "")).lower() == "true"


def _is_geopackage(head: bytes) -> bool:
    return head.startswith(b"SQLite format 3\x00") and head[68:72] in (b"GPKG", b"GP10", b"GP11")


GEOPACKAGE = Format(
    name="gpkg",
    extensions=(".gpkg",),
    sniff=_is_geopackage,
    read=read_geopackage,
    layers=layer_names,
    is_synthetic=_says_synthetic,
    write=write_geopackage,
)
