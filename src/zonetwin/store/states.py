"""Analysis states: the record at one instant as Parquet files in the zone's metric CRS, one per table.

A file is written when a table is first asked for and named by what it holds: the table's own change number, that of
the areas, and a hash of CRS, columns and instants. A later state reuses it as long as those are the same. A state
keeps a snapshot of the record open, so that all its tables belong to one Change however late they are written.

This module leaves out scenarios and the delta of rows changed since a base was written: a base is always whole.
"""

import hashlib
import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from zonetwin.core.actor import STAFF, Viewer
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.kind import Kind
from zonetwin.core.space import LONLAT, transformer
from zonetwin.store.columns import ARROW_TYPES, instant_from_text, instant_text
from zonetwin.store.model import Selection, Store

Locate = Callable[[npt.NDArray[np.float64]], Sequence[str | None]]
"""Gives the area's code of each representative point, shape (features, 2) in the metric CRS; None for no area."""

AREA_KIND = "area"
_LAYOUT = 1
"""Counts the ways in which files have been written; files of another layout are not read."""
_ROWS_AT_ONCE = 100_000
_KEPT_SECONDS = 3600.0
"""How long a file that is no longer current stays, for sessions that still read it."""


@dataclass(frozen=True, slots=True)
class StateName:
    """What a state shows: the last Change in it, the day and instant it looks from, and the scenario on top."""

    change: int
    at: date | None = None
    known: datetime | None = None
    scenario: str = ""

    def __str__(self) -> str:
        parts = [f"change={self.change}"]
        if self.at:
            parts.append(f"at={self.at.isoformat()}")
        if self.known:
            parts.append(f"known={instant_text(self.known)}")
        if self.scenario:
            parts.append(f"scenario={self.scenario}")
        return ";".join(parts)


def state_name_from_text(text: str) -> StateName:
    """Read a state's name as a proof stores it.

    Raises:
        InvalidInput: the text is not such a name.
    """
    try:
        fields = dict(part.split("=", 1) for part in text.split(";"))
        name = StateName(
            change=int(fields.pop("change")),
            at=date.fromisoformat(at) if (at := fields.pop("at", None)) else None,
            known=instant_from_text(known) if (known := fields.pop("known", None)) else None,
            scenario=fields.pop("scenario", ""),
        )
    except (KeyError, ValueError) as error:
        raise InvalidInput(
            f"{text!r} does not name a state.", hint="Such a name begins with change=41."
        ) from error
    if fields:
        raise InvalidInput(f"The state's name {text!r} has unknown parts {sorted(fields)}.")
    return name


class State:
    """An open state; `open_state` makes it. Use it as a context manager: it holds a snapshot of the record.

    `record` is that snapshot, for what is read beside the tables; `folder` is where the files lie.
    """

    def __init__(
        self, record: Store, folder: Path, name: StateName, crs: str, locate: Locate | None, viewer: Viewer
    ) -> None:
        self.record = record
        self.folder = folder
        self.name = name
        self.crs = crs
        self._locate = locate
        self._viewer = viewer
        self._paths: dict[str, Path] = {}
        self._closing = ExitStack()

    def __enter__(self) -> "State":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def tables(self) -> tuple[str, ...]:
        """Name the tables of the state: the kinds the viewer may see, and what the domains publish."""
        return (*self._kinds(), *self.record.published_tables)

    def path(self, table: str) -> Path:
        """Give the file of a table, written now if no earlier state left it.

        Raises:
            NotFound: the state has no such table.
        """
        if table not in self._paths:
            schema = self.schema(table)
            path = self.folder / f"{table}-{self._key(table, schema)}.parquet"
            if path.exists():
                os.utime(path)
            else:
                _write(path, schema, self._batches(table))
                _sweep(path, table)
            self._paths[table] = path
        return self._paths[table]

    def schema(self, table: str) -> pa.Schema:
        """Give the columns of a table; `geom` is WKB in the metric CRS.

        Raises:
            NotFound: the state has no such table.
        """
        kinds = self._kinds()
        if table in kinds:
            return kind_schema(kinds[table])
        if table not in self.record.published_tables:
            raise NotFound(f"The state has no table {table!r}.", hint=f"It has: {', '.join(self.tables())}.")
        return self.record.published_schema(table)

    def close(self) -> None:
        """Give the snapshot back. The files stay for the next state."""
        self._closing.close()

    def _kinds(self) -> dict[str, Kind]:
        seen = self.record.kinds.values()
        return {kind.name: kind for kind in seen if self._viewer.sees_persons or not kind.persons}

    def _key(self, table: str, schema: pa.Schema) -> str:
        changes = [self.record.kind_change(table)]
        if self._locate is not None and table in self.record.kinds and AREA_KIND in self.record.kinds:
            changes.append(self.record.kind_change(AREA_KIND))
        view = (
            _LAYOUT,
            self.crs,
            self._locate is None,
            self.name.at,
            self.name.known,
            self.name.scenario,
            str(schema),
        )
        digest = hashlib.sha256(repr(view).encode()).hexdigest()[:10]
        return "-".join([*map(str, changes), digest])

    def _batches(self, table: str) -> Iterator[pa.Table]:
        kinds = self._kinds()
        if table not in kinds:
            yield self.record.published(table)
            return
        for features in self._pages(table):
            yield kind_table(kinds[table], features, crs=self.crs, locate=self._locate)

    def _pages(self, kind: str) -> Iterator[pa.Table]:
        """Read a kind in parts; a view of the past in one, because each part would sort all versions anew."""
        if self.name.at or self.name.known:
            yield self.record.read(kind, self._viewer, Selection(at=self.name.at, known=self.name.known))
            return
        after = 0
        while True:
            page = self.record.read(kind, self._viewer, Selection(after=after, limit=_ROWS_AT_ONCE))
            if page.num_rows:
                yield page
            if page.num_rows < _ROWS_AT_ONCE:
                return
            after = page["fid"][-1].as_py()


def open_state(
    store: Store,
    folder: Path,
    *,
    crs: str,
    locate: Locate | None = None,
    viewer: Viewer = STAFF,
    at: date | None = None,
    known: datetime | None = None,
) -> State:
    """Open the state of a record as it stands now, or as it was seen from a day and an instant.

    Args:
        store: The record, or a snapshot of it that must outlive the state.
        folder: The zone's folder of states.
        crs: The zone's metric CRS.
        locate: Fills the column `area`; without it `area` is null.
        viewer: Whose rights decide which kinds are there.
        at: Day of valid time; None for the current rows.
        known: Instant of recorded time; None for now.
    """
    folder.mkdir(parents=True, exist_ok=True)
    closing = ExitStack()
    record = closing.enter_context(store.snapshot())
    state = State(record, folder, StateName(record.last_change, at, known), crs, locate, viewer)
    state._closing.push(closing)
    return state


def kind_schema(kind: Kind) -> pa.Schema:
    """Give the columns of a kind's published table."""
    columns: dict[str, pa.DataType] = {
        "fid": pa.int64(),
        "feature": pa.string(),
        "key": pa.string(),
        "source": pa.int64(),
        "geom": pa.binary(),
        "valid_from": pa.date32(),
        "change": pa.int64(),
        **{item.name: ARROW_TYPES[item.type] for item in kind.properties},
        "more": pa.string(),
        "area": pa.string(),
    }
    return pa.schema(columns)


def kind_table(kind: Kind, features: pa.Table, *, crs: str, locate: Locate | None) -> pa.Table:
    """Make the published table of features read from the record: metric geometry, `feature` and `area`."""
    shapes = metric_shapes(features["geom"].to_pylist(), crs)
    columns: dict[str, object] = {name: features[name] for name in features.column_names}
    columns["feature"] = pa.array([f"{kind.name}/{fid}" for fid in features["fid"].to_pylist()], pa.string())
    columns["geom"] = pa.array(shapely.to_wkb(shapes), pa.binary())
    columns["area"] = pa.array(_areas(shapes, locate), pa.string())
    schema = kind_schema(kind)
    return pa.table([columns[name] for name in schema.names], schema=schema)


def metric_shapes(wkb: Sequence[bytes | None], crs: str) -> npt.NDArray[np.object_]:
    """Project WKB in lon/lat to a metric CRS.

    Raises:
        InvalidInput: a place lies outside the domain of the CRS.
    """
    values = np.empty(len(wkb), dtype=object)
    values[:] = wkb
    shapes = shapely.from_wkb(values)
    to_metric = transformer(LONLAT, crs)

    def project(lonlat: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(to_metric.transform(lonlat[:, 0], lonlat[:, 1]))

    projected = shapely.transform(shapes, project)
    bounds = shapely.bounds(projected)
    wrong = ~shapely.is_missing(projected) & ~np.isfinite(bounds).all(axis=1)
    if wrong.any():
        seen = shapely.bounds(shapes)[wrong][0].tolist()
        raise InvalidInput(
            f"A feature at {seen} cannot be projected to {crs}.", hint="It lies far off the zone."
        )
    return projected


def _areas(shapes: npt.NDArray[np.object_], locate: Locate | None) -> list[str | None]:
    areas: list[str | None] = [None] * len(shapes)
    placed = np.flatnonzero(~shapely.is_missing(shapes))
    if locate is None or not len(placed):
        return areas
    points = shapely.get_coordinates(shapely.point_on_surface(shapes[placed]))
    for row, code in zip(placed.tolist(), locate(points), strict=True):
        areas[row] = code
    return areas


def _write(path: Path, schema: pa.Schema, batches: Iterator[pa.Table]) -> None:
    """Write a file under another name first: a reader never meets half a file."""
    draft = path.with_name(f"{path.name}.{uuid.uuid4().hex}.draft")
    try:
        with pq.ParquetWriter(draft, schema) as writer:
            for batch in batches:
                writer.write_table(batch)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def _sweep(newest: Path, table: str) -> None:
    """Remove files of the same table, and drafts of crashed writers, that nobody has used for an hour."""
    now = newest.stat().st_mtime
    for file in newest.parent.glob(f"{table}-*"):
        if file != newest and file.exists() and now - file.stat().st_mtime > _KEPT_SECONDS:
            file.unlink(missing_ok=True)
