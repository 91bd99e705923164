"""Geometry as a GeoPackage keeps it: a header with the bounding box, then WKB.

All blobs of the record have the same 40-byte header (`GP`, version 0, little-endian, xy envelope, EPSG:4326), so
the WKB begins at a fixed place and SQL can cut it out. Places are two-dimensional: a third ordinate is dropped
here; shapes with heights are kept elsewhere. Lines and polygons are stored as multi-parts.

Source: OGC 12-128r18 (GeoPackage 1.3) §2.1.3.
"""

import struct
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.core.kind import Geometry
from zonetwin.core.space import Box

HEADER_BYTES = 40
SRS_ID = 4326

Bounds = npt.NDArray[np.float64]
"""West, south, east, north in degrees, shape (features, 4), NaN where a feature has no place."""

_HEADER = np.dtype(
    [("magic", "S2"), ("version", "u1"), ("flags", "u1"), ("srs", "<i4"), ("envelope", "<f8", (4,))]
)
_FLAGS = 0b0000_0011  # little-endian, envelope of four doubles
_POINT, _LINE, _POLYGON, _MULTIPOINT, _MULTILINE, _MULTIPOLYGON = 0, 1, 3, 4, 5, 6
_SORTS = {
    Geometry.NONE: (),
    Geometry.POINT: (_POINT, _MULTIPOINT),
    Geometry.LINE: (_LINE, _MULTILINE),
    Geometry.POLYGON: (_POLYGON, _MULTIPOLYGON),
    Geometry.ANY: (_POINT, _LINE, _POLYGON, _MULTIPOINT, _MULTILINE, _MULTIPOLYGON),
}


def blobs_from_wkb(wkb: Sequence[bytes | None], sort: Geometry) -> tuple[list[bytes | None], Bounds]:
    """Encode geometries of a kind as GeoPackage blobs.

    Args:
        wkb: WKB in lon/lat, None where the feature has no place.
        sort: What the kind allows.

    Returns:
        The blobs, None where there is no place, and their bounds.

    Raises:
        InvalidInput: one is not WKB, is empty, of the wrong sort, or leaves the range of lon/lat; its row is named.
    """
    values = np.empty(len(wkb), dtype=object)
    values[:] = wkb
    try:
        with np.errstate(invalid="ignore"):  # NaN is found below, with its row
            shapes = shapely.from_wkb(values)
            if shapely.has_z(shapes).any():
                shapes = shapely.force_2d(shapes)
    except (shapely.errors.GEOSException, TypeError) as error:
        raise InvalidInput(f"A geometry is not valid WKB: {error}.") from error
    present = ~shapely.is_missing(shapes)
    if sort is Geometry.NONE and present.any():
        raise InvalidInput("This kind has no geometry, but a place was given.", hint="Leave `geom` out.")
    _check_range(shapes)
    _check_sort(shapes, present, sort)
    shapes = _as_stored(shapes, sort)
    bounds = shapely.bounds(shapes)
    return _join(list(shapely.to_wkb(shapes, byte_order=1)), bounds, present), bounds


def bounds_of_blob(blob: bytes) -> tuple[float, float, float, float]:
    """Read west, east, south, north from a blob's header, in the order of a GeoPackage envelope."""
    west, east, south, north = struct.unpack_from("<4d", blob, 8)
    return west, east, south, north


def wkb_of_blob(blob: bytes) -> bytes:
    """Cut the WKB out of a blob."""
    return blob[HEADER_BYTES:]


def box_of_bounds(bounds: Bounds) -> Box | None:
    """Enclose bounds, None when none of them has a place."""
    placed = bounds[~np.isnan(bounds[:, 0])]
    if not len(placed):
        return None
    west, south = placed[:, :2].min(axis=0)
    east, north = placed[:, 2:].max(axis=0)
    return Box(float(west), float(south), float(east), float(north))


def join_boxes(first: Box | None, second: Box | None) -> Box | None:
    """Enclose two boxes, either of which may be absent."""
    if first is None or second is None:
        return first or second
    return Box(
        min(first.west, second.west),
        min(first.south, second.south),
        max(first.east, second.east),
        max(first.north, second.north),
    )


def _check_sort(shapes: npt.NDArray[np.object_], present: npt.NDArray[np.bool_], sort: Geometry) -> None:
    types = shapely.get_type_id(shapes)
    wrong = present & (~np.isin(types, _SORTS[sort]) | shapely.is_empty(shapes))
    if sort is Geometry.POINT:
        wrong |= present & (shapely.get_num_geometries(shapes) > 1)
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        seen = "an empty geometry" if shapely.is_empty(shapes[row]) else f"a {shapes[row].geom_type}"
        raise InvalidInput(f"Row {row} is {seen}, but this kind takes {sort.value} geometries.")


def _as_stored(shapes: npt.NDArray[np.object_], sort: Geometry) -> npt.NDArray[np.object_]:
    """Turn single lines and polygons into multi-parts, and a multi-point of one part into a point."""
    types = shapely.get_type_id(shapes)
    stored = shapes.copy()
    for single, make in ((_LINE, shapely.multilinestrings), (_POLYGON, shapely.multipolygons)):
        rows = np.flatnonzero(types == single)
        if len(rows):
            stored[rows] = make(shapes[rows], indices=np.arange(len(rows)))
    if sort is Geometry.POINT:
        rows = np.flatnonzero(types == _MULTIPOINT)
        stored[rows] = shapely.get_geometry(shapes[rows], 0)
    return stored


def _check_range(shapes: npt.NDArray[np.object_]) -> None:
    """Look at every coordinate: the bounds of a shape with one NaN among its vertices look sound."""
    lonlat, rows = shapely.get_coordinates(shapes, return_index=True)
    wrong = ~(np.abs(lonlat) <= (180.0, 90.0)).all(axis=1)
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        raise InvalidInput(
            f"Row {rows[first]} has a point at {lonlat[first].tolist()}, which is not lon/lat in degrees.",
            hint="Give the CRS of the data, and check the order of the axes.",
        )


def _join(wkb: list[bytes], bounds: Bounds, present: npt.NDArray[np.bool_]) -> list[bytes | None]:
    headers = np.zeros(len(bounds), dtype=_HEADER)
    headers["magic"], headers["flags"], headers["srs"] = b"GP", _FLAGS, SRS_ID
    headers["envelope"] = bounds[:, [0, 2, 1, 3]]
    packed = headers.tobytes()
    return [
        packed[row * HEADER_BYTES : (row + 1) * HEADER_BYTES] + wkb[row] if here else None
        for row, here in enumerate(present)
    ]
