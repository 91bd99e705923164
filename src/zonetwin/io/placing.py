"""From the coordinates of a file to lon/lat in WGS 84: CRS, shifted Chinese datums, no heights."""

from collections.abc import Callable

import numpy as np
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.core.space import LONLAT, Datum, Floats, to_wgs84, transformer
from zonetwin.io.model import Geometries

_SAME_AS_LONLAT = frozenset({LONLAT, "EPSG:4490", "OGC:CRS84", "urn:ogc:def:crs:OGC:1.3:CRS84"})
_Move = Callable[[Floats], Floats]


def crs_to_use(given: str | None, found: str | None, file: str) -> str:
    """Choose the CRS of a file: the one given, else its own.

    Raises:
        InvalidInput: neither is there; a CRS is never guessed.
    """
    if crs := given or found:
        return crs
    raise InvalidInput(
        f"{file!r} does not say in which coordinate reference system it is.",
        hint="Give it, for instance --crs EPSG:4549 (CGCS2000, 120° E) or --crs EPSG:4326 (lon/lat).",
    )


def to_lonlat(geometry: Geometries, crs: str, datum: Datum) -> Geometries:
    """Bring shapes to lon/lat in WGS 84, without heights. What cannot be projected becomes infinite.

    Objects without places have no CRS (empty) and come back as they are.

    Raises:
        InvalidInput: the CRS is not known.
    """
    if not crs:
        return geometry
    flat: Geometries = shapely.force_2d(geometry)
    for move in _moves(crs, datum):
        flat = shapely.transform(flat, move)
    return flat


def _moves(crs: str, datum: Datum) -> list[_Move]:
    moves: list[_Move] = []
    if crs not in _SAME_AS_LONLAT:
        project = transformer(crs, LONLAT)

        def unproject(points: Floats) -> Floats:
            return np.column_stack(project.transform(points[:, 0], points[:, 1]))

        moves.append(unproject)
    if datum != "wgs84":

        def unshift(points: Floats) -> Floats:
            return np.column_stack(to_wgs84(datum, points[:, 0], points[:, 1]))

        moves.append(unshift)
    return moves
