"""Points on outlines: which candidate gates lie on the outline of a park, and which lie nowhere in particular."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.core.space import Floats
from zonetwin.io.mapping import Edge
from zonetwin.io.model import Geometries

_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True, slots=True)
class OnEdge:
    """The drafts that lie on an outline, with its feature's key filled in, and those that lie on none."""

    drafts: pa.Table
    others: pa.Table


def drafts_on_edge(drafts: pa.Table, edge: Edge, outlines: pa.Table | None) -> OnEdge:
    """Keep the points that lie within some metres of the outline of a feature.

    A point on several outlines belongs to the one whose key comes first. Distances are taken on a plane tangent at
    the points' mean latitude, good to 1 % within a district.

    Args:
        drafts: Points to place, `geom` as WKB in lon/lat.
        edge: The demand.
        outlines: Drafts of the features, None when there are none.
    """
    owners = _owners(drafts, edge, outlines)
    on_edge = np.array([owner is not None for owner in owners], dtype=np.bool_)
    column = drafts.column_names.index(edge.property)
    filled = drafts.set_column(column, edge.property, pa.array(owners, pa.string()))
    return OnEdge(filled.filter(pa.array(on_edge)), drafts.filter(pa.array(~on_edge)))


def _owners(drafts: pa.Table, edge: Edge, outlines: pa.Table | None) -> list[str | None]:
    owners: list[str | None] = [None] * drafts.num_rows
    if outlines is None or not outlines.num_rows:
        return owners
    points = _shapes(drafts)
    middle = float(np.nanmean(shapely.get_y(points)))
    borders = shapely.boundary(_flattened(_shapes(outlines), middle))
    keys = outlines["key"].to_pylist()
    tree = shapely.STRtree(borders)
    rows, found = tree.query(_flattened(points, middle), predicate="dwithin", distance=edge.metres)
    for row, border in zip(rows.tolist(), found.tolist(), strict=True):
        known = owners[row]
        if known is None or keys[border] < known:
            owners[row] = keys[border]
    return owners


def _shapes(drafts: pa.Table) -> Geometries:
    shapes: Geometries = shapely.from_wkb(drafts["geom"].to_numpy(zero_copy_only=False))
    return shapes


def _flattened(shapes: Geometries, latitude: float) -> Geometries:
    scale = np.array([np.cos(np.radians(latitude)), 1.0]) * _METRES_PER_DEGREE

    def flatten(points: Floats) -> Floats:
        return points * scale

    flat: Geometries = shapely.transform(shapes, flatten)
    return flat
