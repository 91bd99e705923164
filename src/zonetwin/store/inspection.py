"""What a statement of domain SQL reads and writes, asked of SQLite itself before the statement first runs.

Domains read what is published and what holds no persons, and write their own tables; features are written only
through `Writer`, which keeps their past. The answers are kept per statement text.
"""

import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from zonetwin.core.errors import InvalidInput
from zonetwin.core.kind import Kind
from zonetwin.store.connection import connect_writer, plain_errors
from zonetwin.store.geopackage import past_table, rtree_of

_READS = frozenset(
    {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
)
_WRITES = frozenset({sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE})
_RECORD_PREFIXES = ("gpkg_", "rtree_", "sqlite_", "zonetwin_")


@dataclass(slots=True)
class Footprint:
    """The tables a statement reads and writes, and whether it does anything beside."""

    reads: set[str] = field(default_factory=set)
    writes: set[str] = field(default_factory=set)
    does_more: bool = False


class _Nulls(dict[str, None]):
    """Every parameter, as null: a statement is planned without its values."""

    def __missing__(self, key: str) -> None:
        return None


class Inspector:
    """Footprints of statements over one file's schema."""

    def __init__(self, file: Path, kinds: Iterable[Kind]) -> None:
        self._file = file
        self._connection = connect_writer(file)  # triggers are planned too, so their functions must be known
        self._lock = threading.Lock()
        self._known: dict[str, Footprint] = {}
        self._features: set[str] = set()
        self._private: set[str] = set()
        for kind in kinds:
            tables = {kind.name, past_table(kind.name), rtree_of(kind.name), rtree_of(past_table(kind.name))}
            self._features |= tables
            if kind.persons:
                self._private |= tables

    def footprint(self, sql: str) -> Footprint:
        """Tell what a statement reads and writes."""
        with self._lock:
            if sql not in self._known:
                self._known[sql] = self._inspected(sql)
            return self._known[sql]

    def check_select(self, sql: str) -> None:
        """Refuse a statement that is not a plain read of what a domain may read.

        Raises:
            InvalidInput: it writes, does something else, or reads a kind that holds persons.
        """
        found = self.footprint(sql)
        if found.writes or found.does_more:
            raise InvalidInput("Only a select can be read from; write within a Change.")
        if hidden := sorted(found.reads & self._private):
            raise InvalidInput(
                f"Domain SQL cannot read {hidden}, which hold persons.", hint="Read them with `Store.read`."
            )

    def check_write(self, sql: str) -> set[str]:
        """Give the tables a statement writes, all of them a domain's own.

        Raises:
            InvalidInput: it writes features or the record's own tables, or changes the schema.
        """
        found = self.footprint(sql)
        if found.does_more:
            raise InvalidInput("A domain's statement may change rows only; schemas change by migrations.")
        foreign = sorted(
            table for table in found.writes if table in self._features or table.startswith(_RECORD_PREFIXES)
        )
        if foreign:
            raise InvalidInput(f"Domain SQL cannot write {foreign}.", hint="Use add, revise and end.")
        return found.writes

    def close(self) -> None:
        """Close the inspector's connection."""
        self._connection.close()

    def _inspected(self, sql: str) -> Footprint:
        found = Footprint()
        actions: set[int] = set()

        def note(
            action: int, first: str | None, second: str | None, schema: str | None, by: str | None
        ) -> int:
            actions.add(action)
            if action == sqlite3.SQLITE_READ and first:
                found.reads.add(first)
            elif action in _WRITES and first and not by:
                found.writes.add(first)
            elif action not in _READS and action not in _WRITES:
                found.does_more = True
            return sqlite3.SQLITE_OK

        self._connection.set_authorizer(note)
        try:
            with plain_errors(self._file):
                self._connection.execute(f"explain {sql}", _Nulls()).close()
        finally:
            self._connection.set_authorizer(None)
        found.does_more |= not actions  # vacuum asks for no permission at all
        return found
