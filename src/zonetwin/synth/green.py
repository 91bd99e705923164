"""Parks and squares with their gates, ponds, green cover and trails."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zonetwin.synth.cells import Cell
from zonetwin.synth.frame import Frame
from zonetwin.synth.names import Names
from zonetwin.synth.streets import Point
from zonetwin.synth.water import Watercourse

SQUARE_HALF_M = 24.0
_POCKET = (16.0, 13.0)
_POCKET_SHARE = 0.45
_TREE_SHARE = 0.7


@dataclass(frozen=True, slots=True)
class Open:
    """A park or square: its outline on the ground, and its gates as stops of the plane."""

    key: str
    kind: str
    name: str
    name_en: str
    category: str
    outline: shapely.Polygon
    gates: tuple[Point, ...]
    cell: Cell


@dataclass(frozen=True, slots=True)
class Green:
    """All that is green or open, and what of each cell is therefore kept free of buildings."""

    places: tuple[Open, ...]
    ponds: tuple[shapely.Polygon, ...]
    cover: tuple[tuple[str, shapely.Geometry], ...]
    kept_free: dict[str, shapely.Geometry]


@dataclass(frozen=True, slots=True)
class Trail:
    """A path to walk for pleasure along a canal or the river."""

    key: str
    name: str
    level: str
    line: shapely.LineString


def make_green(
    frame: Frame,
    cells: Iterable[Cell],
    entrances: dict[str, list[Point]],
    names: Names,
    rng: np.random.Generator,
) -> Green:
    """Turn park cells into parks, put squares where shops are and pocket parks into some estates.

    A park's gates are the entrances of its cell; green that nobody can enter is cover and no park. A square or
    pocket park lies at the centre of a cell, where the paths meet, and its one gate is that centre: it can be
    entered from everywhere around.
    """
    places: list[Open] = []
    ponds: list[shapely.Polygon] = []
    cover: list[tuple[str, shapely.Geometry]] = []
    for cell in cells:
        gates = tuple(entrances.get(cell.code, ()))
        if cell.use == "park":
            pond = _pond(frame, cell)
            ponds.append(pond)
            if gates:
                size, named = _size(cell), names.take("公园", "Park")
                places.append(Open(f"park/{cell.code}", "park", *named, size, cell.block, gates, cell))
            cover += _planted(cell, shapely.difference(cell.block, pond))
        elif cell.use in ("commercial", "office") and gates and rng.random() < 0.6:
            places.append(
                _at_centre(
                    frame, cell, "square", names.take("广场", "Square"), (SQUARE_HALF_M, SQUARE_HALF_M)
                )
            )
        elif cell.use in ("estate", "old_estate") and gates and rng.random() < _POCKET_SHARE:
            garden = _at_centre(frame, cell, "park", names.take("园", "Garden"), _POCKET)
            places.append(garden)
            cover.append(("grass", garden.outline))
    kept_free: dict[str, shapely.Geometry] = {
        place.cell.code: place.outline for place in places if place.cell.use != "park"
    }
    return Green(tuple(places), tuple(ponds), tuple(cover), kept_free)


def _size(cell: Cell) -> str:
    return "comprehensive" if shapely.area(cell.block) > 45_000 else "community"


def _pond(frame: Frame, cell: Cell) -> shapely.Polygon:
    """Dig a pond into the north-east quarter of a park, clear of its paths."""
    middle_u, middle_v = cell.middle
    centre = (middle_u + (cell.u1 - middle_u) * 0.5, middle_v + (cell.v1 - middle_v) * 0.5)
    around = np.linspace(0.0, 2 * np.pi, 25)
    wide, high = (cell.u1 - middle_u) * 0.33, (cell.v1 - middle_v) * 0.3
    ring = np.column_stack([centre[0] + wide * np.cos(around), centre[1] + high * np.sin(around)])
    pond = shapely.intersection(shapely.Polygon(frame.ground(ring)), shapely.buffer(cell.block, -6.0))
    return pond if isinstance(pond, shapely.Polygon) else shapely.Polygon()


def _planted(cell: Cell, land: shapely.Geometry) -> list[tuple[str, shapely.Geometry]]:
    """Split a park's land into trees (west of a line across it) and grass, which together cover it once."""
    west, south, east, north = shapely.bounds(land)
    trees = shapely.intersection(land, shapely.box(west, south, west + (east - west) * _TREE_SHARE, north))
    return [("trees", trees), ("grass", shapely.difference(land, trees))]


def _at_centre(
    frame: Frame, cell: Cell, kind: str, names: tuple[str, str], half: tuple[float, float]
) -> Open:
    u, v = cell.middle
    outline = frame.ring(u - half[0], v - half[1], u + half[0], v + half[1])
    category = "pocket" if kind == "park" else ""
    return Open(f"{kind}/{cell.code}", kind, *names, category, outline, ((u, v),), cell)


def make_trails(courses: Sequence[Watercourse], names: Names) -> list[Trail]:
    """Lay a trail on one bank of every watercourse."""
    trails = []
    for number, course in enumerate(courses):
        reach = 36.0 if course.category == "river" else 13.0
        line = shapely.offset_curve(course.centreline, reach)
        if isinstance(line, shapely.LineString) and line.length > 200:
            level = "first" if course.category == "river" else "second"
            trails.append(Trail(f"trail/{number}", names.take("步道", "Trail")[0], level, line))
    return trails
