"""Which named area a point is in, and which areas contain an area.

An object counts in the smallest area that holds its point; `ancestors` then carries it up by the declared
parents.
"""

from collections.abc import Mapping

import numpy as np
import shapely

from zonetwin.analysis.network import Floats, Geometries, Ints

OUTSIDE = -1
"""Area of a point that lies in none, or has no coordinates."""


def smallest_area_of(points: Floats, areas: Geometries) -> Ints:
    """Give per point (x, y) the row of the smallest area it is in, the border included, else OUTSIDE.

    Of areas of the same size the first counts. Points with NaN are outside; areas that are None hold nothing.
    """
    found = np.full(len(points), OUTSIDE, dtype=np.int64)
    usable = np.flatnonzero(~shapely.is_missing(areas))
    known = np.flatnonzero(np.isfinite(points).all(axis=1))
    if not len(usable) or not len(known):
        return found
    by_size = usable[np.argsort(shapely.area(areas[usable]), kind="stable")]
    shapely.prepare(areas[by_size])
    point, rank = shapely.STRtree(areas[by_size]).query(shapely.points(points[known]), predicate="intersects")
    smallest = np.full(len(known), len(by_size), dtype=np.int64)
    np.minimum.at(smallest, point, rank)
    inside = smallest < len(by_size)
    found[known[inside]] = by_size[smallest[inside]]
    return found


def ancestors(parents: Mapping[str, str | None], code: str, *, top: str) -> list[str]:
    """Give an area's code and those of the areas around it, the top one last, each once even in a cycle."""
    chain: list[str] = []
    current: str | None = code
    while current and current not in chain and current != top:
        chain.append(current)
        current = parents.get(current)
    return [*chain, top]
