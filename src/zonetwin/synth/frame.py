"""The frame of the district: irregular lines in a flat plane, and the bend that makes a place of them.

The district is laid out in a flat plane (u to the east, v to the north, metres) as rows and columns of cells
between lines. A smooth bend then carries every point to the ground, so that streets curve gently while
everything that was apart in the plane stays apart. Lines are streets of three classes, or canals.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import shapely

from zonetwin.core.space import Floats

LineClass = Literal["arterial", "collector", "local", "canal"]

HALF_WIDTH: dict[LineClass, float] = {"arterial": 24.0, "collector": 15.0, "local": 9.0, "canal": 17.0}
"""Half the width of the right of way of each class, in metres."""

_FULL_AREA_M2 = 99.38e6
_ASPECT = 1.25
_SPACING = (185.0, 275.0)
_STEP = 30.0


@dataclass(frozen=True, slots=True)
class Line:
    """One line across the plane: its coordinate and class."""

    at: float
    sort: LineClass

    @property
    def is_street(self) -> bool:
        return self.sort != "canal"


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns (lines of constant u) and rows (lines of constant v) in order, and the bend's phases."""

    columns: tuple[Line, ...]
    rows: tuple[Line, ...]
    phases: tuple[float, ...]

    @property
    def width(self) -> float:
        return self.columns[-1].at

    @property
    def height(self) -> float:
        return self.rows[-1].at

    def ground(self, points: Floats) -> Floats:
        """Carry points of the plane, shape (n, 2), to the ground (metres, the district's centre at 0, 0)."""
        u, v = points[:, 0] - self.width / 2, points[:, 1] - self.height / 2
        a, b, c, d = self.phases
        x = u + 70 * np.sin(v / 900 + a) + 14 * np.sin((u + 2 * v) / 700 + b)
        y = v + 60 * np.sin(u / 1000 + c) + 12 * np.sin((2 * u - v) / 800 + d)
        turn = np.radians(6.0)
        return np.column_stack([x * np.cos(turn) - y * np.sin(turn), x * np.sin(turn) + y * np.cos(turn)])

    def turn_at(self, point: tuple[float, float]) -> float:
        """Give the angle in radians by which the bend turns the eastward direction at a point of the plane."""
        u, v = point
        ends = self.ground(np.array([[u - 5.0, v], [u + 5.0, v]]))
        east, north = ends[1] - ends[0]
        return float(np.arctan2(north, east))

    def path(self, points: list[tuple[float, float]]) -> Floats:
        """Carry a path of the plane to the ground, with a vertex about every 30 m besides its own."""
        return self.ground(_densified(np.asarray(points, dtype=np.float64)))

    def ring(self, u0: float, v0: float, u1: float, v1: float) -> shapely.Polygon:
        """Carry a rectangle of the plane to the ground."""
        return shapely.Polygon(self.path([(u0, v0), (u1, v0), (u1, v1), (u0, v1), (u0, v0)]))


def make_frame(rng: np.random.Generator, *, scale: float) -> Frame:
    """Lay out a frame of about `scale` times 99.38 km²."""
    width = float(np.sqrt(_FULL_AREA_M2 * scale * _ASPECT))
    columns = _lines(rng, width, canal_every=4, canal_at=3)
    rows = _lines(rng, width / _ASPECT, canal_every=6, canal_at=3)
    phases = rng.uniform(0.0, 2 * np.pi, 4)
    return Frame(columns, rows, (float(phases[0]), float(phases[1]), float(phases[2]), float(phases[3])))


def _lines(rng: np.random.Generator, length: float, *, canal_every: int, canal_at: int) -> tuple[Line, ...]:
    """Cut a length into cells: arterials every fourth line and at both ends, canals among the local lines."""
    count = max(3, round(length / float(np.mean(_SPACING))))
    steps = rng.uniform(*_SPACING, count)
    at = np.concatenate([[0.0], np.cumsum(steps)]) * (length / steps.sum())
    return tuple(
        Line(float(position), _sort(index, count, canal_every, canal_at)) for index, position in enumerate(at)
    )


def _sort(index: int, count: int, canal_every: int, canal_at: int) -> LineClass:
    if index in (0, count) or index % 4 == 0:
        return "arterial"
    if index % canal_every == canal_at and index % 2:
        return "canal"
    return "collector" if index % 2 == 0 else "local"


def _densified(points: Floats) -> Floats:
    """Add vertices along a path so that none of its legs is longer than the step; its own vertices stay."""
    parts = []
    for start, end in pairwise(points):
        pieces = max(1, int(np.ceil(np.hypot(*(end - start)) / _STEP)))
        shares = np.linspace(0.0, 1.0, pieces, endpoint=False)[:, None]
        parts.append(start + shares * (end - start))
    return np.vstack([*parts, points[-1:]])
