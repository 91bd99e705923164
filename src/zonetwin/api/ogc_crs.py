"""Coordinate systems of OGC API Features Part 2: what is offered, which axis comes first, boxes in any.

The record is in lon/lat. CRS84 has the longitude first; EPSG codes are answered in the order of axes that
their authority defines (latitude first for EPSG:4326, northing first for EPSG:4549), as the standard asks.

Source: OGC 18-058r1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely

from zonetwin.api.problems import BadRequest
from zonetwin.core.space import LONLAT, Box, Floats, transformer

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
_ALWAYS = ("EPSG:4326", "EPSG:4490", "EPSG:3857")
_LONLAT_CODES = ("OGC:CRS84", "EPSG:4326", "EPSG:4490")
"""CGCS2000 is taken as equal to WGS 84, as everywhere in the record (`core.space`)."""

_SIDE_STEPS = 32
_DEGREE_DIGITS, _METRE_DIGITS = 9, 4
"""Digits after the point: both are a tenth of a millimetre."""


@dataclass(frozen=True, slots=True)
class OfferedCrs:
    """A CRS by its URI and code. `flips` tells that y (latitude, northing) comes first in coordinates."""

    uri: str
    code: str
    flips: bool
    is_geographic: bool

    @property
    def is_lonlat(self) -> bool:
        """Tell whether the record's coordinates can be given unchanged, but for the order of axes."""
        return self.code in _LONLAT_CODES

    def from_lonlat(self, lonlat: Floats) -> Floats:
        """Express coordinates of shape (n, 2) in this CRS and its order of axes, rounded to 0.1 mm."""
        if self.is_lonlat:
            placed = lonlat
        else:
            placed = np.column_stack(transformer(LONLAT, self.code).transform(lonlat[:, 0], lonlat[:, 1]))
        digits = _DEGREE_DIGITS if self.is_geographic else _METRE_DIGITS
        return np.round(placed[:, ::-1] if self.flips else placed, digits)

    def to_lonlat(self, x: Sequence[float], y: Sequence[float]) -> Floats:
        """Express x, y (already in this order) of this CRS as lon/lat."""
        if self.is_lonlat:
            return np.column_stack([x, y]).astype(np.float64)
        return np.column_stack(transformer(self.code, LONLAT).transform(np.asarray(x), np.asarray(y)))


@dataclass(frozen=True, slots=True)
class Region:
    """Where features are asked for: one box in lon/lat, or two where it crosses the antimeridian.

    `outline` is the exact region; the boxes enclose it. `is_box` tells that it is one box of lon/lat itself.
    """

    boxes: tuple[Box, ...]
    outline: shapely.Geometry
    is_box: bool = False

    def meets(self, lonlat: "np.ndarray[tuple[int, ...], np.dtype[np.object_]]") -> "_Mask":
        """Tell which geometries have a place in the region."""
        return np.asarray(shapely.intersects(self.outline, lonlat))


_Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def offered_crs(zone_crs: str) -> tuple[OfferedCrs, ...]:
    """List the CRS in which features are offered, CRS84 first."""
    codes = dict.fromkeys((*_ALWAYS, zone_crs.upper()))
    return (OfferedCrs(CRS84, "OGC:CRS84", False, True), *(_epsg(code) for code in codes))


def crs_named(uri: str, offered: Sequence[OfferedCrs]) -> OfferedCrs:
    """Find an offered CRS by its URI, or by the short forms `EPSG:4549` and `[EPSG:4549]`.

    Raises:
        BadRequest: it is not offered.
    """
    bare = uri.strip().removeprefix("<").removesuffix(">").removeprefix("[").removesuffix("]")
    for crs in offered:
        if bare in (crs.uri, crs.code, crs.uri.replace("http://", "https://")):
            return crs
    known = ", ".join(crs.uri for crs in offered)
    raise BadRequest(f"The CRS {uri!r} is not offered.", hint=f"Offered: {known}.")


def region_of(numbers: Sequence[float], crs: OfferedCrs) -> Region:
    """Make a region of a bbox of 4 or 6 numbers given in a CRS and its order of axes; heights are ignored.

    Raises:
        BadRequest: the numbers are not a box.
    """
    if len(numbers) not in (4, 6) or not np.isfinite(numbers).all():
        raise BadRequest(
            f"bbox has {len(numbers)} numbers or one that is not finite.",
            hint="Give 4 numbers, or 6 with heights.",
        )
    first, second = numbers[:2], numbers[2:4] if len(numbers) == 4 else numbers[3:5]
    (west, south), (east, north) = (first[::-1], second[::-1]) if crs.flips else (first, second)
    if south > north or (west > east and not crs.is_geographic):
        raise BadRequest(
            "The lower corner of bbox lies beyond its upper corner.",
            hint="Give minimum x, minimum y, maximum x, maximum y in the axis order of the CRS.",
        )
    if not crs.is_geographic:
        return _projected_region(west, south, east, north, crs)
    spans = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
    boxes = tuple(Box(low, south, high, north) for low, high in spans if low <= high)
    outline = shapely.union_all([shapely.box(*box.as_tuple()) for box in boxes])
    return Region(boxes, _prepared(outline), is_box=len(boxes) == 1)


def _projected_region(west: float, south: float, east: float, north: float, crs: OfferedCrs) -> Region:
    """Walk around the box in steps, so that its sides are followed where they curve in lon/lat."""
    steps = np.linspace(0.0, 1.0, _SIDE_STEPS, endpoint=False)
    xs = [west + (east - west) * steps, np.full(_SIDE_STEPS, east)]
    xs += [east - (east - west) * steps, np.full(_SIDE_STEPS, west)]
    ys = [np.full(_SIDE_STEPS, south), south + (north - south) * steps]
    ys += [np.full(_SIDE_STEPS, north), north - (north - south) * steps]
    corners = crs.to_lonlat(list(np.concatenate(xs)), list(np.concatenate(ys)))
    if not np.isfinite(corners).all():
        raise BadRequest(
            "The box lies outside the area of its CRS.", hint="Check the order of axes and the units of bbox."
        )
    low, high = corners.min(axis=0), corners.max(axis=0)
    box = Box(float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    outline = shapely.Polygon(corners) if west < east and south < north else shapely.LineString(corners)
    return Region((box,), _prepared(outline))


def _prepared(outline: shapely.Geometry) -> shapely.Geometry:
    shapely.prepare(outline)
    return outline


@lru_cache(maxsize=32)
def _epsg(code: str) -> OfferedCrs:
    from pyproj import CRS

    crs = CRS.from_user_input(code)
    authority, _, number = code.partition(":")
    uri = (
        f"{_EPSG}{number}"
        if authority == "EPSG"
        else f"http://www.opengis.net/def/crs/{authority}/0/{number}"
    )
    flips = crs.axis_info[0].direction.lower() in ("north", "south")
    return OfferedCrs(uri, code, flips, crs.is_geographic)
