"""Streets: a piece along each side of each cell, bridges over water, and the paths inside the cells.

Every street remembers its *stops*, the places of the plane where others may join it: the district's own walking
graph, against which the truth about distances is worked out, is made of them and not of the drawn lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely

from zonetwin.synth.cells import Cell
from zonetwin.synth.frame import HALF_WIDTH, Frame, Line
from zonetwin.synth.names import Names

Point = tuple[float, float]
CATEGORY = {"arterial": "secondary", "collector": "tertiary", "local": "residential"}
WIDTH_M = {
    "secondary": 36.0,
    "tertiary": 20.0,
    "residential": 10.0,
    "living_street": 5.0,
    "footway": 3.0,
    "service": 7.0,
}
LANES = {"secondary": 6, "tertiary": 4, "residential": 2, "living_street": 1, "service": 2}
_BRIDGE_REACH = 12.0
_AT_THE_STREET_M = 40.0
_PATH_CATEGORY = {
    "park": "footway",
    "commercial": "footway",
    "office": "footway",
    "school": "footway",
    "industrial": "service",
}


@dataclass(frozen=True, slots=True)
class Street:
    """A piece of street: its stops in the plane, in order, and its line on the ground through all of them."""

    key: str
    name: str
    name_en: str
    category: str
    stops: tuple[Point, ...]
    line: shapely.LineString
    bridge: bool = False


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a cell: which line it lies on, and between which two others."""

    axis: str
    line: int
    step: int


def gates_of(frame: Frame, cell: Cell, barred: shapely.Geometry) -> dict[Side, Point]:
    """Find where a cell opens to the streets around it: the middle of each side that is a street.

    A side counts where the path from its middle to the cell's centre stays clear of `barred` (the river's banks).
    """
    return {
        side: gate
        for side, gate in _street_sides(frame, cell).items()
        if not shapely.intersects(barred, shapely.LineString(frame.path([gate, cell.middle])))
    }


def _fronts(frame: Frame, cell: Cell) -> dict[Side, Point]:
    """Find the middles of the streets that a cell's block lies at."""
    return {
        side: gate
        for side, gate in _street_sides(frame, cell).items()
        if shapely.distance(cell.block, shapely.Point(frame.ground(np.array([gate]))[0])) <= _AT_THE_STREET_M
    }


def _street_sides(frame: Frame, cell: Cell) -> dict[Side, Point]:
    """Give the middle of each side of a cell that is a street."""
    middle_u, middle_v = cell.middle
    sides = {
        Side("column", cell.column, cell.row): (frame.columns[cell.column].at, middle_v),
        Side("column", cell.column + 1, cell.row): (frame.columns[cell.column + 1].at, middle_v),
        Side("row", cell.row, cell.column): (middle_u, frame.rows[cell.row].at),
        Side("row", cell.row + 1, cell.column): (middle_u, frame.rows[cell.row + 1].at),
    }
    return {side: gate for side, gate in sides.items() if _line_of(frame, side).is_street}


def make_streets(
    frame: Frame, cells: Iterable[Cell], river: shapely.Geometry, names: Names
) -> tuple[list[Street], dict[str, list[Point]]]:
    """Lay all streets. Also gives the entrances of each cell, by its code.

    They are where its paths cross the edge of its block; a park on the river, which no path may cross, is entered
    from the streets its block lies at. A cell that nobody can enter is left out.
    """
    barred = shapely.buffer(river, 16.0)
    shapely.prepare(barred)
    joints: dict[Side, list[Point]] = {}
    paths: list[Street] = []
    entrances: dict[str, list[Point]] = {}
    for cell in cells:
        if cell.use == "farmland":
            continue
        gates = gates_of(frame, cell, barred)
        for side, gate in gates.items():
            joints.setdefault(side, []).append(gate)
        if gates:
            inner, crossings = _cell_paths(frame, cell, gates)
            paths += inner
            entrances[cell.code] = crossings
        elif cell.use == "park":
            fronts = _fronts(frame, cell)
            for side, gate in fronts.items():
                joints.setdefault(side, []).append(gate)
            entrances[cell.code] = list(fronts.values())
    streets = [*_line_streets(frame, joints, barred, names), *paths]
    laid = {stop for street in streets for stop in street.stops}
    entered = {code: [gate for gate in gates if gate in laid] for code, gates in entrances.items()}
    return streets, {code: gates for code, gates in entered.items() if gates}


def _line_of(frame: Frame, side: Side) -> Line:
    return (frame.columns if side.axis == "column" else frame.rows)[side.line]


def _cell_paths(frame: Frame, cell: Cell, gates: dict[Side, Point]) -> tuple[list[Street], list[Point]]:
    """Lay a path from each gate to the cell's centre, with a stop where it crosses the edge of the block."""
    category = _PATH_CATEGORY.get(cell.use, "living_street")
    paths, crossings = [], []
    for number, gate in enumerate(gates.values()):
        edge = (min(max(gate[0], cell.u0), cell.u1), min(max(gate[1], cell.v0), cell.v1))
        stops = (gate, edge, cell.middle)
        line = shapely.LineString(frame.path(list(stops)))
        paths.append(Street(f"path/{cell.code}-{number}", "", "", category, stops, line))
        crossings.append(edge)
    return paths, crossings


def _line_streets(
    frame: Frame, joints: dict[Side, list[Point]], barred: shapely.Geometry, names: Names
) -> list[Street]:
    streets = []
    for axis, lines, across in (("column", frame.columns, frame.rows), ("row", frame.rows, frame.columns)):
        for index, line in enumerate(lines):
            if not line.is_street:
                continue
            ending = ("路", "Road") if axis == "column" else ("街", "Street")
            name = names.take(*ending)
            for step in range(len(across) - 1):
                side = Side(axis, index, step)
                streets += _side(frame, side, line, across, joints.get(side, []), barred, name)
    return streets


def _side(
    frame: Frame,
    side: Side,
    line: Line,
    across: tuple[Line, ...],
    joints: list[Point],
    barred: shapely.Geometry,
    name: tuple[str, str],
) -> list[Street]:
    """Lay one side: short of a canal it ends at a local street's bank, and meets a bridge on a larger one."""
    start, end = across[side.step], across[side.step + 1]
    reach = _BRIDGE_REACH if line.sort != "local" else HALF_WIDTH["canal"]
    first = start.at + (0.0 if start.is_street else reach)
    last = end.at - (0.0 if end.is_street else reach)
    along = sorted({first, last, *(gate[1] if side.axis == "column" else gate[0] for gate in joints)})
    stops = tuple(_at(side.axis, line.at, position) for position in along)
    key = f"{side.axis}/{side.line}-{side.step}"
    category = CATEGORY[line.sort]
    drawn = shapely.LineString(frame.path(list(stops)))
    wet = bool(shapely.intersects(barred, drawn))
    if wet and line.sort == "local":
        return []
    pieces = [Street(key, *name, category, stops, drawn, bridge=wet)]
    if not end.is_street and line.sort != "local":
        over = tuple(_at(side.axis, line.at, end.at + offset) for offset in (-reach, reach))
        deck = shapely.LineString(frame.path(list(over)))
        pieces.append(Street(f"{key}/bridge", *name, category, over, deck, bridge=True))
    return pieces


def _at(axis: str, line: float, position: float) -> Point:
    return (line, position) if axis == "column" else (position, line)


def roadway(streets: Iterable[Street]) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Give the surfaces of the carriageways: each line widened to its width."""
    chosen = list(streets)
    lines = np.array([street.line for street in chosen], dtype=object)
    halves = np.array([WIDTH_M[street.category] / 2 for street in chosen])
    surfaces: np.ndarray[tuple[int], np.dtype[np.object_]] = shapely.buffer(lines, halves, cap_style="flat")
    return surfaces
