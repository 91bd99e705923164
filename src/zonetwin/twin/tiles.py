"""Tiles made from the record: read a box, simplify what is too small to see, add label points, encode.

Each kind gives the layer `<kind>`; where labels hang on points of their own it gives `<kind>-label` too, one
point per feature, written only into the tile that holds it. Tables generalised beforehand for small scales
are left out: below zoom 14 outlines are simplified, and specks thinned out, while the tile is made.
"""

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.core.actor import Viewer
from zonetwin.core.space import Floats
from zonetwin.store.model import Selection, Store
from zonetwin.twin.drawing import Geometries, Mask
from zonetwin.twin.drawn_kinds import DrawnKind
from zonetwin.twin.mercator import BUFFER, Tile, tile_units, world_from_lonlat
from zonetwin.twin.mvt import Column, TileLayer, encode_tile
from zonetwin.twin.varint import Integers

FULL_DETAIL_ZOOM = 14
"""From this zoom on every feature is drawn with all its corners."""

ALL_COLUMNS_ZOOM = 15
"""From this zoom on features carry every declared property; below, only what layers need."""

TOLERANCE = 4.0
"""Units an outline may move when simplified: half a pixel where a tile is 512 pixels wide."""

LEAST_AREA, LEAST_LENGTH = 64.0, 4.0
"""Units an outline or line must have to be drawn by itself: one square pixel, half a pixel."""

_GOLDEN = 0.6180339887498949
"""Multiples of the golden ratio fall evenly between 0 and 1, whatever run of ids a neighbourhood has."""

LABEL_SUFFIX = "-label"
_POINT_SORTS, _LINE_SORTS, _POLYGON_SORTS = (0, 4), (1, 2, 5), (3, 6)


def render_tile(store: Store, viewer: Viewer, kinds: Iterable[DrawnKind], tile: Tile) -> bytes:
    """Draw the features of some kinds in one tile; no bytes when there is nothing to see.

    Raises:
        NotFound: the viewer may not see one of the kinds.
    """
    return b"".join(encode_tile(_tile_layers(store, viewer, drawn, tile)) for drawn in kinds)


def _tile_layers(store: Store, viewer: Viewer, drawn: DrawnKind, tile: Tile) -> list[TileLayer]:
    columns = drawn.all_columns if tile.zoom >= ALL_COLUMNS_ZOOM else drawn.columns
    box = tile.box(buffer=BUFFER)
    table = store.read(drawn.kind.name, viewer, Selection(box=box, columns=("fid", "geom", *columns)))
    if not table.num_rows:
        return []
    lonlat = shapely.from_wkb(table["geom"].to_numpy(zero_copy_only=False))
    placed = shapely.transform(lonlat, lambda corners: tile_units(tile, world_from_lonlat(corners)))
    if tile.zoom < FULL_DETAIL_ZOOM:
        placed, seen = _simplified(placed, table["fid"].to_numpy())
        placed, lonlat, table = placed[seen], lonlat[seen], table.filter(pa.array(seen))
    ids = table["fid"].to_numpy()
    attributes = {name: _whole(table, name) for name in columns}
    layers = [TileLayer(drawn.kind.name, ids, placed, attributes)]
    if drawn.label_points:
        layers.append(_label_layer(drawn, tile, TileLayer(drawn.kind.name, ids, lonlat, attributes)))
    return layers


def _simplified(geometries: Geometries, ids: Integers) -> tuple[Geometries, Mask]:
    """Simplify lines and outlines, and tell which features are still drawn.

    Of outlines too small to be seen, as many stand for all as cover the same ground together: each is drawn
    as a square of the least area, or not at all, by its id, so that every tile decides alike.
    """
    sorts = shapely.get_type_id(geometries)
    lines, areas = np.isin(sorts, _LINE_SORTS), np.isin(sorts, _POLYGON_SORTS)
    size = np.where(areas, shapely.area(geometries), np.inf)
    small = size < LEAST_AREA
    simple = geometries.copy()
    simple[~small] = shapely.simplify(geometries[~small], TOLERANCE, preserve_topology=False)
    drawn = ~shapely.is_empty(simple)
    drawn[lines] &= shapely.length(simple[lines]) >= LEAST_LENGTH
    drawn[small] = size[small] > LEAST_AREA * np.mod(ids[small] * _GOLDEN, 1.0)
    simple[small & drawn] = _squares(geometries[small & drawn])
    return simple, drawn


def _squares(geometries: Geometries) -> Geometries:
    """Give squares of the least area around the middles of geometries."""
    bounds = shapely.bounds(geometries)
    x, y = (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2
    half = LEAST_AREA**0.5 / 2
    return np.asarray(shapely.box(x - half, y - half, x + half, y + half))


def _label_layer(drawn: DrawnKind, tile: Tile, features: TileLayer) -> TileLayer:
    """Give a point for each labelled outline or point whose label belongs to this tile.

    The point is found on the whole outline in lon/lat, so that every tile finds the same one.
    """
    labelled = np.zeros(len(features.ids), dtype=bool)
    for name in drawn.labels:
        if name in features.attributes:
            labelled |= features.attributes[name].is_valid().to_numpy(zero_copy_only=False)
    labelled &= np.isin(shapely.get_type_id(features.geometries), (*_POINT_SORTS, *_POLYGON_SORTS))
    rows = np.flatnonzero(labelled)
    points = shapely.point_on_surface(features.geometries[rows])
    filled = ~(shapely.is_empty(points) | shapely.is_missing(points))
    rows, points = rows[filled], points[filled]
    world = world_from_lonlat(shapely.get_coordinates(points))
    held = _held_by(tile, world)
    rows, world = rows[held], world[held]
    columns = [name for name in drawn.columns if name in features.attributes]
    return TileLayer(
        drawn.kind.name + LABEL_SUFFIX,
        features.ids[rows],
        np.asarray(shapely.points(np.floor(tile_units(tile, world)))),  # a point on 4096 is not drawn
        {name: features.attributes[name].take(rows) for name in columns},
    )


def _held_by(tile: Tile, world: Floats) -> Mask:
    """Tell which places belong to a tile; its west and north edges are its own, the others are not."""
    cells = np.floor(world * float(1 << tile.zoom))
    return np.asarray((cells[:, 0] == tile.column) & (cells[:, 1] == tile.row))


def _whole(table: pa.Table, name: str) -> Column:
    column = table[name].combine_chunks()
    return column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
