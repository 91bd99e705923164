"""Where a zone is, and which objects cannot belong to it.

A zone with an area takes what lies within 50 km of it. A zone without one takes what lies where its CRS is meant to
be used, and gets a provisional area: the hull of where the first import's objects are dense.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely
from pyproj import CRS, Transformer

from zonetwin.core.actor import STAFF
from zonetwin.core.errors import InvalidInput
from zonetwin.core.space import LONLAT, Box, Floats, transformer
from zonetwin.store.model import Selection
from zonetwin.zone.zone import Zone

FAR_KM = 50.0
"""How far outside the zone an object may reach."""

ZONE_CODE = "zone"
_KM_PER_DEGREE = 111.32
_CELL_METRES = 1000.0
_GAP_CELLS = 2.0
_DENSE_SHARE = 0.1
_MARGIN_METRES = 10.0

Integers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def zone_area(zone: Zone) -> pa.Table | None:
    """Read the zone's own area, None when it has none yet."""
    if "area" not in zone.store.kinds:
        return None
    found = zone.store.read("area", STAFF, Selection(equals={"code": ZONE_CODE}, limit=1))
    return found if found.num_rows else None


def box_of_zone(zone: Zone) -> Box:
    """Give the box around the zone's area, of its CRS's area of use when it has none."""
    area = zone_area(zone)
    if area is not None and (wkb := area["geom"][0].as_py()) is not None:
        return Box(*shapely.bounds(shapely.from_wkb(wkb)).tolist())
    use = CRS.from_user_input(zone.settings.crs).area_of_use
    return Box(-180.0, -90.0, 180.0, 90.0) if use is None else Box(use.west, use.south, use.east, use.north)


@dataclass(frozen=True, slots=True)
class Distances:
    """How far each draft reaches outside a box, in kilometres, 0 inside, NaN without a place."""

    kilometres: Floats

    @property
    def far(self) -> Mask:
        return np.nan_to_num(self.kilometres, nan=0.0) > FAR_KM

    @property
    def placed(self) -> int:
        return int(np.isfinite(self.kilometres).sum())


def distances_from(box: Box, bounds: Floats) -> Distances:
    """Measure how far bounds (west, south, east, north; shape (n, 4)) reach beyond a box, along the axes."""
    east_west = np.maximum(box.west - bounds[:, 0], bounds[:, 2] - box.east)
    north_south = np.maximum(box.south - bounds[:, 1], bounds[:, 3] - box.north)
    middle = np.radians((box.south + box.north) / 2.0)
    reach = np.maximum(east_west * np.cos(middle), north_south) * _KM_PER_DEGREE
    return Distances(np.where(np.isnan(reach), np.nan, np.maximum(reach, 0.0)))


def refuse_misplaced(bounds: Floats, box: Box, file: str) -> None:
    """Refuse a file most of whose objects lie far from the zone, with what is probably wrong.

    Raises:
        InvalidInput: more than half of the placed objects are far.
    """
    distances = distances_from(box, bounds)
    far = int(distances.far.sum())
    if far * 2 <= distances.placed:
        return
    swapped = distances_from(box, bounds[:, [1, 0, 3, 2]])
    middle = np.nanmedian(bounds, axis=0)
    around = f"{middle[0]:.4f}, {middle[1]:.4f}"
    seen = f"{far} of {distances.placed} objects lie over {FAR_KM:.0f} km outside it, around {around}"
    if int((~swapped.far & np.isfinite(swapped.kilometres)).sum()) * 2 > distances.placed:
        hint = "With x and y swapped they would lie in it: write longitude before latitude, or exchange --x and --y."
    elif np.nanmax(np.abs(bounds)) > 180.0:
        hint = "These are no degrees: give the CRS of the coordinates with --crs."
    else:
        hint = "Check the order of the axes, the CRS (--crs) and the datum (--datum), or the zone's own area."
    raise InvalidInput(f"{file!r} is not in this zone: {seen}.", hint=hint)


def dense_hull(drafts: Mapping[str, pa.Table], crs: str) -> shapely.Polygon | None:
    """Give the hull of where objects are dense, in lon/lat; None when nothing has a place.

    Vertices are counted in squares of 1 km; squares less than 2 km apart belong together; groups with at least a
    tenth of all vertices are dense. A stray object far away is no part of it.
    """
    project = transformer(LONLAT, crs)
    points = [_metric(table, project) for table in drafts.values()]
    points = [part[np.isfinite(part).all(axis=1)] for part in points]
    whole = np.concatenate([np.empty((0, 2)), *points])
    if not len(whole):
        return None
    cells, member, counts = np.unique(
        np.floor(whole / _CELL_METRES).astype(np.int64), axis=0, return_inverse=True, return_counts=True
    )
    dense = _dense_cells(cells, counts)
    hull = shapely.convex_hull(shapely.multipoints(whole[dense[member.reshape(-1)]]))
    grown = shapely.buffer(hull, _MARGIN_METRES, quad_segs=2)
    back = transformer(crs, LONLAT)
    ring = shapely.get_coordinates(grown)
    return shapely.Polygon(np.column_stack(back.transform(ring[:, 0], ring[:, 1])))


def bounds_of(table: pa.Table) -> Floats:
    """Give the bounds of drafts, shape (drafts, 4), NaN without a place."""
    bounds: Floats = shapely.bounds(shapely.from_wkb(table["geom"].to_numpy()))
    return bounds


def _metric(table: pa.Table, project: Transformer) -> Floats:
    points = shapely.get_coordinates(shapely.from_wkb(table["geom"].to_numpy()))
    return np.column_stack(project.transform(points[:, 0], points[:, 1]))


def _dense_cells(cells: Integers, counts: Integers) -> Mask:
    from scipy.sparse import coo_array  # half a second of a server's start, needed by a first import only
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import KDTree

    pairs = KDTree(cells).query_pairs(_GAP_CELLS, p=np.inf, output_type="ndarray")
    links = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(cells), len(cells)))
    _, group = connected_components(links, directed=False)
    share = np.bincount(group, weights=counts) / counts.sum()
    dense: Mask = (share >= _DENSE_SHARE)[group]
    return dense if dense.any() else np.ones(len(cells), dtype=np.bool_)
