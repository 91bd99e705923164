"""Web Mercator tiles: where a tile lies, and where a longitude and latitude fall inside it.

World coordinates run from 0 at the west and north edge of the Web Mercator square to 1 at its east and south
edge (so y grows downwards, as in tiles). The tile scheme is WebMercatorQuad of OGC 17-083r4, annex D.1.
"""

import math
from dataclasses import dataclass

import numpy as np

from zonetwin.core.errors import NotFound
from zonetwin.core.space import Box, Floats

EXTENT = 4096
"""Tile units along one edge of a tile."""

BUFFER = 128
"""Tile units drawn beyond each edge, so that outlines and circles do not break there."""

MAX_ZOOM = 22
MAX_LATITUDE = 85.0511287798066
"""Latitude of the square's north edge, in degrees."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of WebMercatorQuad: zoom, column from the west, row from the north."""

    zoom: int
    column: int
    row: int

    def box(self, *, buffer: float = 0.0) -> Box:
        """Give the tile's box in lon/lat degrees, grown by `buffer` tile units on each side.

        At the edge of the world the box is cut, not wrapped.
        """
        size = 1.0 / (1 << self.zoom)
        grow = buffer / EXTENT
        west, east = ((self.column + at) * size for at in (-grow, 1 + grow))
        north, south = ((self.row + at) * size for at in (-grow, 1 + grow))
        return Box(
            max(-180.0, west * 360.0 - 180.0),
            _latitude(min(1.0, south)),
            min(180.0, east * 360.0 - 180.0),
            _latitude(max(0.0, north)),
        )


def tile_at(zoom: int, row: int, column: int) -> Tile:
    """Give a tile after checking that it exists.

    Raises:
        NotFound: the zoom is not in 0..22, or the row or column lies outside the world at that zoom.
    """
    if not 0 <= zoom <= MAX_ZOOM:
        raise NotFound(f"There is no zoom {zoom}.", hint=f"WebMercatorQuad has 0 to {MAX_ZOOM} here.")
    side = 1 << zoom
    if not (0 <= row < side and 0 <= column < side):
        raise NotFound(
            f"Zoom {zoom} has no tile in row {row}, column {column}.",
            hint=f"Rows and columns run from 0 to {side - 1}; the row comes before the column.",
        )
    return Tile(zoom, column, row)


def world_from_lonlat(lonlat: Floats) -> Floats:
    """Project coordinates of shape (n, 2), degrees, to world coordinates of the same shape.

    Latitudes beyond the square's edge are moved onto it.
    """
    world = np.empty_like(lonlat)
    world[:, 0] = lonlat[:, 0] / 360.0 + 0.5
    sine = np.sin(np.radians(np.clip(lonlat[:, 1], -MAX_LATITUDE, MAX_LATITUDE)))
    world[:, 1] = 0.5 - np.log((1.0 + sine) / (1.0 - sine)) / (4.0 * math.pi)
    return world


def tile_units(tile: Tile, world: Floats) -> Floats:
    """Express world coordinates in units of a tile, its north-west corner at 0, 0; not rounded."""
    scale = float(1 << tile.zoom)
    return (world * scale - np.array([tile.column, tile.row], dtype=np.float64)) * EXTENT


def metres_per_unit(tile: Tile) -> float:
    """Give the length of one tile unit on the ground in the middle of the tile, in metres."""
    middle = _latitude((tile.row + 0.5) / (1 << tile.zoom))
    return 40075016.68557849 * math.cos(math.radians(middle)) / (1 << tile.zoom) / EXTENT


def _latitude(world_y: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1.0 - 2.0 * world_y))))
