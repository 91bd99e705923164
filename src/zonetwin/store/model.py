"""The record as the rest of zonetwin sees it: reads take a viewer, every write goes through one Change.

Features travel as Arrow tables. A table read from the record has, in this order, `fid` (int64), `key` (string,
the object's identity within its source), `source` (int64), `geom` (binary WKB, lon/lat, null where the feature
has not been placed), `valid_from` (date32, null when unknown), `recorded_at` (timestamp[us, UTC]), `change`
(int64), one column per declared property, and `more` (string, JSON of what the kind does not declare). Versions
that are over add `valid_to` and `replaced_at`.

This module leaves out how a store keeps them: see `sqlite`.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

import pyarrow as pa

from zonetwin.core.actor import Actor, Viewer
from zonetwin.core.kind import Kind
from zonetwin.core.source import Source
from zonetwin.core.space import Box

Value = str | int | float | bool | bytes | None
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Migration:
    """One forward step of one part's schema. Steps of a part count from 1 and are never edited."""

    part: str
    step: int
    sql: str


@dataclass(frozen=True, slots=True)
class Part:
    """What a domain adds to the record: its migrations, and the tables and views it publishes.

    `published` maps a published name to the select (domain SQL) that yields it; its columns are frozen by a test.
    """

    name: str
    migrations: tuple[Migration, ...]
    published: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which features to read.

    `box` is matched by bounding box in lon/lat; `after` is the last fid already seen (keyset paging); `equals`
    asks for exact property values; `at` is a day of valid time (features valid on it) and `known` an instant of
    recorded time (as the record stood then); with neither, the current rows are read. With `at`, `since` widens
    the day to the days from `since` to `at`: features valid on any of them, each as it was last in that time.
    """

    box: Box | None = None
    fids: Sequence[int] | None = None
    after: int = 0
    limit: int | None = None
    columns: Sequence[str] | None = None
    equals: Mapping[str, Value] = field(default_factory=dict)
    at: date | None = None
    known: datetime | None = None
    since: date | None = None


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the ledger of changes: who, when, with what tool, a human note, and what was touched.

    `counts` gives per kind or table the number of rows written; `box` encloses the places touched, before and
    after (None where nothing had a place).
    """

    id: int
    at: datetime
    actor: Actor
    tool: str
    note: str
    counts: Mapping[str, int]
    box: Box | None


class Writer(Protocol):
    """The one door for writing, open while a Change is. All of it is committed together or not at all."""

    change: int

    def add_source(self, source: Source) -> int:
        """Record a source, or find the one with the same name and file, and give its id."""

    def add(self, kind: str, features: pa.Table, *, source: int, valid_from: date | None = None) -> list[int]:
        """Add features and give their new fids, in order.

        Args:
            kind: A kind of the store.
            features: `geom` (WKB, lon/lat, null allowed) and any of `key`, `valid_from`, `more` and the kind's
                properties; absent columns are null. Single parts become multi-parts where the kind has them.
            source: Id given by `add_source`.
            valid_from: Day from which they hold, where the table has no `valid_from` of its own.

        Raises:
            InvalidInput: a column the kind lacks, a value of the wrong type, a geometry of the wrong sort.
        """

    def revise(
        self, kind: str, fid: int, values: Mapping[str, Value], *, valid_from: date | None = None
    ) -> None:
        """Replace some properties (and `geom`, as WKB) of a feature; the former version goes to its past.

        Raises:
            NotFound: no current feature has this fid.
        """

    def end(self, kind: str, fid: int, *, valid_to: date) -> None:
        """Close a feature: it holds no longer from this day on and leaves the current rows.

        Raises:
            NotFound: no current feature has this fid.
            InvalidInput: it would end before the day from which it holds.
        """

    def execute(self, sql: str, parameters: Mapping[str, Value] | None = None) -> int:
        """Run one statement of domain SQL on a domain's own tables and give its last row id."""

    def execute_many(self, sql: str, parameters: Iterable[Mapping[str, Value]]) -> None:
        """Run one statement of domain SQL for each set of parameters."""

    def touch(self, table: str, count: int = 1) -> None:
        """Note in the Change that rows of a domain's table were written."""


class Store(Protocol):
    """A record of features, domain tables and changes. Safe to use from many threads; one of them writes."""

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds this store has a table for, by name."""

    @property
    def last_change(self) -> int:
        """Id of the newest committed Change, 0 when there is none."""

    def kind_change(self, table: str) -> int:
        """Id of the newest Change that touched a kind or domain table, 0 when none did."""

    def read(self, kind: str, viewer: Viewer, selection: Selection = EVERYTHING) -> pa.Table:
        """Read features ordered by fid, as described at the head of this module.

        Raises:
            NotFound: no such kind, or the viewer may not see it.
        """

    def count(self, kind: str, viewer: Viewer, selection: Selection = EVERYTHING) -> int:
        """Count what `read` would give without its limit."""

    def extent(self, kind: str, viewer: Viewer) -> Box | None:
        """Give the box around all current features of a kind, None when none has a place."""

    def history(self, kind: str, fid: int, viewer: Viewer) -> list[Row]:
        """Give every version of a feature, newest first, each with `valid_to` and `replaced_at` (None = now)."""

    def fids_of_keys(self, kind: str, source: str, keys: Sequence[str]) -> dict[str, int]:
        """Find current features of a source (by its name) by their keys; absent keys are left out."""

    def sources(self) -> list[tuple[int, Source]]:
        """List the sources with their ids."""

    def select(self, sql: str, parameters: Mapping[str, Value] | None = None) -> list[Row]:
        """Run one read-only statement of domain SQL."""

    def published(self, table: str) -> pa.Table:
        """Read a published table of a domain whole.

        Raises:
            NotFound: no domain publishes it.
        """

    @property
    def published_tables(self) -> tuple[str, ...]:
        """Names of the tables that domains publish."""

    def published_schema(self, table: str) -> pa.Schema:
        """Give the columns of a published table.

        Raises:
            NotFound: no domain publishes it.
        """

    def changes(self, *, before: int | None = None, limit: int = 100) -> list[Change]:
        """List Changes, newest first, older than `before`."""

    def changes_since(self, change: int) -> list[Change]:
        """List Changes newer than the given one, oldest first."""

    def begin(self, *, actor: Actor, tool: str, note: str = "") -> AbstractContextManager[Writer]:
        """Open a Change. Leaving the block commits it durably; an exception undoes all of it.

        Raises:
            Unavailable: the record is locked by another program.
        """

    def snapshot(self) -> AbstractContextManager["Store"]:
        """Give the record as it stands now: reads see no later Change until the block ends; it cannot write."""

    def close(self) -> None:
        """Close the record; further use is an error."""
