"""Reads layers through GDAL, a batch of Arrow at a time: what GeoPackage and Shapefile have in common."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.io import fault as faults
from zonetwin.io.fault import Fault
from zonetwin.io.model import BATCH, Batch, Geometries, ReadOptions
from zonetwin.io.placing import crs_to_use
from zonetwin.io.shapes import unbuilt_rows
from zonetwin.io.values import is_absent

Decode = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer to read: its name in the file, how GDAL shall take its texts, and how they become texts."""

    name: str
    encoding: str | None = None
    decode: Decode | None = None


def layer_names(path: Path) -> list[str]:
    """Name the layers of a file.

    Raises:
        InvalidInput: GDAL cannot open it.
    """
    import pyogrio

    with plain_errors(path):
        return [str(name) for name, _ in pyogrio.list_layers(path)]


def chosen_layers(path: Path, options: ReadOptions) -> list[str]:
    """Name the layers to read.

    Raises:
        InvalidInput: a layer asked for is not there.
    """
    there = layer_names(path)
    for name in options.layers or ():
        if name not in there:
            raise InvalidInput(
                f"{path.name!r} has no layer {name!r}.", hint=f"It has: {', '.join(there) or 'none'}."
            )
    return there if options.layers is None else list(options.layers)


def read_layer(path: Path, layer: Layer, options: ReadOptions) -> Iterator[Batch]:
    """Read one layer.

    Raises:
        InvalidInput: the layer is broken, or has geometry and no CRS.
    """
    import pyogrio

    with plain_errors(path):
        info = pyogrio.read_info(path, layer=layer.name, encoding=layer.encoding, force_feature_count=True)
    crs = ""
    if info["geometry_type"] is not None:
        crs = crs_to_use(options.crs, _known(info["crs"]), path.name)
    done, total = 0, int(info["features"])
    with plain_errors(path), pyogrio.open_arrow(
        path, layer=layer.name, encoding=layer.encoding, batch_size=BATCH, use_pyarrow=True
    ) as (meta, stream):  # fmt: skip
        for part in _quietly(stream):
            done += part.num_rows
            yield _batch(part, layer, meta["geometry_name"] or "wkb_geometry", crs, done, max(done, total))


@contextmanager
def plain_errors(path: Path, *, doing: str = "read") -> Iterator[None]:
    """Turn what GDAL and Arrow raise about a file that is read or written into InvalidInput."""
    from pyogrio.errors import DataLayerError, DataSourceError, FieldError

    try:
        yield
    except (DataSourceError, DataLayerError, FieldError, pa.ArrowException, OSError, UnicodeError) as error:
        raise InvalidInput(
            f"{path.name!r} cannot be {doing}: {error}.",
            hint="It may be cut off or damaged. Nothing was stored." if doing == "read" else "",
        ) from error


def _quietly(stream: "pa.RecordBatchReader") -> Iterator[pa.RecordBatch]:
    """Read on without GDAL's warnings: what matters in them is found in the objects themselves."""
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            try:
                part = stream.read_next_batch()
            except StopIteration:
                return
        yield part


def _known(crs: str | None) -> str | None:
    """Give a CRS unless it only says that it is not known (GeoPackage's srs -1 and 0)."""
    return None if not crs or "undefined" in crs.lower() or "unknown" in crs.lower() else crs


def _batch(part: pa.RecordBatch, layer: Layer, geometry: str, crs: str, done: int, total: int) -> Batch:
    first = done - part.num_rows
    found: dict[int, Fault] = {}
    placed = geometry in part.schema.names
    shapes = _shapes(part.column(geometry), found) if placed else np.full(part.num_rows, None, dtype=object)
    columns = part.drop_columns([geometry]) if placed else part
    return Batch(
        layer=layer.name,
        attributes=_attributes(columns, layer.decode),
        keys=[""] * part.num_rows,
        names=[f"{layer.name} row {first + row + 1}" for row in range(part.num_rows)],
        geometry=shapes,
        crs=crs,
        faults=found,
        read=part.num_rows,
        done=done,
        total=total,
    )


def _shapes(column: "pa.Array[Any]", found: dict[int, Fault]) -> Geometries:
    raw = column.to_numpy(zero_copy_only=False)
    shapes: Geometries = shapely.from_wkb(raw, on_invalid="ignore")
    for row in unbuilt_rows(raw, shapes):
        found[row] = faults.unreadable("its geometry is not valid WKB")
    return shapes


def _attributes(columns: pa.RecordBatch, decode: Decode | None) -> Sequence[dict[str, Any]]:
    rows: list[dict[str, Any]] = columns.to_pylist()
    if decode is None:
        return [{name: value for name, value in row.items() if not is_absent(value)} for row in rows]
    return [
        {decode(name): decode(value) if isinstance(value, str) else value for name, value in row.items()
         if not is_absent(value)}
        for row in rows
    ]  # fmt: skip
