"""Cells: what the land between the lines is used for, and the block that remains after streets and water."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely

from zonetwin.synth.frame import HALF_WIDTH, Frame

Use = Literal[
    "village",
    "old_estate",
    "estate",
    "townhouse",
    "industrial",
    "commercial",
    "office",
    "school",
    "park",
    "farmland",
]
DWELT: frozenset[Use] = frozenset({"village", "old_estate", "estate", "townhouse"})
BUILT: frozenset[Use] = DWELT | {"industrial", "commercial", "office", "school"}

COMMUNITY_CELLS = 4
"""A community is a square of this many cells on a side (less at the edges)."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its place in the frame, the rectangle left between its lines, its use and its block.

    `u0, v0, u1, v1` bound the block in the plane; `block` is the same on the ground, less the river.
    """

    column: int
    row: int
    u0: float
    v0: float
    u1: float
    v1: float
    use: Use
    block: shapely.Polygon

    @property
    def middle(self) -> tuple[float, float]:
        return (self.u0 + self.u1) / 2, (self.v0 + self.v1) / 2

    @property
    def code(self) -> str:
        return f"{self.column:02d}{self.row:02d}"


def make_cells(frame: Frame, river: shapely.Geometry, rng: np.random.Generator) -> list[Cell]:
    """Give every cell that keeps a usable block, its use chosen by where it lies."""
    uses = _uses(frame, rng)
    kept = shapely.buffer(river, 14.0)
    shapely.prepare(kept)
    cells = []
    for column in range(len(frame.columns) - 1):
        for row in range(len(frame.rows) - 1):
            u0, v0, u1, v1 = _inner(frame, column, row)
            block = frame.ring(u0, v0, u1, v1)
            use = uses[column, row]
            if shapely.intersects(kept, block):
                block = _largest(shapely.difference(block, kept))
                use = "park" if use != "farmland" else use
            if shapely.area(block) >= 6_000.0:
                cells.append(Cell(column, row, u0, v0, u1, v1, use, block))
    return cells


def _inner(frame: Frame, column: int, row: int) -> tuple[float, float, float, float]:
    left, right = frame.columns[column], frame.columns[column + 1]
    low, high = frame.rows[row], frame.rows[row + 1]
    return (
        left.at + HALF_WIDTH[left.sort],
        low.at + HALF_WIDTH[low.sort],
        right.at - HALF_WIDTH[right.sort],
        high.at - HALF_WIDTH[high.sort],
    )


def _largest(shape: shapely.Geometry) -> shapely.Polygon:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, shapely.Polygon)]
    return max(parts, key=shapely.area, default=shapely.Polygon())


def _uses(frame: Frame, rng: np.random.Generator) -> "np.ndarray[tuple[int, int], np.dtype[np.object_]]":
    """Choose uses: a centre of offices and shops, estates around it, works to the east, fields to the south."""
    columns, rows = len(frame.columns) - 1, len(frame.rows) - 1
    uses = np.empty((columns, rows), dtype=object)
    for column in range(columns):
        for row in range(rows):
            uses[column, row] = _use_at((column + 0.5) / columns, (row + 0.5) / rows, rng)
    for column in range(0, columns, COMMUNITY_CELLS):
        for row in range(0, rows, COMMUNITY_CELLS):
            _place_public(uses[column : column + COMMUNITY_CELLS, row : row + COMMUNITY_CELLS], rng)
    return uses


def _use_at(east: float, north: float, rng: np.random.Generator) -> Use:
    from_centre = float(np.hypot((east - 0.42) * 1.2, north - 0.56))
    draw = float(rng.random())
    if north < 0.1 or (east > 0.86 and north < 0.3):
        return "farmland" if draw < 0.8 else "village"
    if from_centre < 0.13:
        return "commercial" if draw < 0.45 else "office" if draw < 0.65 else "estate"
    if east > 0.66:
        return "industrial" if draw < 0.66 else "village" if draw < 0.93 else "commercial"
    if from_centre < 0.34:
        return _first_below(
            draw, (("estate", 0.32), ("old_estate", 0.58), ("village", 0.86), ("commercial", 1.0))
        )
    return _first_below(draw, (("village", 0.68), ("townhouse", 0.78), ("estate", 0.84), ("old_estate", 1.0)))


def _first_below(draw: float, shares: tuple[tuple[Use, float], ...]) -> Use:
    return next(use for use, limit in shares if draw < limit or limit == 1.0)


def _place_public(
    community: "np.ndarray[tuple[int, int], np.dtype[np.object_]]", rng: np.random.Generator
) -> None:
    """Give a community that people live in a park (four of five do) and a school, in two of its cells."""
    dwelt = [place for place in np.ndindex(community.shape) if community[place] in DWELT]
    if len(dwelt) < 3:
        return
    park, school = (dwelt[index] for index in rng.choice(len(dwelt), 2, replace=False))
    community[school] = "school"
    if rng.random() < 0.8:
        community[park] = "park"
