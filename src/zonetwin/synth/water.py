"""Water: one river that winds from west to east, canals along the lines of the frame, polders between them."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely

from zonetwin.synth.frame import Frame
from zonetwin.synth.names import Names

RIVER_HALF_WIDTH = 28.0
CANAL_HALF_WIDTH = 10.0


@dataclass(frozen=True, slots=True)
class Watercourse:
    """A river or canal: its centreline and surface on the ground."""

    name: str
    name_en: str
    category: str
    centreline: shapely.LineString
    surface: shapely.Polygon


@dataclass(frozen=True, slots=True)
class Polder:
    """Land drained together, between canals."""

    code: str
    name: str
    outline: shapely.Polygon


def make_river(frame: Frame, names: Names, rng: np.random.Generator) -> Watercourse:
    """Lay the river across the southern third of the district, out at both sides."""
    u = np.linspace(-60.0, frame.width + 60.0, max(8, int(frame.width / 60)))
    phase = rng.uniform(0, 2 * np.pi)
    swing = min(110.0, frame.height / 10)
    v = frame.height * 0.34 + swing * np.sin(u / 640 + phase) + 0.3 * swing * np.sin(u / 270)
    line = shapely.LineString(frame.ground(np.column_stack([u, v])))
    name, english = names.take("江", "River")
    return Watercourse(name, english, "river", line, _surface(line, RIVER_HALF_WIDTH))


def make_canals(frame: Frame, names: Names) -> list[Watercourse]:
    """Lay a canal along every canal line of the frame."""
    canals = []
    for line in frame.columns:
        if not line.is_street:
            canals.append(
                _canal(frame.path([(line.at, 0.0), (line.at, frame.height)]), names.take("港", "Canal"))
            )
    for line in frame.rows:
        if not line.is_street:
            canals.append(
                _canal(frame.path([(0.0, line.at), (frame.width, line.at)]), names.take("塘", "Canal"))
            )
    return canals


def _canal(
    points: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", names: tuple[str, str]
) -> Watercourse:
    line = shapely.LineString(points)
    return Watercourse(*names, "canal", line, _surface(line, CANAL_HALF_WIDTH))


def _surface(line: shapely.LineString, half_width: float) -> shapely.Polygon:
    surface = shapely.buffer(line, half_width, cap_style="flat")
    assert isinstance(surface, shapely.Polygon)
    return surface


def make_polders(frame: Frame) -> list[Polder]:
    """Cut the district into polders along every second canal of each direction."""
    columns = _cuts([line.at for line in frame.columns if not line.is_street], frame.width)
    rows = _cuts([line.at for line in frame.rows if not line.is_street], frame.height)
    polders: list[Polder] = []
    for u0, u1 in pairwise(columns):
        for v0, v1 in pairwise(rows):
            number = len(polders) + 1
            polders.append(Polder(f"polder-{number:02d}", f"{number}号圩", frame.ring(u0, v0, u1, v1)))
    return polders


def _cuts(canals: list[float], length: float) -> list[float]:
    return [0.0, *canals[1::2], length]
