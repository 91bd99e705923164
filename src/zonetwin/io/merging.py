"""One feature for each key: pieces of an object that a file gives several times are put together.

Tiled files cut an object at the tiles' edges and give its id with every piece. Shapes are united; of the
properties the first piece that has one says what it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from zonetwin.core.kind import Geometry
from zonetwin.io import fault as faults
from zonetwin.io.drafting import ITEM
from zonetwin.io.fault import Fault, Faults
from zonetwin.io.model import Geometries
from zonetwin.io.shapes import fit_shapes


@dataclass(frozen=True, slots=True)
class Merged:
    """Drafts with unique keys, how many went into others, and how many had to be left out."""

    drafts: pa.Table
    merged: int
    quarantined: int


def merge_drafts(drafts: pa.Table, *, kind: str, geometry: Geometry, found: Faults) -> Merged:
    """Put the drafts of equal keys together, in the order of their first.

    Points do not unite: a second point with the same key at another place is quarantined.
    """
    groups = _groups(drafts["key"])
    if not groups:
        return Merged(drafts, 0, 0)
    shapes: Geometries = shapely.from_wkb(drafts["geom"].to_numpy(zero_copy_only=False))
    keep = np.ones(drafts.num_rows, dtype=np.bool_)
    quarantined = 0
    for rows in groups:
        fitting = _fitting(rows, shapes) if geometry is Geometry.POINT else rows
        for row in sorted(set(rows) - set(fitting)):
            found.add(_elsewhere(drafts, shapes, row, kind))
            quarantined += 1
        keep[rows[1:]] = False
        shapes[rows[0]] = _united(shapes[fitting], geometry)
    columns = {name: _first_known(drafts[name], groups) for name in drafts.column_names}
    columns["geom"] = pa.chunked_array([pa.array(shapely.to_wkb(shapes, byte_order=1), pa.binary())])
    merged = int((~keep).sum()) - quarantined
    return Merged(pa.table(columns).filter(pa.array(keep)), merged, quarantined)


def _groups(keys: "pa.ChunkedArray[Any]") -> list[list[int]]:
    """List the rows of each key that occurs more than once."""
    codes = pc.rank(keys, tiebreaker="min").to_numpy(zero_copy_only=False)
    order = np.argsort(codes, kind="stable")
    starts = np.flatnonzero(np.diff(codes[order], prepend=-1))
    runs = np.split(order, starts[1:])
    return sorted(run.tolist() for run in runs if len(run) > 1)


def _fitting(rows: Sequence[int], shapes: Geometries) -> list[int]:
    """List the rows whose point is where the first one's is, or that have none."""
    first = next((shapes[row] for row in rows if shapes[row] is not None), None)
    return [row for row in rows if shapes[row] is None or shapely.equals_exact(shapes[row], first, 0.0)]


def _elsewhere(drafts: pa.Table, shapes: Geometries, row: int, kind: str) -> Fault:
    x, y = float(shapely.get_x(shapes[row])), float(shapely.get_y(shapes[row]))
    key, name = drafts["key"][row].as_py(), drafts[ITEM][row].as_py()
    return faults.same_key_elsewhere(key).at(item=name, kind=kind, x=x, y=y)


def _united(pieces: Geometries, geometry: Geometry) -> shapely.Geometry | None:
    """Unite the pieces of one object; lines are joined where their ends meet."""
    placed = pieces[~shapely.is_missing(pieces)]
    if len(placed) == 0:
        return None
    shape: shapely.Geometry = placed[0]
    if len(placed) == 1 or geometry is Geometry.POINT:
        return shape
    shape = shapely.union_all(placed)
    if geometry is Geometry.LINE:
        shape = shapely.line_merge(shape)
    single = np.array([shape], dtype=object)
    fitted: shapely.Geometry | None = fit_shapes(single, geometry).geometry[0]
    return fitted


def _first_known(column: "pa.ChunkedArray[Any]", groups: Sequence[Sequence[int]]) -> "pa.ChunkedArray[Any]":
    """Put into the first row of each group the first value of the group that is not null."""
    known = pc.is_valid(column).to_numpy(zero_copy_only=False)
    source = np.arange(len(column))
    for rows in groups:
        source[rows[0]] = next((row for row in rows if known[row]), rows[0])
    return column.take(source)
