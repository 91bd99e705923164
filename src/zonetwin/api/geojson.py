"""Features as GeoJSON bytes, a thousand at a time: coordinates go from arrays to text without Python lists.

Source: RFC 7946; other coordinate systems as OGC 18-058r1 allows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
import orjson
import pyarrow as pa
import shapely

from zonetwin.api.ogc_crs import OfferedCrs
from zonetwin.twin.drawing import Geometries

MEDIA_TYPE = "application/geo+json"
Json = dict[str, object]

_OPTIONS = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


def features_json(table: pa.Table, properties: Sequence[str], crs: OfferedCrs) -> list[Json]:
    """Give the rows of a table of the record as GeoJSON features, ready for `dump`."""
    geometries = shapely.from_wkb(table["geom"].to_numpy(zero_copy_only=False))
    places = geometries_json(geometries, crs)
    columns = [table[name].to_pylist() for name in properties]
    rows: Iterable[tuple[object, ...]] = zip(*columns, strict=True) if columns else ((),) * table.num_rows
    return [
        {
            "type": "Feature",
            "id": fid,
            "geometry": place,
            "properties": dict(zip(properties, row, strict=True)),
        }
        for fid, place, row in zip(table["fid"].to_pylist(), places, rows, strict=True)
    ]


def dump(document: Mapping[str, object]) -> bytes:
    """Write a document; arrays of coordinates are written as they are."""
    return orjson.dumps(document, option=_OPTIONS)


def geometries_json(geometries: Geometries, crs: OfferedCrs) -> list[Json | None]:
    """Give geometries as GeoJSON objects whose coordinates are arrays; null where there is none."""
    written: list[Json | None] = [None] * len(geometries)
    sorts = shapely.get_type_id(geometries)
    for sort in np.unique(sorts):
        if sort >= 0:
            rows = np.flatnonzero(sorts == sort)
            for row, place in zip(rows, _same_sort(geometries[rows], int(sort), crs), strict=True):
                written[int(row)] = place
    return written


def _same_sort(geometries: Geometries, sort: int, crs: OfferedCrs) -> Iterator[Json]:
    """Write geometries of one sort, by their shared arrays of coordinates and of where each part begins."""
    if sort == 7:
        for geometry in geometries:
            parts = geometries_json(np.asarray(shapely.get_parts(geometry)), crs)
            yield {"type": "GeometryCollection", "geometries": parts}
        return
    kind, lonlat, offsets = shapely.to_ragged_array(geometries)
    coordinates: Sequence[object] = np.ascontiguousarray(crs.from_lonlat(lonlat[:, :2]))  # type: ignore[assignment]
    for level in offsets:
        edges = level.tolist()
        coordinates = [coordinates[a:b] for a, b in pairwise(edges)]
    name = _NAMES[kind.value]
    for item in coordinates:
        yield {"type": name, "coordinates": item}


_NAMES = {
    0: "Point",
    1: "LineString",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
}
