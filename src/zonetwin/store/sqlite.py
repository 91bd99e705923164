"""The record in one SQLite file, which is a GeoPackage: WAL, durable at every commit, one writer.

Readers see the last committed Change; the thread that has a Change open sees its own writes too. Other programs
may read the file at any time. It needs a local disk.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa

from zonetwin.core.actor import Actor, Viewer
from zonetwin.core.clock import Clock
from zonetwin.core.errors import Conflict, NotFound, Unavailable
from zonetwin.core.kind import Kind
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.store import changes, geopackage, reading
from zonetwin.store.columns import Column
from zonetwin.store.connection import BUSY_SECONDS, Readers, connect_writer, plain_errors
from zonetwin.store.migrations import RECORD, migrate, pending_migrations
from zonetwin.store.model import EVERYTHING, Change, Part, Row, Selection, Store, Value, Writer
from zonetwin.store.publishing import published_columns, published_of, replace_views, stale_views
from zonetwin.store.writing import SqliteWriter


def open_store(path: Path, *, kinds: Iterable[Kind], parts: Iterable[Part], clock: Clock) -> Store:
    """Open the record, creating it or bringing its schema forward where needed.

    Raises:
        Conflict: the file is newer than this program, or a property changed its type.
        InvalidInput: the file is not a record.
        Unavailable: the file cannot be opened, or must be changed while another program writes.
    """
    by_name = {kind.name: kind for kind in kinds}
    all_parts = (RECORD, *parts)
    connection = connect_writer(path)
    try:
        with plain_errors(path):
            _prepare(connection, by_name, all_parts)
    except BaseException:
        connection.close()
        raise
    return SqliteStore(path, connection, by_name, all_parts, clock)


class SqliteStore:
    """An open record; `Store` says what its methods give."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        kinds: Mapping[str, Kind],
        parts: Sequence[Part],
        clock: Clock,
    ) -> None:
        self._path = path
        self._kinds = MappingProxyType(dict(kinds))
        self._published = published_of(parts)
        self._published_columns: dict[str, tuple[Column, ...]] = {}
        self._clock = clock
        self._connection = connection
        self._readers = Readers(path)
        self._lock = threading.Lock()
        self._writing: int | None = None

    @property
    def kinds(self) -> Mapping[str, Kind]:
        return self._kinds

    @property
    def last_change(self) -> int:
        with self._readers.borrow() as connection:
            return changes.last_change(connection)

    def kind_change(self, table: str) -> int:
        with self._readers.borrow() as connection:
            return changes.table_change(connection, table)

    def read(self, kind: str, viewer: Viewer, selection: Selection = EVERYTHING) -> pa.Table:
        declared = self._seen(kind, viewer)
        with self._reading() as connection:
            return reading.read_features(connection, declared, selection)

    def count(self, kind: str, viewer: Viewer, selection: Selection = EVERYTHING) -> int:
        declared = self._seen(kind, viewer)
        with self._reading() as connection:
            return reading.count_features(connection, declared, selection)

    def extent(self, kind: str, viewer: Viewer) -> Box | None:
        declared = self._seen(kind, viewer)
        with self._reading() as connection:
            return reading.extent_of(connection, declared)

    def history(self, kind: str, fid: int, viewer: Viewer) -> list[Row]:
        declared = self._seen(kind, viewer)
        with self._reading() as connection:
            return reading.read_history(connection, declared, fid)

    def fids_of_keys(self, kind: str, source: str, keys: Sequence[str]) -> dict[str, int]:
        declared = self._kind(kind)
        with self._reading() as connection:
            return reading.fids_of_keys(connection, declared, source, keys)

    def sources(self) -> list[tuple[int, Source]]:
        with self._reading() as connection:
            return changes.all_sources(connection)

    def select(self, sql: str, parameters: Mapping[str, Value] | None = None) -> list[Row]:
        with self._reading() as connection:
            cursor = connection.execute(sql, parameters or {})
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def published(self, table: str) -> pa.Table:
        sql = self._published.get(table)
        if sql is None:
            raise NotFound(
                f"No table {table!r} is published.", hint=f"Published: {', '.join(sorted(self._published))}."
            )
        if table not in self._published_columns:
            self._published_columns[table] = published_columns(self._path, table, sql)
        with self._reading() as connection:
            return reading.table_from_rows(connection.execute(sql), self._published_columns[table])

    def changes(self, *, before: int | None = None, limit: int = 100) -> list[Change]:
        with self._readers.borrow() as connection:
            return changes.changes_before(connection, before, limit)

    def changes_since(self, change: int) -> list[Change]:
        with self._readers.borrow() as connection:
            return changes.changes_since(connection, change)

    @contextmanager
    def begin(self, *, actor: Actor, tool: str, note: str = "") -> Iterator[Writer]:
        if self._writing == threading.get_ident():
            raise Conflict("A Change is already open in this thread.", hint="Write within it.")
        if not self._lock.acquire(timeout=BUSY_SECONDS):
            raise Unavailable("Another write is going on.", hint="Try again when it is done.")
        try:
            with plain_errors(self._path):
                yield from self._change(actor, tool, note)
        finally:
            self._lock.release()

    def close(self) -> None:
        self._readers.close()
        self._connection.close()

    def _change(self, actor: Actor, tool: str, note: str) -> Iterator[Writer]:
        connection = self._connection
        connection.execute("begin immediate")
        self._writing = threading.get_ident()
        try:
            at = self._instant()
            writer = SqliteWriter(connection, self._kinds, change=changes.last_change(connection) + 1, at=at)
            before = connection.total_changes
            yield writer
            writer.close()
            if connection.total_changes > before:
                entry = Change(writer.change, at, actor, tool, note, writer.counts, writer.box)
                changes.add_change(connection, entry)
            connection.execute("commit")
        except BaseException:
            connection.rollback()
            raise
        finally:
            self._writing = None

    def _instant(self) -> datetime:
        """Give the Change's instant: the clock's, never before the last Change, so that order and time agree."""
        now = self._clock.now()
        last = changes.last_change_at(self._connection)
        return max(now, last) if last else now

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        if self._writing == threading.get_ident():
            yield self._connection
            return
        with self._readers.borrow() as connection:
            yield connection

    def _kind(self, name: str) -> Kind:
        try:
            return self._kinds[name]
        except KeyError:
            raise NotFound(f"There is no kind {name!r}.", hint=f"Known: {', '.join(self._kinds)}.") from None

    def _seen(self, name: str, viewer: Viewer) -> Kind:
        """Find a kind; one that holds persons is not there for a viewer who may not see them."""
        kind = self._kinds.get(name)
        if kind is None or (kind.persons and not viewer.sees_persons):
            known = [item.name for item in self._kinds.values() if viewer.sees_persons or not item.persons]
            raise NotFound(f"There is no kind {name!r}.", hint=f"Known: {', '.join(known)}.")
        return kind


def _prepare(connection: sqlite3.Connection, kinds: Mapping[str, Kind], parts: Sequence[Part]) -> None:
    """Set the file up, or bring it forward; nothing is written where nothing is missing."""
    if not geopackage.is_geopackage(connection):
        connection.execute("pragma page_size = 4096")
        connection.execute("pragma journal_mode = wal")
    elif not (_pending(connection, kinds, parts)):
        return
    connection.execute("begin immediate")
    try:
        if not geopackage.is_geopackage(connection):
            geopackage.create_geopackage(connection)
        migrate(connection, pending_migrations(connection, parts))
        for kind in kinds.values():
            if columns := geopackage.missing_columns(connection, kind):
                geopackage.add_kind(connection, kind, columns)
        replace_views(connection, published_of(parts))
        connection.execute("commit")
    except BaseException:
        connection.rollback()
        raise


def _pending(connection: sqlite3.Connection, kinds: Mapping[str, Kind], parts: Sequence[Part]) -> bool:
    missing = [geopackage.missing_columns(connection, kind) for kind in kinds.values()]
    return (
        any(missing)
        or bool(pending_migrations(connection, parts))
        or bool(stale_views(connection, published_of(parts)))
    )
