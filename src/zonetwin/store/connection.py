"""Connections to the record's file: how they are set up, pooled, and how SQLite's errors become ours.

Writing connections define the functions that the tables' triggers call. A program without them, such as a GIS,
can read everything and is refused when it writes ("no such function: zonetwin_only_zonetwin_writes").
"""

import queue
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zonetwin.core.errors import Conflict, InvalidInput, TwinError, Unavailable
from zonetwin.store.geometry_blob import HEADER_BYTES, bounds_of_blob

GUARD = "zonetwin_only_zonetwin_writes"
BUSY_SECONDS = 10.0
"""How long a write waits for another program that is writing."""

_MAPPED_BYTES = 1 << 32
_CACHE_KIB = 16_384
_WRITER_CACHE_KIB = 65_536


def connect_writer(file: Path) -> sqlite3.Connection:
    """Open the file for writing, durable at every commit, and create it if absent."""
    connection = _connect(file)
    connection.execute("pragma synchronous = full")
    connection.execute(f"pragma cache_size = -{_WRITER_CACHE_KIB}")
    connection.execute("pragma foreign_keys = on")
    for name, value in (("ST_MinX", 0), ("ST_MaxX", 1), ("ST_MinY", 2), ("ST_MaxY", 3)):
        connection.create_function(name, 1, _bound_function(value), deterministic=True)
    connection.create_function("ST_IsEmpty", 1, _is_empty, deterministic=True)
    connection.create_function(GUARD, 0, lambda: 1)
    return connection


def connect_reader(file: Path) -> sqlite3.Connection:
    """Open the file for reading only."""
    connection = _connect(file)
    connection.execute("pragma query_only = on")
    return connection


@contextmanager
def plain_errors(file: Path) -> Iterator[None]:
    """Turn errors of SQLite into ours.

    Raises:
        Unavailable: the file is locked, cannot be opened or the disk is full.
        InvalidInput: the file is not a database, or is damaged.
        Conflict: a row breaks a constraint.
        TwinError: a statement is wrong, which is our fault.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _translated(error, file) from error


class Readers:
    """Reading connections, handed out one at a time to whichever thread asks."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._is_closed = False

    @contextmanager
    def borrow(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for the time of the block."""
        if self._is_closed:
            raise Unavailable("The record is closed.")
        with plain_errors(self._file):
            try:
                connection = self._idle.get_nowait()
            except queue.Empty:
                connection = connect_reader(self._file)
            try:
                yield connection
            except BaseException:
                # A traceback may keep a cursor, and with it an old view of the file, alive.
                connection.close()
                raise
            if self._is_closed:
                connection.close()
            else:
                self._idle.put(connection)

    def close(self) -> None:
        """Close the idle connections; those lent out close when they come back."""
        self._is_closed = True
        while not self._idle.empty():
            self._idle.get_nowait().close()


def _connect(file: Path) -> sqlite3.Connection:
    with plain_errors(file):
        connection = sqlite3.connect(
            file,
            timeout=BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        try:
            connection.execute(f"pragma mmap_size = {_MAPPED_BYTES}")
            connection.execute(f"pragma cache_size = -{_CACHE_KIB}")
            connection.create_function("zonetwin_meets", 5, _meets, deterministic=True)
            connection.execute("select count(*) from sqlite_master").fetchone()
        except BaseException:
            connection.close()
            raise
    return connection


def _translated(error: sqlite3.DatabaseError, file: Path) -> TwinError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Unavailable(
            f"{file.name} is being written by another program.",
            hint="Wait until it is done, or send the command to the running server.",
        )
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return Unavailable(
            f"{str(file)!r} cannot be opened: {error}.", hint="Check the folder and its rights."
        )
    if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return Unavailable(
            f"{file.name} cannot be written: {error}.", hint="Check the space left on the disk."
        )
    if code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT):
        return InvalidInput(
            f"{file.name} is not a readable record: {error}.", hint="Restore it from a backup."
        )
    if code == sqlite3.SQLITE_CONSTRAINT:
        return Conflict(f"What is to be written conflicts with what is there: {error}.")
    return TwinError(f"The record cannot run a statement: {error}.")


def _bound_function(position: int):  # type: ignore[no-untyped-def]
    def bound(blob: bytes | None) -> float | None:
        return None if blob is None else bounds_of_blob(blob)[position]

    return bound


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(len(blob) <= HEADER_BYTES)


def _meets(blob: bytes | None, west: float, south: float, east: float, north: float) -> int:
    if blob is None:
        return 0
    left, right, bottom, top = bounds_of_blob(blob)
    return int(right >= west and left <= east and top >= south and bottom <= north)
