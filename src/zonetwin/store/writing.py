"""Writing inside one Change: features added, revised and ended, domain tables, and what the ledger will say.

Revising or ending a feature moves its former version to `<kind>_past`. A revision without `valid_from` corrects:
the new version holds from where the old one did. With it, the old version is over from that day.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.kind import Kind
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.store import changes, rtree_packing
from zonetwin.store.columns import Column, column_list, columns_of, has_place, instant_text, values_from_arrow
from zonetwin.store.connection import plain_errors
from zonetwin.store.geometry_blob import Bounds, blobs_from_wkb, bounds_of_blob, box_of_bounds, join_boxes
from zonetwin.store.geopackage import (
    create_guard,
    create_rtree_triggers,
    drop_guard,
    drop_rtree_triggers,
    past_table,
    rtree_of,
)
from zonetwin.store.inspection import Inspector
from zonetwin.store.model import Row, Value

_OWN = ("fid", "source", "recorded_at", "change")
_ROWS_AT_ONCE = 50_000
_BULK_ROWS = 1000
"""From how many rows on triggers are taken off for a load; taking them off and on again costs about 2 ms."""


class SqliteWriter:
    """The writer of one open Change. `counts` and `box` say at its end what was touched."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        kinds: Mapping[str, Kind],
        inspector: Inspector,
        *,
        file: Path,
        change: int,
        at: datetime,
    ) -> None:
        self.change = change
        self.at = at
        self.box: Box | None = None
        self._connection = connection
        self._kinds = kinds
        self._inspector = inspector
        self._file = file
        self._noted: dict[str, int] = {}
        self._written: dict[str, int] = {}
        self._is_open = True

    def add_source(self, source: Source) -> int:
        """Record a source, or find the one with the same name and file, and give its id."""
        before = self._connection.total_changes
        id_ = changes.add_source(self._connection, source)
        if self._connection.total_changes > before:
            self.touch("source")
        return id_

    def add(self, kind: str, features: pa.Table, *, source: int, valid_from: date | None = None) -> list[int]:
        """Add features and give their new fids, in order."""
        declared = self._kind(kind)
        _check_given(declared, features.column_names)
        first = self._next_fid(kind)
        fixed: Row = {
            "source": source,
            "valid_from": valid_from.isoformat() if valid_from else None,
            "recorded_at": instant_text(self.at),
            "change": self.change,
        }
        with self._whole(), self._bulk(declared, features.num_rows) as note_bounds:
            for start in range(0, features.num_rows, _ROWS_AT_ONCE):
                part = features.slice(start, _ROWS_AT_ONCE)
                note_bounds(self._insert(declared, part, first + start, fixed))
        self.touch(kind, features.num_rows)
        return list(range(first, first + features.num_rows))

    def revise(
        self, kind: str, fid: int, values: Mapping[str, Value], *, valid_from: date | None = None
    ) -> None:
        """Replace some properties (and `geom`, as WKB) of a feature; the former version goes to its past."""
        declared = self._kind(kind)
        _check_given(declared, [name for name in values if name != "valid_from"])
        if "valid_from" in values:
            raise InvalidInput("A revision's `valid_from` is not among its values.", hint="Give it by name.")
        new, bounds = _encoded_row(declared, values)
        if valid_from is not None:
            new["valid_from"] = valid_from.isoformat()
        new |= {"recorded_at": instant_text(self.at), "change": self.change}
        assigned = ", ".join(f'"{name}" = :{name}' for name in new)
        self._archive(declared, fid, valid_to=valid_from)
        self._connection.execute(f'update "{kind}" set {assigned} where fid = :fid_', {**new, "fid_": fid})
        if bounds is not None:
            self._widen(bounds)
        self.touch(kind)

    def end(self, kind: str, fid: int, *, valid_to: date) -> None:
        """Close a feature: it holds no longer from this day on and leaves the current rows."""
        declared = self._kind(kind)
        (begun,) = self._current(declared, fid, "valid_from")
        if isinstance(begun, str) and begun > valid_to.isoformat():
            raise InvalidInput(f"{kind} {fid} holds from {begun}, so it cannot end on {valid_to}.")
        self._archive(declared, fid, valid_to=valid_to)
        self._connection.execute(f'delete from "{kind}" where fid = ?', (fid,))
        self.touch(kind)

    def execute(self, sql: str, parameters: Mapping[str, Value] | None = None) -> int:
        """Run one statement of domain SQL on a domain's own tables and give its last row id."""
        return self._run(sql, lambda: self._connection.execute(sql, parameters or {})).lastrowid or 0

    def execute_many(self, sql: str, parameters: Iterable[Mapping[str, Value]]) -> None:
        """Run one statement of domain SQL for each set of parameters."""
        self._run(sql, lambda: self._connection.executemany(sql, parameters))

    def touch(self, table: str, count: int = 1) -> None:
        """Note in the Change that rows of a domain's table were written."""
        if count:
            self._noted[table] = self._noted.get(table, 0) + count

    def counts(self) -> dict[str, int]:
        """Count rows by kind or table: as noted by `touch`, else as the statements wrote them."""
        return {**self._written, **self._noted}

    def close(self) -> None:
        """End the writer's use: what is called on it later is an error."""
        self._is_open = False

    def _kind(self, name: str) -> Kind:
        self._check_open()
        try:
            return self._kinds[name]
        except KeyError:
            raise NotFound(f"There is no kind {name!r}.", hint=f"Known: {', '.join(self._kinds)}.") from None

    def _run(self, sql: str, run: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
        self._check_open()
        tables = self._inspector.check_write(sql)
        with plain_errors(self._file):
            cursor = run()
        for table in tables if cursor.rowcount > 0 else ():
            self._written[table] = self._written.get(table, 0) + cursor.rowcount
        return cursor

    def _check_open(self) -> None:
        if not self._is_open:
            raise InvalidInput("This Change is over.", hint="Open a new one with `store.begin`.")

    def _next_fid(self, kind: str) -> int:
        """Give the fid after the highest ever used, also by features that have ended."""
        row = self._connection.execute("select seq from sqlite_sequence where name = ?", (kind,)).fetchone()
        return int(row[0]) + 1 if row else 1

    def _insert(self, kind: Kind, features: pa.Table, first: int, fixed: Row) -> Bounds:
        columns = columns_of(kind)
        values, bounds = _encoded(kind, columns, features, fixed)
        values["fid"] = range(first, first + features.num_rows)
        marks = ", ".join("?" * len(columns))
        self._connection.executemany(
            f'insert into "{kind.name}" ({column_list(columns)}) values ({marks})',
            zip(*(values[column.name] for column in columns), strict=True),
        )
        self._widen(bounds)
        return bounds

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Undo what the block wrote if it fails, so that a caller may catch the error and go on with the Change."""
        self._connection.execute("savepoint whole")
        try:
            with plain_errors(self._file):
                yield
        except BaseException:
            if self._connection.in_transaction:  # a full disk has undone the whole transaction already
                self._connection.execute("rollback to whole")
                self._connection.execute("release whole")
            raise
        self._connection.execute("release whole")

    @contextmanager
    def _bulk(self, kind: Kind, rows: int) -> Iterator[Callable[[Bounds], None]]:
        """Load many rows without the triggers that fire on each, and give the R*Tree its new boxes at the end."""
        connection, tree = self._connection, rtree_of(kind.name)
        if rows < _BULK_ROWS:
            yield lambda bounds: None
            return
        packs = has_place(kind) and rtree_packing.is_worthwhile(connection, tree, rows)
        parts: list[Bounds] = []
        first = self._next_fid(kind.name)
        drop_guard(connection, kind.name, "insert")
        if packs:
            drop_rtree_triggers(connection, kind.name)
        yield parts.append
        if packs:
            rtree_packing.pack_into(connection, tree, np.arange(first, first + rows), np.concatenate(parts))
            create_rtree_triggers(connection, kind.name, "fid")
        create_guard(connection, kind.name, "insert")

    def _archive(self, kind: Kind, fid: int, *, valid_to: date | None) -> None:
        (blob,) = self._current(kind, fid, "geom" if has_place(kind) else "null")
        if isinstance(blob, bytes):
            west, east, south, north = bounds_of_blob(blob)
            self.box = join_boxes(self.box, Box(west, south, east, north))
        listed = column_list(columns_of(kind))
        self._connection.execute(
            f'insert into "{past_table(kind.name)}" ({listed}, valid_to, replaced_at)'
            f' select {listed}, ?, ? from "{kind.name}" where fid = ?',
            (valid_to.isoformat() if valid_to else None, instant_text(self.at), fid),
        )

    def _current(self, kind: Kind, fid: int, columns: str) -> tuple[Value, ...]:
        query = f'select {columns} from "{kind.name}" where fid = ?'
        row: tuple[Value, ...] | None = self._connection.execute(query, (fid,)).fetchone()
        if row is None:
            raise NotFound(f"There is no current {kind.name} with fid {fid}.")
        return row

    def _widen(self, bounds: Bounds) -> None:
        self.box = join_boxes(self.box, box_of_bounds(bounds))


def _check_given(kind: Kind, given: Iterable[str]) -> None:
    known = {"geom", "key", "valid_from", "more", *(item.name for item in kind.properties)}
    if unknown := sorted(set(given) - known):
        raise InvalidInput(
            f"{kind.name!r} has no columns {unknown}.", hint=f"It takes: {', '.join(sorted(known))}."
        )


def _encoded(
    kind: Kind, columns: tuple[Column, ...], features: pa.Table, fixed: Row
) -> tuple[dict[str, Iterable[object]], Bounds]:
    """Give each column's values as SQLite keeps them; columns not given are null, or as `fixed` says."""
    rows = features.num_rows
    values: dict[str, Iterable[object]] = {column.name: [fixed.get(column.name)] * rows for column in columns}
    given = set(features.column_names)
    wkb: Sequence[bytes | None] = features["geom"].to_pylist() if "geom" in given else [None] * rows
    blobs, bounds = blobs_from_wkb(wkb, kind.geometry)
    for column in columns:
        if column.name == "geom":
            values["geom"] = blobs
        elif column.name in given and column.name not in _OWN:
            values[column.name] = values_from_arrow(features[column.name], column)
    return values, bounds


def _encoded_row(kind: Kind, values: Mapping[str, Value]) -> tuple[dict[str, Value], Bounds | None]:
    """Give a revision's values as SQLite keeps them, and the bounds of its place if that is among them."""
    known = {column.name: column for column in columns_of(kind)}
    encoded: dict[str, Value] = {}
    bounds = None
    for name, value in values.items():
        if name != "geom":
            given = pa.table({"value": [value]})["value"]
            (encoded[name],) = values_from_arrow(given, known[name])
            continue
        if value is not None and not isinstance(value, bytes):
            raise InvalidInput("A geometry is given as WKB.")
        (blob,), bounds = blobs_from_wkb([value], kind.geometry)
        if has_place(kind):
            encoded["geom"] = blob
    return encoded, bounds
