"""Land: parcels with their use and standing, and the four control lines."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from zonetwin.synth.cells import Cell, Use
from zonetwin.synth.frame import Frame

LAND_USE: dict[Use, str] = {
    "village": "070301",
    "old_estate": "070102",
    "estate": "070102",
    "townhouse": "070101",
    "industrial": "100101",
    "commercial": "0901",
    "office": "0902",
    "school": "080403",
    "park": "1401",
    "farmland": "0101",
}
"""Codes of the national classification of land and sea use that the cells of each use carry."""

_TIERS = ("base", "community", "block")


@dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel: the block of a cell."""

    key: str
    code: str
    land_use: str
    tier: str
    status: str
    outline: shapely.Polygon
    cell: Cell


@dataclass(frozen=True, slots=True)
class ControlLine:
    """One polygon of a control line."""

    key: str
    line: str
    name: str
    outline: shapely.Polygon


def make_parcels(cells: Iterable[Cell], rng: np.random.Generator) -> list[Parcel]:
    """Make one parcel of every block; some of the works' land lies idle or is poorly used."""
    parcels = []
    for cell in cells:
        tier = _TIERS[cell.column % len(_TIERS)] if cell.use == "industrial" else ""
        status = "in_use"
        if cell.use == "industrial":
            status = str(rng.choice(["in_use", "inefficient", "idle"], p=[0.78, 0.14, 0.08]))
        parcels.append(
            Parcel(
                f"parcel/{cell.code}", f"ZT-{cell.code}", LAND_USE[cell.use], tier, status, cell.block, cell
            )
        )
    return parcels


def make_control_lines(frame: Frame, cells: Sequence[Cell]) -> list[ControlLine]:
    """Draw the four lines: around all that is not fields, the fields, two thirds of those, and the works.

    The polygons of one line do not overlap, so that its area is the sum of theirs.
    """
    lines = [
        ControlLine(f"line/urban-{number}", "urban_boundary", "城镇开发边界", outline)
        for number, outline in enumerate(_urban(frame, cells))
    ]
    fields = [cell for cell in cells if cell.use == "farmland"]
    for number, cell in enumerate(fields):
        lines.append(ControlLine(f"line/farmland-{cell.code}", "farmland", "耕地保有量", cell.block))
        if number % 3:
            lines.append(
                ControlLine(
                    f"line/permanent-{cell.code}",
                    "permanent_farmland",
                    "永久基本农田",
                    shapely.buffer(cell.block, -8.0),
                )
            )
    for cell in cells:
        if cell.use == "industrial":
            lines.append(
                ControlLine(f"line/industry-{cell.code}", "industrial", "工业用地保障线", cell.block)
            )
    return [line for line in lines if isinstance(line.outline, shapely.Polygon) and not line.outline.is_empty]


def _urban(frame: Frame, cells: Sequence[Cell]) -> list[shapely.Polygon]:
    """Take away the fields, to the middle of the lines around them, from the whole district."""
    whole = frame.ring(0.0, 0.0, frame.width, frame.height)
    fields = [
        frame.ring(
            frame.columns[cell.column].at,
            frame.rows[cell.row].at,
            frame.columns[cell.column + 1].at,
            frame.rows[cell.row + 1].at,
        )
        for cell in cells
        if cell.use == "farmland"
    ]
    left = shapely.difference(whole, shapely.union_all(fields)) if fields else whole
    return [
        part for part in shapely.get_parts(left) if isinstance(part, shapely.Polygon) and part.area > 100.0
    ]
