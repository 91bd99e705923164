"""The record in one SQLite file, which is a GeoPackage: WAL, durable at every commit, one writer.

Readers see the last committed Change; the thread that has a Change open sees its own writes too. Other programs
may read the file at any time. It needs a local disk.
"""

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from zonetwin.core.actor import Actor
from zonetwin.core.clock import Clock
from zonetwin.core.errors import Conflict, Unavailable
from zonetwin.core.kind import Kind
from zonetwin.store import changes, geopackage
from zonetwin.store.connection import BUSY_SECONDS, Readers, connect_writer, plain_errors
from zonetwin.store.inspection import Inspector
from zonetwin.store.migrations import migrate, pending_migrations, record_part
from zonetwin.store.model import Change, Part, Store, Writer
from zonetwin.store.publishing import Publications, published_of, replace_views, stale_views
from zonetwin.store.record_reader import RecordReader
from zonetwin.store.writing import SqliteWriter


def open_store(path: Path, *, kinds: Iterable[Kind], parts: Iterable[Part], clock: Clock) -> Store:
    """Open the record, creating it or bringing its schema forward where needed.

    Raises:
        Conflict: the file is newer than this program, or a property changed its type.
        InvalidInput: the file is not a record.
        Unavailable: the file cannot be opened, or must be changed while another program writes.
    """
    by_name = {kind.name: kind for kind in kinds}
    all_parts = (record_part(), *parts)
    connection = connect_writer(path)
    try:
        with plain_errors(path):
            _prepare(connection, by_name, all_parts)
    except BaseException:
        connection.close()
        raise
    return SqliteStore(path, connection, by_name, all_parts, clock)


class SqliteStore(RecordReader):
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
        self._clock = clock
        self._connection = connection
        self._readers = Readers(path)
        self._lock = threading.Lock()
        self._writing: int | None = None
        inspector = Inspector(path, kinds.values())
        super().__init__(
            MappingProxyType(dict(kinds)),
            Publications(path, published_of(parts), inspector),
            inspector,
            lend=self._lend_own,
            lend_committed=self._readers.borrow,
        )

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

    @contextmanager
    def snapshot(self) -> Iterator[Store]:
        with self._readers.borrow() as connection:
            connection.execute("begin")
            try:
                changes.last_change(connection)  # SQLite fixes its view of the file at the first read
                yield Snapshot(self._kinds, self._publications, self._inspector, connection)
            finally:
                connection.rollback()

    def close(self) -> None:
        self._readers.close()
        self._inspector.close()
        self._connection.close()

    def _change(self, actor: Actor, tool: str, note: str) -> Iterator[Writer]:
        connection = self._connection
        connection.execute("begin immediate")
        self._writing = threading.get_ident()
        try:
            at = self._instant()
            change = changes.last_change(connection) + 1
            writer = SqliteWriter(
                connection, self._kinds, self._inspector, file=self._path, change=change, at=at
            )
            before = connection.total_changes
            yield writer
            writer.close()
            if connection.total_changes > before or writer.counts():
                entry = Change(writer.change, at, actor, tool, note, writer.counts(), writer.box)
                changes.add_change(connection, entry)
                geopackage.note_change(connection, entry)
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
    def _lend_own(self) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection to the thread that has a Change open, a reading one to every other."""
        if self._writing == threading.get_ident():
            yield self._connection
            return
        with self._readers.borrow() as connection:
            yield connection


class Snapshot(RecordReader):
    """The record as it stood at one instant, for reading only."""

    def __init__(
        self,
        kinds: Mapping[str, Kind],
        publications: Publications,
        inspector: Inspector,
        connection: sqlite3.Connection,
    ) -> None:
        self._connection = connection
        self._turn = threading.RLock()
        super().__init__(kinds, publications, inspector, lend=self._take, lend_committed=self._take)

    def begin(self, *, actor: Actor, tool: str, note: str = "") -> AbstractContextManager[Writer]:
        raise Conflict("A snapshot of the record cannot be written.", hint="Write to the store itself.")

    def snapshot(self) -> AbstractContextManager[Store]:
        return nullcontext(self)

    def close(self) -> None:
        """Do nothing: the snapshot ends with its block."""

    @contextmanager
    def _take(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            yield self._connection


def _prepare(connection: sqlite3.Connection, kinds: Mapping[str, Kind], parts: Sequence[Part]) -> None:
    """Set the file up, or bring it forward; nothing is written where nothing is missing."""
    is_new = not geopackage.is_geopackage(connection)
    if is_new:
        connection.execute("pragma page_size = 4096")
        connection.execute("pragma journal_mode = wal")
    elif not _pending(connection, kinds, parts):
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
    if is_new:
        # GDAL reads the application id from the file itself, so the first page must have left the log.
        connection.execute("pragma wal_checkpoint(truncate)").fetchone()


def _pending(connection: sqlite3.Connection, kinds: Mapping[str, Kind], parts: Sequence[Part]) -> bool:
    missing = [geopackage.missing_columns(connection, kind) for kind in kinds.values()]
    return (
        any(missing)
        or bool(pending_migrations(connection, parts))
        or bool(stale_views(connection, published_of(parts)))
    )
