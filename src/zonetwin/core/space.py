"""Places on the earth: coordinate systems, datums and boxes.

Inside zonetwin coordinates are x, y (lon, lat) everywhere; the record holds lon/lat (EPSG:4326, taken as equal
to CGCS2000, EPSG:4490, at the scale of a district) and a state holds the zone's metric CRS. The shifted Chinese
datums GCJ-02 and BD-09 are conversions at the door, never stored.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import numpy as np

from zonetwin.core.errors import InvalidInput

if TYPE_CHECKING:
    from pyproj import Transformer

Floats = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
Datum = Literal["wgs84", "gcj02", "bd09"]
LONLAT = "EPSG:4326"

_AXIS = 6378245.0  # Krasovsky 1940, the ellipsoid of the GCJ-02 shift
_ECCENTRICITY = 0.00669342162296594323
_BD_FACTOR = math.pi * 3000.0 / 180.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in lon/lat degrees, edges included."""

    west: float
    south: float
    east: float
    north: float

    def grown(self, degrees: float) -> "Box":
        return Box(self.west - degrees, self.south - degrees, self.east + degrees, self.north + degrees)

    def as_tuple(self) -> tuple[float, float, float, float]:
        return (self.west, self.south, self.east, self.north)


@lru_cache(maxsize=64)
def transformer(source: str, target: str) -> "Transformer":
    """Give the transformation between two CRS, x before y on both sides.

    Raises:
        InvalidInput: one of the two is not a CRS that PROJ knows.
    """
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    try:
        return Transformer.from_crs(source, target, always_xy=True)
    except ProjError as error:
        raise InvalidInput(
            f"{source!r} or {target!r} is not a known CRS.", hint="Write an authority code such as EPSG:4549."
        ) from error


def check_metric(crs: str) -> None:
    """Refuse a CRS that is not projected in metres.

    Raises:
        InvalidInput: the CRS is unknown, geographic, or its unit is not the metre.
    """
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    try:
        parsed = CRS.from_user_input(crs)
    except CRSError as error:
        raise InvalidInput(f"{crs!r} is not a known CRS.", hint="Write a code such as EPSG:4549.") from error
    if not parsed.is_projected or any(axis.unit_name != "metre" for axis in parsed.axis_info):
        raise InvalidInput(
            f"{crs!r} ({parsed.name}) is not projected in metres.",
            hint="Take the local projected CRS, for instance EPSG:4549 for 120° E in CGCS2000.",
        )


def to_wgs84(datum: Datum, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Undo the shift of a Chinese datum; `wgs84` comes back unchanged. Degrees, to 1e-9."""
    if datum == "wgs84":
        return lon, lat
    return _undo(wgs84_to_gcj02 if datum == "gcj02" else wgs84_to_bd09, lon, lat)


def wgs84_to_gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Shift WGS 84 to GCJ-02, in degrees. Outside mainland China's box nothing is shifted.

    Source: the published reimplementations of the 2002 algorithm; vector in notes: 121.02, 31.37 becomes
    121.0244679, 31.3680879.
    """
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    wave = (20.0 * np.sin(6.0 * x * math.pi) + 20.0 * np.sin(2.0 * x * math.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north += (20.0 * np.sin(y * math.pi) + 40.0 * np.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    north += (160.0 * np.sin(y / 12.0 * math.pi) + 320.0 * np.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east += (20.0 * np.sin(x * math.pi) + 40.0 * np.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    east += (150.0 * np.sin(x / 12.0 * math.pi) + 300.0 * np.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    phi = np.radians(lat)
    magic = 1.0 - _ECCENTRICITY * np.sin(phi) ** 2
    north = north * 180.0 / (_AXIS * (1.0 - _ECCENTRICITY) / (magic * np.sqrt(magic)) * math.pi)
    east = east * 180.0 / (_AXIS / np.sqrt(magic) * np.cos(phi) * math.pi)
    inside = (lon > 72.004) & (lon < 137.8347) & (lat > 0.8293) & (lat < 55.8271)
    return np.where(inside, lon + east, lon), np.where(inside, lat + north, lat)


def wgs84_to_bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Shift WGS 84 to BD-09, in degrees, by way of GCJ-02."""
    x, y = wgs84_to_gcj02(lon, lat)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BD_FACTOR)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BD_FACTOR)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


_Shift = Callable[[Floats, Floats], tuple[Floats, Floats]]


def _undo(shift: _Shift, lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Invert a shift by fixed-point iteration: it moves by about 0.005°, so ten rounds reach 1e-12°."""
    x, y = np.array(lon, dtype=np.float64), np.array(lat, dtype=np.float64)
    for _ in range(10):
        shifted_x, shifted_y = shift(x, y)
        x, y = x + (lon - shifted_x), y + (lat - shifted_y)
    return x, y
