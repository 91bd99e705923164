"""The reading half of a record: what `Store` promises to readers, over a connection that somebody lends."""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

import pyarrow as pa

from zonetwin.core.actor import Viewer
from zonetwin.core.errors import NotFound
from zonetwin.core.kind import Kind
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.store import changes, reading
from zonetwin.store.inspection import Inspector
from zonetwin.store.model import EVERYTHING, Change, Row, Selection, Value
from zonetwin.store.publishing import Publications

Lender = Callable[[], AbstractContextManager[sqlite3.Connection]]


class RecordReader:
    """Reads of a record; `Store` says what they give.

    Args:
        kinds: The kinds of the record.
        publications: What the domains publish.
        inspector: Judge of domain SQL.
        lend: Lends the connection whose view of the record a reader is to have.
        lend_committed: Lends one that sees committed Changes only.
    """

    def __init__(
        self,
        kinds: Mapping[str, Kind],
        publications: Publications,
        inspector: Inspector,
        *,
        lend: Lender,
        lend_committed: Lender,
    ) -> None:
        self._kinds = kinds
        self._publications = publications
        self._inspector = inspector
        self._lend = lend
        self._lend_committed = lend_committed

    @property
    def kinds(self) -> Mapping[str, Kind]:
        return self._kinds

    @property
    def last_change(self) -> int:
        with self._lend_committed() as connection:
            return changes.last_change(connection)

    def kind_change(self, table: str) -> int:
        with self._lend_committed() as connection:
            return max(changes.table_change(connection, name) for name in self._publications.origins(table))

    def read(self, kind: str, viewer: Viewer, selection: Selection = EVERYTHING) -> pa.Table:
        declared = self._seen(kind, viewer)
        with self._lend() as connection:
            return reading.read_features(connection, declared, selection)

    def count(self, kind: str, viewer: Viewer, selection: Selection = EVERYTHING) -> int:
        declared = self._seen(kind, viewer)
        with self._lend() as connection:
            return reading.count_features(connection, declared, selection)

    def extent(self, kind: str, viewer: Viewer) -> Box | None:
        declared = self._seen(kind, viewer)
        with self._lend() as connection:
            return reading.extent_of(connection, declared)

    def history(self, kind: str, fid: int, viewer: Viewer) -> list[Row]:
        declared = self._seen(kind, viewer)
        with self._lend() as connection:
            return reading.read_history(connection, declared, fid)

    def fids_of_keys(self, kind: str, source: str, keys: Sequence[str]) -> dict[str, int]:
        declared = self._kind(kind)
        with self._lend() as connection:
            return reading.fids_of_keys(connection, declared, source, keys)

    def sources(self) -> list[tuple[int, Source]]:
        with self._lend() as connection:
            return changes.all_sources(connection)

    def select(self, sql: str, parameters: Mapping[str, Value] | None = None) -> list[Row]:
        self._inspector.check_select(sql)
        with self._lend() as connection:
            cursor = connection.execute(sql, parameters or {})
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor]

    def published(self, table: str) -> pa.Table:
        columns = self._publications.columns(table)
        with self._lend() as connection:
            return reading.table_from_rows(connection.execute(self._publications.sql(table)), columns)

    @property
    def published_tables(self) -> tuple[str, ...]:
        return self._publications.names

    def published_schema(self, table: str) -> pa.Schema:
        return pa.schema([(column.name, column.arrow) for column in self._publications.columns(table)])

    def changes(self, *, before: int | None = None, limit: int = 100) -> list[Change]:
        with self._lend_committed() as connection:
            return changes.changes_before(connection, before, limit)

    def changes_since(self, change: int) -> list[Change]:
        with self._lend_committed() as connection:
            return changes.changes_since(connection, change)

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
