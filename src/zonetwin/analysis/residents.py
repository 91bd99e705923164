"""Where residents stand: at their building, shared over homes, shared along streets, or nobody knows.

Registers say how many live in a building; statistics say how many live in a cell. A cell's people are shared
over its dwellings by floor area, else over its residential buildings by floor area, else along its walkable
edges by length; a cell without either keeps them at its own point. Where a cell reaches beyond the mapped
ground, the people of that part of its area stand out there, where nobody knows their streets. Shares add up to
the cell exactly (see `sharing`). Who lives in which home is not guessed, so a share may be wrong by the whole
cell.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import shapely
from scipy.spatial import cKDTree

from zonetwin.analysis.network import DECIMETRES, Bools, Floats, Geometries, Ints, Network, points_of
from zonetwin.analysis.sharing import shared_exactly

SAMPLE_STEP_M = 25.0
"""Length of street that one sample point stands for: under half a minute's walk."""


class Method(StrEnum):
    """How the place of some residents is known."""

    REGISTER = "register"
    DWELLINGS = "dwellings"
    BUILDINGS = "buildings"
    STREETS = "streets"
    BEYOND = "beyond-map"
    POINT = "point"
    NO_PLACE = "no-place"


@dataclass(frozen=True, slots=True)
class Homes:
    """Points where people may live, with a weight (floor area in m²; 0 where nobody can say)."""

    points: Floats
    weight: Floats

    def __len__(self) -> int:
        return len(self.points)


@dataclass(frozen=True, slots=True)
class Samples:
    """Points along edges: edge, metres from its start, metres of street each stands for, x and y."""

    edge: Ints
    along_m: Floats
    weight: Floats
    points: Floats

    def __len__(self) -> int:
        return len(self.edge)


@dataclass(frozen=True, slots=True)
class Placed:
    """Residents of cells at points.

    Attributes:
        cell: Row of the cell, shape (places,); ordered.
        points: x, y in the zone's metric CRS, NaN for `Method.NO_PLACE`.
        persons: How many stand there; per cell they sum to the cell's persons exactly.
        method: Of `Method`.
        site: Row of the dwelling, building or sample they stand at, -1 for the cell's own point or none.
    """

    cell: Ints
    points: Floats
    persons: Floats
    method: Geometries
    site: Ints


def street_samples(network: Network) -> Samples:
    """Cut every edge into equal pieces of about the sample step and give their middles."""
    length_m = network.length / DECIMETRES
    counts = np.maximum(np.rint(length_m / SAMPLE_STEP_M), 1).astype(np.int64)
    edge = np.repeat(np.arange(network.edge_count), counts)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
    piece = (length_m / counts)[edge]
    along = (step + 0.5) * piece
    points = shapely.get_coordinates(shapely.line_interpolate_point(network.lines[edge], along))
    return Samples(edge, along, piece, points)


def mapped_ground(network: Network, *, farthest_m: float) -> shapely.Geometry:
    """Give the ground on which streets are known: their hull, grown by a distance in metres."""
    if not network.edge_count:
        return shapely.Polygon()
    vertices = shapely.get_coordinates(network.lines)
    return shapely.MultiPoint(vertices).convex_hull.buffer(farthest_m)


def residents_of_cells(
    cells: Geometries,
    persons: Floats,
    *,
    dwellings: Homes,
    buildings: Homes,
    samples: Samples,
    mapped: shapely.Geometry,
) -> Placed:
    """Place the persons of cells, each cell by the best method it allows.

    Args:
        cells: Polygons, or points standing for the middle of a cell, in the zone's metric CRS, or None.
        persons: How many live in each, >= 0.
        dwellings: Homes with their floor area.
        buildings: Residential buildings with their floor area.
        samples: Points along the walkable edges.
        mapped: The ground on which streets are known.
    """
    zones = _ground(cells)
    left = np.ones(len(cells), dtype=bool)
    found: list[_Found] = []
    choices = (
        (Method.DWELLINGS, dwellings.points, dwellings.weight),
        (Method.BUILDINGS, buildings.points, buildings.weight),
        (Method.STREETS, samples.points, samples.weight),
    )
    for method, points, weight in choices:
        cell, site = _inside(zones, points, left)
        left[cell] = False
        found.append((cell, site, points[site], weight[site], method))
    found.append(_beyond(zones, mapped, found))
    rest = np.flatnonzero(left)
    lost = shapely.is_missing(cells[rest]) | shapely.is_empty(cells[rest])
    for rows, method in ((rest[~lost], Method.POINT), (rest[lost], Method.NO_PLACE)):
        found.append((rows, np.full(len(rows), -1), _own_points(cells[rows]), np.ones(len(rows)), method))
    return _shared(persons, found)


def _beyond(ground: "_Ground", mapped: shapely.Geometry, found: list["_Found"]) -> "_Found":
    """Put the people of what reaches beyond the map there, by area, for cells that are shared over places."""
    weights = np.zeros(len(ground.cells))
    for cell, _, _, weight, _ in found:
        weights += np.bincount(cell, weights=weight, minlength=len(weights))
    shared = np.unique(np.concatenate([one[0] for one in found]))
    shapes = np.where(ground.is_point, shapely.buffer(ground.cells, ground.reach_m), ground.cells)[shared]
    outside = shapely.difference(shapes, mapped)
    share = shapely.area(outside) / shapely.area(shapes)
    rows = np.flatnonzero(share > 0)
    cell = shared[rows]
    points = shapely.get_coordinates(shapely.point_on_surface(outside[rows]))
    within = np.where(weights[cell] > 0, weights[cell], 1.0)
    weight = within * share[rows] / np.maximum(1.0 - share[rows], 1e-9)
    return cell, np.full(len(cell), -1), points, weight, Method.BEYOND


def cells_holding(cells: Geometries, points: Floats) -> Bools:
    """Tell which cells have at least one of the points on their ground."""
    holding = np.zeros(len(cells), dtype=bool)
    holding[_inside(_ground(cells), points, ~holding)[0]] = True
    return holding


def _shared(persons: Floats, found: list["_Found"]) -> Placed:
    cell = np.concatenate([one[0] for one in found]).astype(np.int64)
    order = np.argsort(cell, kind="stable")
    weight = np.concatenate([one[3] for one in found])[order]
    cell = cell[order]
    return Placed(
        cell=cell,
        points=np.concatenate([one[2] for one in found])[order],
        persons=shared_exactly(persons, cell, weight),
        method=np.concatenate([np.full(len(one[0]), one[4].value, dtype=object) for one in found])[order],
        site=np.concatenate([one[1] for one in found]).astype(np.int64)[order],
    )


def _own_points(cells: Geometries) -> Floats:
    points = np.full((len(cells), 2), np.nan)
    known = ~(shapely.is_missing(cells) | shapely.is_empty(cells))
    points[known] = shapely.get_coordinates(shapely.point_on_surface(cells[known]))
    return points


_Found = tuple[Ints, Ints, Floats, Floats, Method]
"""Places found for cells by one method: cell, site, points, weight."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What belongs to each cell: its polygon, or what is nearest to its point within half the spacing."""

    cells: Geometries
    is_point: Bools
    reach_m: float


def _ground(cells: Geometries) -> _Ground:
    is_point = np.asarray(shapely.get_dimensions(cells) == 0)
    reach = 0.0
    if is_point.sum() > 1:
        middles = shapely.get_coordinates(cells[is_point])
        distance, _ = cKDTree(middles).query(middles, k=2)
        reach = float(np.median(np.asarray(distance)[:, 1])) / 2
    return _Ground(cells, is_point, reach)


def _inside(ground: _Ground, points: Floats, left: Bools) -> tuple[Ints, Ints]:
    """Pair cells that are still to be placed with the points on their ground."""
    nothing = np.empty(0, dtype=np.int64)
    if not len(points):
        return nothing, nothing
    polygons = np.flatnonzero(left & ~ground.is_point & (shapely.get_dimensions(ground.cells) == 2))
    pairs: list[tuple[Ints, Ints]] = [(nothing, nothing)]
    if len(polygons):
        tree = shapely.STRtree(ground.cells[polygons])
        site, cell = tree.query(points_of(points), predicate="intersects")
        pairs.append((polygons[cell], site))
    middles = np.flatnonzero(ground.is_point)
    if len(middles) and ground.reach_m:
        tree_of_middles = cKDTree(shapely.get_coordinates(ground.cells[middles]))
        distance, nearest = tree_of_middles.query(points, distance_upper_bound=ground.reach_m)
        site = np.flatnonzero(np.isfinite(distance))
        cell = middles[np.asarray(nearest)[site]]
        pairs.append((cell[left[cell]], site[left[cell]]))
    cell = np.concatenate([pair[0] for pair in pairs])
    site = np.concatenate([pair[1] for pair in pairs]).astype(np.int64)
    order = np.lexsort((site, cell))
    return cell[order], site[order]
