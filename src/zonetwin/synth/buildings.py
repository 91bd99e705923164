"""Buildings, homes and the people in them, laid out cell by cell in rows that face south."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from zonetwin.core.space import Floats
from zonetwin.synth.cells import DWELT, Cell, Use
from zonetwin.synth.frame import Frame

Shapes = np.ndarray[tuple[int], np.dtype[np.object_]]
Bools = np.ndarray[tuple[int], np.dtype[np.bool_]]

STOREY_M = 3.0
_EDGE = 8.0  # between the block's edge and the first building
_SPINE = 7.0  # to either side of the paths that cross a cell


@dataclass(frozen=True, slots=True)
class Pattern:
    """How one use is built up: size, gaps and storeys of its buildings; homes on each storey; quarters used."""

    use: str
    width: float
    depth: float
    gap_u: float
    gap_v: float
    storeys: tuple[int, int]
    homes: float = 0.0
    quarters: int = 4
    kept: float = 0.96


PATTERNS: dict[Use, Pattern] = {
    "village": Pattern("residential", 10.2, 9.2, 2.2, 3.6, (2, 3), homes=0.45),
    "townhouse": Pattern("residential", 20.0, 11.0, 5.0, 9.0, (3, 3), homes=0.67),
    "old_estate": Pattern("residential", 31.0, 11.5, 6.0, 11.0, (5, 6), homes=3.0),
    "estate": Pattern("residential", 33.0, 15.5, 5.0, 15.0, (9, 18), homes=4.0),
    "industrial": Pattern("industrial", 58.0, 40.0, 14.0, 20.0, (1, 3), kept=1.0),
    "commercial": Pattern("commercial", 28.0, 25.0, 10.0, 12.0, (3, 12)),
    "office": Pattern("office", 32.0, 27.0, 9.0, 14.0, (8, 24), kept=1.0),
    "school": Pattern("education", 66.0, 16.0, 8.0, 13.0, (4, 5), quarters=3, kept=1.0),
}
_OUTHOUSE = Pattern("industrial", 13.0, 9.0, 12.0, 60.0, (1, 1), kept=1.0)
_DORMITORY_SHARE = 0.16
_MOST_COVERED = 0.39
_PERSONS_AT_HOME = (1, 2, 3, 4, 5)
_PERSONS_SHARES = (0.17, 0.29, 0.3, 0.17, 0.07)


@dataclass(frozen=True, slots=True)
class Building:
    """A building on the ground with who lives in it."""

    key: str
    cell: Cell
    use: str
    footprint: shapely.Polygon
    storeys: int
    dwellings: int
    persons: int
    built_year: int

    @property
    def floor_area_m2(self) -> float:
        return float(shapely.area(self.footprint)) * self.storeys


def make_buildings(
    frame: Frame, cells: Iterable[Cell], kept_free: dict[str, shapely.Geometry], rng: np.random.Generator
) -> list[Building]:
    """Build every cell up. Buildings that would leave their block or touch what is kept free are left out."""
    buildings: list[Building] = []
    for cell in cells:
        pattern = PATTERNS.get(cell.use)
        if pattern is None:
            continue
        free: shapely.Geometry = shapely.buffer(kept_free.get(cell.code, shapely.GeometryCollection()), 3.0)
        for part in (pattern, _OUTHOUSE) if cell.use == "industrial" else (pattern,):
            new = list(_built(frame, cell, part, free, rng, len(buildings)))
            free = shapely.union_all([free, *(shapely.buffer(item.footprint, 4.0) for item in new)])
            buildings += new
    return buildings


def _built(
    frame: Frame, cell: Cell, pattern: Pattern, free: shapely.Geometry, rng: np.random.Generator, number: int
) -> Iterator[Building]:
    centres = np.array(list(_centres(cell, pattern))).reshape(-1, 2)
    if not len(centres):
        return
    sizes = np.array([pattern.width, pattern.depth]) * rng.uniform(0.93, 1.03, (len(centres), 2))
    footprints: Shapes = np.asarray(shapely.polygons(_corners(frame, cell, centres, sizes)))
    inside = shapely.contains(shapely.buffer(cell.block, -_EDGE / 2), footprints)
    clear = ~shapely.intersects(free, footprints)
    kept = rng.random(len(centres)) < pattern.kept
    chosen = _apart(footprints, _within_cover(footprints, inside & clear & kept, shapely.area(cell.block)))
    year = int(rng.integers(1996, 2021))
    for footprint in footprints[chosen]:
        number += 1
        yield _building(f"building/{number}", cell, pattern, footprint, year, rng)


def _within_cover(footprints: Shapes, chosen: Bools, block_m2: float) -> Bools:
    """Leave out the last of the chosen footprints that would cover more of the block than is allowed."""
    covered = np.cumsum(np.where(chosen, shapely.area(footprints), 0.0))
    within: Bools = chosen & (covered <= _MOST_COVERED * block_m2)
    return within


def _apart(footprints: Shapes, chosen: Bools) -> Bools:
    """Leave out a footprint that meets an earlier one: the bend may bring neighbours together."""
    kept = np.flatnonzero(chosen)
    first, second = shapely.STRtree(footprints[kept]).query(footprints[kept], predicate="intersects")
    apart = chosen.copy()
    apart[kept[second[first < second]]] = False
    return apart


def _building(
    key: str, cell: Cell, pattern: Pattern, footprint: shapely.Polygon, year: int, rng: np.random.Generator
) -> Building:
    storeys = int(rng.integers(pattern.storeys[0], pattern.storeys[1] + 1))
    use = pattern.use
    homes = round(pattern.homes * storeys) if cell.use in DWELT else 0
    if pattern is _OUTHOUSE and rng.random() < _DORMITORY_SHARE:
        use, storeys, homes = "dormitory", 5, 20
    persons = int(rng.choice(_PERSONS_AT_HOME, homes, p=_PERSONS_SHARES).sum()) if homes else 0
    return Building(key, cell, use, footprint, storeys, homes, persons, year + int(rng.integers(0, 4)))


def _centres(cell: Cell, pattern: Pattern) -> Iterator[tuple[float, float]]:
    """Spread the pattern over the quarters between the crossing paths of a cell."""
    middle_u, middle_v = cell.middle
    halves_u = ((cell.u0 + _EDGE, middle_u - _SPINE), (middle_u + _SPINE, cell.u1 - _EDGE))
    halves_v = ((cell.v0 + _EDGE, middle_v - _SPINE), (middle_v + _SPINE, cell.v1 - _EDGE))
    quarters = [(us, vs) for vs in halves_v for us in halves_u]
    for us, vs in quarters[: pattern.quarters]:
        for v in _spread(*vs, pattern.depth, pattern.gap_v):
            for u in _spread(*us, pattern.width, pattern.gap_u):
                yield (u, v)


def _spread(low: float, high: float, size: float, gap: float) -> Floats:
    """Give the centres of as many things of a size as fit with a gap between them, evenly spread."""
    count = int((high - low + gap) // (size + gap))
    if count < 1:
        return np.empty(0)
    return np.linspace(low + size / 2, high - size / 2, count) if count > 1 else np.array([(low + high) / 2])


def _corners(frame: Frame, cell: Cell, centres: Floats, sizes: Floats) -> Floats:
    """Give closed rings, shape (n, 5, 2), of rectangles turned as the ground is turned at their cell."""
    turn = frame.turn_at(cell.middle)
    unit = np.array([[-0.5, -0.5], [0.5, -0.5], [0.5, 0.5], [-0.5, 0.5], [-0.5, -0.5]])
    local = unit[None, :, :] * sizes[:, None, :]
    turned = local @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    corners: Floats = frame.ground(centres)[:, None, :] + turned
    return corners
