"""Reading features of one kind into Arrow: statements composed from a selection, rows turned into columns.

A box is matched by envelopes. The R*Tree holds them as float32 rounded outward, so an entry that meets the box only
within that rounding is decided by the exact envelope in the blob (`zonetwin_meets`); such entries are rare.

Reads of the past pick, for each feature, the newest version recorded by `known` that begins by `at`, and give it
where it was not over then: what was said last about a day is what held on it.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from zonetwin.core.errors import InvalidInput
from zonetwin.core.kind import Kind
from zonetwin.core.space import Box
from zonetwin.store.columns import Column, arrow_from_values, has_place, instant_text, read_order
from zonetwin.store.geometry_blob import HEADER_BYTES, bounds_of_blob
from zonetwin.store.geopackage import past_table, rtree_of
from zonetwin.store.model import Selection, Value

_ROWS_AT_ONCE = 65_536
_FLOAT32_SLACK = 2.0**-21  # relative: SQLite rounds a bound by at most two units in the last place, 2**-22


@dataclass(slots=True)
class _Statement:
    """A select under construction: its conditions and the values of its parameters."""

    conditions: list[str] = field(default_factory=list)
    values: dict[str, Value] = field(default_factory=dict)

    def where(self) -> str:
        return f" where {' and '.join(self.conditions)}" if self.conditions else ""


def read_features(connection: sqlite3.Connection, kind: Kind, selection: Selection) -> pa.Table:
    """Read the selected features, ordered by fid.

    Raises:
        InvalidInput: the selection names a column the kind lacks.
    """
    columns = _selected_columns(kind, selection)
    sql, values = _select(kind, selection, ", ".join(_expression(column, kind) for column in columns))
    sql += " order by fid"
    if selection.limit is not None:
        sql += " limit :limit"
        values["limit"] = selection.limit
    return table_from_rows(connection.execute(sql, values), columns)


def count_features(connection: sqlite3.Connection, kind: Kind, selection: Selection) -> int:
    """Count the selected features; the limit of the selection is not applied."""
    sql, values = _select(kind, selection, "count(*)")
    (found,) = connection.execute(sql, values).fetchone()
    return int(found)


def extent_of(connection: sqlite3.Connection, kind: Kind) -> Box | None:
    """Enclose all current features exactly: the R*Tree names the few that can be outermost on each side."""
    if not has_place(kind):
        return None
    sides = []
    for side, extreme in enumerate(("minx", "maxx", "miny", "maxy")):
        outermost = _outermost(connection, kind, extreme)
        if outermost is None:
            return None
        pick = min if extreme.startswith("min") else max
        sides.append(pick(bounds_of_blob(blob)[side] for blob in outermost))
    west, east, south, north = sides
    return Box(west, south, east, north)


def read_history(connection: sqlite3.Connection, kind: Kind, fid: int) -> list[dict[str, Value]]:
    """Give every version of a feature, the current one first, then the past from newest to oldest."""
    columns = read_order(kind, past=True)
    current = ", ".join(_expression(column, kind, past=False) for column in columns)
    past = ", ".join(_expression(column, kind, past=True) for column in columns)
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


def _selected_columns(kind: Kind, selection: Selection) -> tuple[Column, ...]:
    columns = read_order(kind, past=_is_past(selection))
    if selection.columns is None:
        return columns
    _check_columns(kind, selection.columns, {column.name for column in columns})
    return tuple(column for column in columns if column.name in {"fid", *selection.columns})


def _check_columns(kind: Kind, names: Sequence[str], known: set[str]) -> None:
    if unknown := sorted(set(names) - known):
        raise InvalidInput(
            f"{kind.name!r} has no columns {unknown}.", hint=f"It has: {', '.join(sorted(known))}."
        )


def _expression(column: Column, kind: Kind, *, past: bool | None = None) -> str:
    """Write how a column is read; `past` tells which table it comes from, None that both have been joined."""
    if past is False and column.name in ("valid_to", "replaced_at"):
        return "null"
    if column.name != "geom":
        return f'"{column.name}"'
    return f"substr(geom, {HEADER_BYTES + 1})" if has_place(kind) else "null"


def _is_past(selection: Selection) -> bool:
    return selection.at is not None or selection.known is not None


def _select(kind: Kind, selection: Selection, what: str) -> tuple[str, dict[str, Value]]:
    statement = _Statement()
    past = _is_past(selection)
    _narrow(statement, kind, selection)
    if past:
        source = _versions(statement, kind, selection)
        if selection.box is not None:
            statement.conditions.append(_meets(statement, kind, selection.box))
    else:
        source = f'"{kind.name}"'
        if selection.box is not None:
            tree = _in_box(statement, kind, kind.name, "fid", selection.box)
            statement.conditions.append(f"fid in ({tree})")
    return f"select {what} from {source}{statement.where()}", statement.values


def _narrow(statement: _Statement, kind: Kind, selection: Selection) -> None:
    """Add the conditions on fid and on properties."""
    if selection.after:
        statement.conditions.append("fid > :after")
        statement.values["after"] = selection.after
    if selection.fids is not None:
        statement.conditions.append("fid in (select value from json_each(:fids))")
        statement.values["fids"] = json.dumps([int(fid) for fid in selection.fids])
    known = {column.name for column in read_order(kind, past=False)} - {"geom"}
    _check_columns(kind, list(selection.equals), known)
    for position, (name, value) in enumerate(selection.equals.items()):
        statement.conditions.append(f'"{name}" is :equal{position}')
        statement.values[f"equal{position}"] = value


def _in_box(statement: _Statement, kind: Kind, table: str, key: str, box: Box) -> str:
    """Write the select of the R*Tree's entries whose exact envelopes meet a box."""
    if not has_place(kind):
        return "select 1 where false"
    values = statement.values
    values["west"], values["south"], values["east"], values["north"] = box.as_tuple()
    values["west_in"], values["south_in"] = box.west + _slack(box.west), box.south + _slack(box.south)
    values["east_in"], values["north_in"] = box.east - _slack(box.east), box.north - _slack(box.north)
    return (
        f'select id from "{rtree_of(table)}" as tree'
        " where maxx >= :west and minx <= :east and maxy >= :south and miny <= :north"
        " and (maxx >= :west_in and minx <= :east_in and maxy >= :south_in and miny <= :north_in"
        f' or zonetwin_meets((select geom from "{table}" where "{key}" = tree.id), :west, :south, :east, :north))'
    )


def _slack(bound: float) -> float:
    return abs(bound) * _FLOAT32_SLACK + 1e-30


def _meets(statement: _Statement, kind: Kind, box: Box) -> str:
    if not has_place(kind):
        return "false"
    values = statement.values
    values["west"], values["south"], values["east"], values["north"] = box.as_tuple()
    return "zonetwin_meets(geom, :west, :south, :east, :north)"


def _versions(statement: _Statement, kind: Kind, selection: Selection) -> str:
    """Write the select of one version per feature, as it was believed at `known` to hold on `at`."""
    names = [
        column.name for column in read_order(kind, past=False) if column.name != "geom" or has_place(kind)
    ]
    listed = ", ".join(f'"{name}"' for name in names)
    said, held = [], []
    if selection.known is not None:
        statement.values["known"] = instant_text(selection.known)
        said.append("recorded_at <= :known")
        held.append("replaced_at > :known")
    if selection.at is not None:
        statement.values["at"] = selection.at.isoformat()
        said.append("(valid_from is null or valid_from <= :at)")
        statement.values["since"] = (selection.since or selection.at).isoformat()
        held.append("valid_to > :since")
    where = f" where {' and '.join(said)}"
    if selection.box is not None and has_place(kind):
        where += f" and fid in ({_ever_in_box(statement, kind, selection.box)})"
    newest = 2**62
    return (
        f"(select {listed}, valid_to, replaced_at from"
        f" (select {listed}, valid_to, replaced_at,"
        " row_number() over (partition by fid order by version desc) as place from"
        f' (select {listed}, null as valid_to, null as replaced_at, {newest} as version from "{kind.name}"{where}'
        f" union all select {listed}, valid_to, replaced_at, version"
        f' from "{past_table(kind.name)}"{where}))'
        f" where place = 1 and (replaced_at is null or {' or '.join(held)}))"
    )


def _ever_in_box(statement: _Statement, kind: Kind, box: Box) -> str:
    """Write the select of features any version of which meets a box."""
    past = past_table(kind.name)
    current = _in_box(statement, kind, kind.name, "fid", box)
    over = _in_box(statement, kind, past, "version", box)
    return f'{current} union select fid from "{past}" where version in ({over})'


def _outermost(connection: sqlite3.Connection, kind: Kind, side: str) -> list[bytes] | None:
    tree, sign = rtree_of(kind.name), 1 if side.startswith("min") else -1
    pick, compare = ("min", "<=") if sign == 1 else ("max", ">=")
    (bound,) = connection.execute(f'select {pick}({side}) from "{tree}"').fetchone()
    if bound is None:
        return None
    rows = connection.execute(
        f'select geom from "{kind.name}" where fid in (select id from "{tree}" where {side} {compare} ?)',
        (bound + sign * _slack(bound),),
    )
    return [blob for (blob,) in rows]
