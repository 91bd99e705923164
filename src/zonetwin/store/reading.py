"""Reading features of one kind into Arrow: which plan a statement takes, and rows turned into columns."""

import json
import sqlite3
from collections.abc import Iterator, Sequence

import pyarrow as pa

from zonetwin.core.kind import Kind
from zonetwin.core.space import Box
from zonetwin.store import rtree_nodes
from zonetwin.store.columns import Column, arrow_from_values, has_place, read_order
from zonetwin.store.geometry_blob import bounds_of_blob
from zonetwin.store.geopackage import past_table, rtree_of
from zonetwin.store.model import Selection, Value
from zonetwin.store.selecting import (
    count_statement,
    float32_slack,
    is_past,
    page_statement,
    read_expression,
    selected_columns,
)

_ROWS_AT_ONCE = 65_536
_LOOKUPS_PER_HIT = 6.0
"""Measured: looking a row up in the R*Tree costs as much as finding six rows of a box by searching it."""


def read_features(connection: sqlite3.Connection, kind: Kind, selection: Selection) -> pa.Table:
    """Read the selected features, ordered by fid.

    Raises:
        InvalidInput: the selection names a column the kind lacks.
    """
    sql, values = page_statement(kind, selection, in_order=_is_page_of_many(connection, kind, selection))
    return table_from_rows(connection.execute(sql, values), selected_columns(kind, selection))


def count_features(connection: sqlite3.Connection, kind: Kind, selection: Selection) -> int:
    """Count the selected features; the limit of the selection is not applied."""
    sql, values = count_statement(kind, selection)
    (found,) = connection.execute(sql, values).fetchone()
    return int(found)


def extent_of(connection: sqlite3.Connection, kind: Kind) -> Box | None:
    """Enclose all current features exactly: the R*Tree names the few that can be outermost on each side."""
    if not has_place(kind):
        return None
    outer = rtree_nodes.root(connection, rtree_of(kind.name)).enclosing()
    if outer is None:
        return None
    west = min(bounds_of_blob(blob)[0] for blob in _outermost(connection, kind, "minx <= ?", outer[0], 1))
    east = max(bounds_of_blob(blob)[1] for blob in _outermost(connection, kind, "maxx >= ?", outer[1], -1))
    south = min(bounds_of_blob(blob)[2] for blob in _outermost(connection, kind, "miny <= ?", outer[2], 1))
    north = max(bounds_of_blob(blob)[3] for blob in _outermost(connection, kind, "maxy >= ?", outer[3], -1))
    return Box(west, south, east, north)


def read_history(connection: sqlite3.Connection, kind: Kind, fid: int) -> list[dict[str, Value]]:
    """Give every version of a feature, the current one first, then the past from newest to oldest."""
    columns = read_order(kind, past=True)
    current = ", ".join(read_expression(column, kind, past=False) for column in columns)
    past = ", ".join(read_expression(column, kind, past=True) for column in columns)
    rows = connection.execute(f'select {current} from "{kind.name}" where fid = ?', (fid,)).fetchall()
    rows += connection.execute(
        f'select {past} from "{past_table(kind.name)}" where fid = ? order by version desc', (fid,)
    ).fetchall()
    booleans = {column.name for column in columns if pa.types.is_boolean(column.arrow)}
    return [
        {
            column.name: bool(value) if column.name in booleans and value is not None else value
            for column, value in zip(columns, row, strict=True)
        }
        for row in rows
    ]


def fids_of_keys(
    connection: sqlite3.Connection, kind: Kind, source: str, keys: Sequence[str]
) -> dict[str, int]:
    """Find current features of a source by their keys."""
    sql = (
        f'select key, fid from "{kind.name}" where key in (select value from json_each(:keys))'
        " and source in (select id from zonetwin_source where name = :source) order by fid"
    )
    return dict(connection.execute(sql, {"keys": json.dumps(list(keys)), "source": source}))


def table_from_rows(cursor: sqlite3.Cursor, columns: Sequence[Column]) -> pa.Table:
    """Collect the rows of a cursor into a table, some tens of thousands at a time."""
    schema = pa.schema([(column.name, column.arrow) for column in columns])
    return pa.Table.from_batches(_batches(cursor, schema), schema)


def _batches(cursor: sqlite3.Cursor, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        arrays = [
            arrow_from_values(values, type_)
            for values, type_ in zip(zip(*rows, strict=True), schema.types, strict=True)
        ]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def _outermost(
    connection: sqlite3.Connection, kind: Kind, near: str, bound: float, inward: int
) -> list[bytes]:
    """Fetch the geometries whose boxes come so near a bound of the tree that one of them sets it."""
    rows = connection.execute(
        f'select geom from "{kind.name}" where fid in (select id from "{rtree_of(kind.name)}" where {near})',
        (bound + inward * 2 * float32_slack(bound),),
    )
    return [blob for (blob,) in rows]


def _is_page_of_many(connection: sqlite3.Connection, kind: Kind, selection: Selection) -> bool:
    """Tell whether going through the rows in order finds a page sooner than searching its whole box."""
    box, limit = selection.box, selection.limit
    if box is None or limit is None or not has_place(kind) or is_past(selection):
        return False
    if selection.equals or selection.fids is not None:
        return False
    root = rtree_nodes.root(connection, rtree_of(kind.name))
    share = root.share_of(box)
    return share > 0 and _LOOKUPS_PER_HIT * limit / share < share * root.entries
