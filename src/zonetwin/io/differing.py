"""Where drafts say something else than the record does."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from zonetwin.io.shapes import Mask


def differing_rows(drafts: pa.Table, current: pa.Table) -> dict[str, Mask]:
    """Tell for each column of the drafts in which rows it differs from the record.

    Args:
        drafts: What a file says.
        current: The record's rows in the same order, with at least these columns.

    Returns:
        By column. Instants are compared to the millisecond, shapes vertex by vertex whatever their order of parts.
        A draft without `valid_from` does not differ in it: the file says nothing about that.
    """
    differs = {name: _differing(name, drafts[name], current[name]) for name in drafts.column_names}
    if "valid_from" in differs:
        differs["valid_from"] &= pc.is_valid(drafts["valid_from"]).to_numpy(zero_copy_only=False)
    return differs


def _differing(name: str, draft: "pa.ChunkedArray[Any]", current: "pa.ChunkedArray[Any]") -> Mask:
    if name == "geom":
        return _differing_shapes(draft, current)
    if pa.types.is_timestamp(draft.type):
        millisecond = pa.timestamp("ms", tz="UTC")
        draft, current = draft.cast(millisecond, safe=False), current.cast(millisecond, safe=False)
    equal: Any = pc.equal(draft, current)
    both_null: Any = pc.and_(pc.is_null(draft), pc.is_null(current))
    same: Any = pc.or_(pc.fill_null(equal, False), both_null)
    mask: Mask = ~same.to_numpy(zero_copy_only=False)
    return mask


def _differing_shapes(draft: "pa.ChunkedArray[Any]", current: "pa.ChunkedArray[Any]") -> Mask:
    first, second = draft.to_numpy(), current.to_numpy()
    differs = np.array([one != other for one, other in zip(first, second, strict=True)], dtype=np.bool_)
    rows = np.flatnonzero(differs)
    if len(rows):
        ours, theirs = (shapely.normalize(shapely.from_wkb(side[rows])) for side in (first, second))
        differs[rows] = ~shapely.equals_identical(ours, theirs)
    return differs
