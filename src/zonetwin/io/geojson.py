"""Reads and writes GeoJSON (RFC 7946), also one feature per line, and the older `crs` member.

Features are read one by one, so that a broken one is located and the others kept. A file without `crs` is in
lon/lat, as the standard says; `"crs": null` means unknown and must be given.

Source: RFC 7946; for `crs` the GeoJSON 2008 specification §3.
"""

import json
import mmap
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.core.space import LONLAT
from zonetwin.io import fault as faults
from zonetwin.io.fault import Fault
from zonetwin.io.json_spans import Bytes, CutOff, Span, feature_spans
from zonetwin.io.model import BATCH, Batch, Format, Geometries, Origin, ReadOptions
from zonetwin.io.placing import crs_to_use
from zonetwin.io.shapes import unbuilt_rows
from zonetwin.io.text_encoding import decoded
from zonetwin.io.values import is_absent, plain_text

_CRS = re.compile(rb'"crs"\s*:\s*(null|\{[^{}]*\{[^{}]*\}[^{}]*\})')
_SYNTHETIC = re.compile(rb'"synthetic"\s*:\s*true')
_EDGE = 8192


def read_geojson(path: Path, options: ReadOptions) -> Iterator[Batch]:
    """Read the features of a file.

    Raises:
        InvalidInput: the file is cut off or holds no features, or its CRS is unknown.
    """
    with _mapped(path) as data:
        crs = crs_to_use(options.crs, _own_crs(data, path.name), path.name)
        collected = _Collected(path.stem, crs, len(data))
        for span in _spans(data, path.name):
            collected.take(span, data[span.start : span.end])
            if len(collected.names) >= BATCH:
                yield collected.batch()
        if collected.count == 0:
            raise InvalidInput(f"{path.name!r} holds no features.", hint="Check that it is the right file.")
        yield collected.batch()


def _spans(data: Bytes, name: str) -> Iterator[Span]:
    try:
        yield from feature_spans(data)
    except CutOff as error:
        raise InvalidInput(
            f"{name!r} is cut off after {error.begun} whole features.",
            hint="Fetch it again. Nothing was stored.",
        ) from error


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap]:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        yield data


def _own_crs(data: Bytes, name: str) -> str | None:
    """Give the CRS a file names at its head or its end, lon/lat when it names none, None when it says unknown.

    Raises:
        InvalidInput: the `crs` member cannot be read.
    """
    match = _CRS.search(data[:_EDGE]) or _CRS.search(data[-_EDGE:])
    if match is None:
        return LONLAT
    if match[1] == b"null":
        return None
    try:
        crs = orjson.loads(match[1])["properties"]["name"]
    except (orjson.JSONDecodeError, KeyError, TypeError) as error:
        raise InvalidInput(
            f"The `crs` member of {name!r} cannot be read.",
            hint="Give the CRS, for instance --crs EPSG:4549.",
        ) from error
    return str(crs)


class _Collected:
    """Features read and not yet given on."""

    def __init__(self, layer: str, crs: str, size: int) -> None:
        self.count = 0
        self._layer, self._crs, self._size = layer, crs, size
        self._done = 0
        self._clear()

    def take(self, span: Span, data: bytes) -> None:
        self.count += 1
        self._done = span.end
        self.names.append(f"feature {self.count}, line {span.line}")
        feature = _feature_from_bytes(data)
        if isinstance(feature, Fault):
            self._faults[len(self._attributes)] = feature
            feature = {}
        geometry, attributes, key = _parted(feature)
        self._attributes.append(attributes)
        self._keys.append(key)
        self._geometry.append(None if geometry is None else _geometry_text(geometry))

    def batch(self) -> Batch:
        """Give what was collected and begin anew."""
        batch = Batch(
            layer=self._layer,
            attributes=self._attributes,
            keys=self._keys,
            names=self.names,
            geometry=self._shapes(),
            crs=self._crs,
            faults=self._faults,
            read=len(self.names),
            done=self._done,
            total=self._size,
        )
        self._clear()
        return batch

    def _clear(self) -> None:
        self.names: list[str] = []
        self._keys: list[str] = []
        self._attributes: list[dict[str, Any]] = []
        self._geometry: list[str | None] = []
        self._faults: dict[int, Fault] = {}

    def _shapes(self) -> Geometries:
        """Build the shapes; what is no geometry is a fault of its feature."""
        texts = np.array(self._geometry, dtype=object)
        shapes: Geometries = shapely.from_geojson(texts, on_invalid="ignore")
        for row in unbuilt_rows(texts, shapes):
            nan = "null" in texts[row] or "NaN" in texts[row]
            fault = faults.not_a_number() if nan else faults.unreadable("its geometry is not valid GeoJSON")
            self._faults.setdefault(row, fault)
        return shapes


def _feature_from_bytes(data: bytes) -> dict[str, Any] | Fault:
    """Read one feature; a text that is not UTF-8 is tried as GB 18030, and NaN is let through to be found later."""
    try:
        feature = orjson.loads(data)
    except orjson.JSONDecodeError:
        text, _ = decoded(data)
        try:
            feature = json.loads(text)
        except ValueError as error:
            return faults.unreadable(f"it is not JSON ({error})")
    return feature if isinstance(feature, dict) else faults.unreadable("it is not an object")


def _parted(feature: Mapping[str, Any]) -> tuple[Any, dict[str, Any], str]:
    """Part a feature into geometry, properties and identity; a bare geometry is a feature without properties."""
    if "coordinates" in feature or "geometries" in feature:
        return feature, {}, ""
    properties = feature.get("properties")
    attributes = {
        name: value for name, value in (properties if isinstance(properties, dict) else {}).items()
        if not is_absent(value)
    }  # fmt: skip
    identity = feature.get("id")
    return feature.get("geometry"), attributes, "" if is_absent(identity) else plain_text(str(identity))


def _geometry_text(geometry: object) -> str:
    return orjson.dumps(geometry).decode()


def _says_synthetic(path: Path) -> bool:
    with path.open("rb") as file:
        return _SYNTHETIC.search(file.read(_EDGE)) is not None


def _is_geojson(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf\x1e \t\r\n")
    return start.startswith(b"{")


def write_geojson(path: Path, tables: Mapping[str, pa.Table], origin: Origin) -> dict[str, int]:
    """Write tables as one FeatureCollection; where there are several, each feature says its own in `layer`.

    Attribution, sources and the synthetic mark are members of the collection (RFC 7946 §6.1).
    """
    head = {
        "attribution": list(origin.attribution),
        "synthetic": origin.synthetic,
        "sources": origin.sources.to_pylist(),
    }
    counts: dict[str, int] = {}
    with path.open("wb") as file:
        file.write(b'{"type":"FeatureCollection",' + _json(head)[1:-1] + b',"features":[')
        mark = b"\n"
        for layer, table in tables.items():
            for feature in _features(layer if len(tables) > 1 else None, table):
                file.write(mark + _json(feature))
                mark = b",\n"
            counts[layer] = table.num_rows
        file.write(b"\n]}\n")
    return counts


def _features(layer: str | None, table: pa.Table) -> Iterator[dict[str, Any]]:
    named = {"layer": layer} if layer else {}
    for part in table.to_batches(BATCH):
        rows = part.to_pylist()
        shapes = shapely.from_wkb(np.array([row.pop("geom", None) for row in rows], dtype=object))
        texts = shapely.to_geojson(shapely.orient_polygons(shapes))
        for row, text in zip(rows, texts, strict=True):
            identity = {} if row.get("fid") is None else {"id": row.pop("fid")}
            geometry = None if text is None else orjson.Fragment(text)
            yield {"type": "Feature", **identity, "geometry": geometry, "properties": {**named, **row}}


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z)


GEOJSON = Format(
    name="geojson",
    extensions=(".geojson", ".json", ".geojsonl"),
    sniff=_is_geojson,
    read=read_geojson,
    layers=lambda path: (path.stem,),
    is_synthetic=_says_synthetic,
    write=write_geojson,
)
