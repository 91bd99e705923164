"""The walkable network of a state: its streets, who may use them, and the barriers that stand on them.

A street whose data does not say whether walkers may use it follows its class in the pack table
`street_classes`; without a class it may be walked. A barrier blocks where it is said to be closed to walkers
and its point is a vertex of a street; fences and walls drawn as lines are taken as open where a street crosses
them.
"""

from collections.abc import Callable, Mapping
from functools import lru_cache

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.analysis.network import Bools, Floats, Geometries, Network, build_network, without_islands
from zonetwin.packs.model import Table
from zonetwin.zone.walking import WalkingRules

Tables = Callable[[str], pa.Table]
"""Gives a published table of a state by name, empty where nothing is; `geom` is WKB in the metric CRS."""


def walking_network(tables: Tables, classes: Table | None, rules: WalkingRules) -> Network:
    """Build the network that may be walked in a state, crumbs at the map's edge left out."""
    streets = tables("street")
    lines = geometries_of(streets)[_is_walkable(streets, classes)]
    network = build_network(lines, blocked=_closed_points(tables("barrier")))
    return without_islands(network, smallest_m=rules.smallest_island_m)


def cached_network(key: str, build: Callable[[], Network]) -> Network:
    """Keep the last networks under the names of the states they were built from."""
    held = _holder(key)
    if not held:
        held.append(build())
    return held[0]


@lru_cache(maxsize=4)
def _holder(key: str) -> list[Network]:
    return []


def geometries_of(table: pa.Table) -> Geometries:
    """Read the places of a table, None where a row has none."""
    blobs = np.array(table.column("geom").to_pylist(), dtype=object)
    return np.asarray(shapely.from_wkb(blobs), dtype=object) if len(blobs) else np.empty(0, dtype=object)


def _is_walkable(streets: pa.Table, classes: Table | None) -> Bools:
    by_class: Mapping[str, bool] = {}
    if classes is not None:
        by_class = {row["class"]: row["walkable"] != "no" for row in classes.rows}
    said = streets.column("foot").to_pylist()
    category = streets.column("category").to_pylist()
    return np.array(
        [
            by_class.get(name or "", True) if foot is None else foot
            for foot, name in zip(said, category, strict=True)
        ],
        dtype=bool,
    )


def _closed_points(barriers: pa.Table) -> Floats:
    is_closed = np.array([foot is False for foot in barriers.column("foot").to_pylist()], dtype=bool)
    places = geometries_of(barriers)[is_closed]
    points = places[(shapely.get_dimensions(places) == 0) & ~shapely.is_empty(places)]
    return np.asarray(shapely.get_coordinates(points), dtype=np.float64)
