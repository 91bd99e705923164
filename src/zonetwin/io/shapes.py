"""Whether shapes can be the places of a kind: finite, of the right sort, with valid outlines, as multi-parts.

Everything works on arrays of shapely geometries in lon/lat. A broken outline is repaired only when that hardly
changes its size; anything more would be a guess.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import shapely

from zonetwin.core.kind import Geometry
from zonetwin.io import fault as faults
from zonetwin.io.fault import Fault
from zonetwin.io.model import Geometries

Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

REPAIR_TOLERANCE = 0.01
"""Largest share by which a repair may change an outline's size."""

_DIMENSIONS = {Geometry.POINT: 0, Geometry.LINE: 1, Geometry.POLYGON: 2}
_NAMES = (
    "point",
    "line",
    "ring",
    "polygon",
    "several points",
    "several lines",
    "several polygons",
    "collection",
)
_WANTED = {Geometry.POINT: "point", Geometry.LINE: "line", Geometry.POLYGON: "polygon"}
_COLLECTION = 7
_MULTI: tuple[Callable[..., shapely.Geometry], ...] = (
    shapely.multipoints,
    shapely.multilinestrings,
    shapely.multipolygons,
)


@dataclass(frozen=True, slots=True)
class Shapes:
    """Shapes made fit for a kind, position by position, and what was wrong with those that were not.

    A quarantined shape is None; so is one that was absent or empty, without a fault.
    """

    geometry: Geometries
    faults: dict[int, Fault]


def unbuilt_rows(raw: Iterable[object], shapes: Geometries) -> list[int]:
    """List the rows where a file has something for a shape, but no shape could be built of it."""
    return [row for row, given in enumerate(raw) if given is not None and shapes[row] is None]


def fit_shapes(geometry: Geometries, wanted: Geometry, *, outline: bool = False) -> Shapes:
    """Make shapes fit for a kind's geometry.

    Closed lines become polygons where polygons are wanted, and with `outline` polygons become their outlines
    where lines are. A collection gives its parts of the wanted dimension, of the highest where any will do.
    """
    found: dict[int, Fault] = {}
    shapes = geometry.copy()
    shapes[shapely.is_empty(shapes)] = None
    _drop(shapes, found, ~_finite(shapes), lambda _: faults.not_a_number())
    if wanted is Geometry.NONE:
        shapes[:] = None
        return Shapes(shapes, found)
    shapes = _of_dimension(shapes, wanted, outline)
    if wanted is not Geometry.ANY:
        _check_sort(shapes, found, wanted)
    _repair(shapes, found)
    _check_extent(shapes, found)
    return Shapes(_as_multi(shapes, wanted), found)


def _drop(shapes: Geometries, found: dict[int, Fault], bad: Mask, reason: Callable[[int], Fault]) -> None:
    for position in np.flatnonzero(bad):
        found[int(position)] = reason(int(position))
        shapes[position] = None


def _finite(shapes: Geometries) -> Mask:
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    bad = ~np.isfinite(points).all(axis=1)
    fine = np.ones(len(shapes), dtype=np.bool_)
    fine[owner[bad]] = False
    return fine


def _of_dimension(shapes: Geometries, wanted: Geometry, outline: bool) -> Geometries:
    """Turn closed lines into polygons, polygons into outlines and collections into parts, where asked for."""
    types = shapely.get_type_id(shapes)
    for position in np.flatnonzero(types == _COLLECTION):
        shapes[position] = _parts(shapes[position], _DIMENSIONS.get(wanted))
    if wanted is Geometry.POLYGON:
        rings = (
            np.isin(types, (1, 2)) & shapely.is_closed(shapes) & (shapely.get_num_coordinates(shapes) >= 4)
        )
        shapes[rings] = _filled(shapes[rings])
    if wanted is Geometry.LINE and outline:
        filled = np.isin(types, (3, 6))
        shapes[filled] = shapely.boundary(shapes[filled])
    return shapes


def _filled(lines: Geometries) -> Geometries:
    filled = np.empty(len(lines), dtype=np.object_)
    filled[:] = [shapely.Polygon(shapely.get_coordinates(line)) for line in lines]
    return filled


def _parts(collection: shapely.Geometry, dimension: int | None) -> shapely.Geometry:
    """Unite the parts of one dimension, of the highest when none is asked for."""
    parts: Geometries = shapely.get_parts(shapely.get_parts(collection))
    if not len(parts):
        return collection
    dimensions = shapely.get_dimensions(parts)
    wanted = int(dimensions.max()) if dimension is None else dimension
    chosen = parts[dimensions == wanted]
    if not len(chosen):
        return collection
    united: shapely.Geometry = _MULTI[wanted](chosen) if len(chosen) > 1 else chosen[0]
    return united


def _check_sort(shapes: Geometries, found: dict[int, Fault], wanted: Geometry) -> None:
    types = shapely.get_type_id(shapes)
    fits = shapely.get_dimensions(shapes) == _DIMENSIONS[wanted]
    fits &= types != _COLLECTION
    if wanted is Geometry.POINT:
        fits &= shapely.get_num_geometries(shapes) == 1
    _drop(
        shapes,
        found,
        ~fits & (types >= 0),
        lambda position: faults.wrong_shape(_NAMES[types[position]], _WANTED[wanted]),
    )


def _repair(shapes: Geometries, found: dict[int, Fault]) -> None:
    """Repair polygons that are not valid where it hardly changes their size, else quarantine them."""
    polygons = shapely.get_dimensions(shapes) == 2
    broken = polygons & ~shapely.is_valid(shapes)
    for position in np.flatnonzero(broken):
        before = shapely.area(shapes[position])
        shape = shapely.make_valid(shapes[position])
        if shape.geom_type == "GeometryCollection":
            shape = _parts(shape, 2)
        after = shapely.area(shape)
        share = abs(after - before) / max(after, before) if max(after, before) > 0 else 1.0
        if shape.geom_type in ("Polygon", "MultiPolygon") and share <= REPAIR_TOLERANCE:
            shapes[position] = shape
            found[int(position)] = faults.repaired()
        else:
            shapes[position] = None
            found[int(position)] = faults.self_intersection(share) if after > 0 else faults.no_extent("area")


def _check_extent(shapes: Geometries, found: dict[int, Fault]) -> None:
    dimensions = shapely.get_dimensions(shapes)
    _drop(shapes, found, (dimensions == 2) & (shapely.area(shapes) == 0), lambda _: faults.no_extent("area"))
    _drop(
        shapes, found, (dimensions == 1) & (shapely.length(shapes) == 0), lambda _: faults.no_extent("length")
    )


def _as_multi(shapes: Geometries, wanted: Geometry) -> Geometries:
    """Make multi-parts of lines and polygons, as the record keeps them, and a point of several that are one."""
    types = shapely.get_type_id(shapes)
    if wanted is Geometry.POINT:
        single = types == 4
        shapes[single] = shapely.get_geometry(shapes[single], 0)
    _wrap(shapes, types == 3, shapely.multipolygons)
    _wrap(shapes, np.isin(types, (1, 2)), shapely.multilinestrings)
    return shapes


def _wrap(shapes: Geometries, single: Mask, make: Callable[..., shapely.Geometry]) -> None:
    chosen = shapes[single]
    if len(chosen):
        shapes[single] = make(chosen, indices=np.arange(len(chosen)))
