"""Brings drafts into the record: what is new is added, what differs is revised, what is the same stays untouched.

A feature is matched by its source's name and its key. The zone's own area is one feature whatever its source, so
that a surveyed boundary takes the place of a provisional one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import pyarrow as pa

from zonetwin.core.actor import STAFF
from zonetwin.core.kind import Kind
from zonetwin.core.source import Source
from zonetwin.io.differing import differing_rows
from zonetwin.io.drafting import ALONE, ITEM
from zonetwin.store.model import Selection, Store, Value, Writer
from zonetwin.zone.import_extent import ZONE_CODE, Mask

_CHUNK = 10_000
_UNCOMPARED = ("key", ITEM, ALONE)


@dataclass(frozen=True, slots=True)
class Applied:
    """How many drafts of a kind were added, revised and found unchanged."""

    added: int
    revised: int
    unchanged: int


def apply_drafts(store: Store, writer: Writer, kind: Kind, drafts: pa.Table, source: Source) -> Applied:
    """Write the drafts of one kind, their keys unique, within an open Change."""
    added = revised = unchanged = 0
    for start in range(0, drafts.num_rows, _CHUNK):
        part = drafts.slice(start, _CHUNK)
        fids = _known_fids(store, kind, part, source.name)
        known = np.array([fid is not None for fid in fids], dtype=np.bool_)
        new = part.filter(pa.array(~known))
        if new.num_rows:
            features = new.drop_columns([ITEM, ALONE])
            writer.add(kind.name, features, source=writer.add_source(source))
            added += new.num_rows
        changed = _revise(
            store, writer, kind, part.filter(pa.array(known)), [fid for fid in fids if fid is not None]
        )
        revised += changed
        unchanged += int(known.sum()) - changed
    return Applied(added, revised, unchanged)


def _known_fids(store: Store, kind: Kind, drafts: pa.Table, source: str) -> list[int | None]:
    keys = [str(key) for key in drafts["key"].to_pylist()]
    found = store.fids_of_keys(kind.name, source, keys)
    fids = [found.get(key) for key in keys]
    if kind.name == "area" and "code" in drafts.column_names:
        own = store.read("area", STAFF, Selection(equals={"code": ZONE_CODE}, limit=1, columns=["fid"]))
        if own.num_rows:
            zone_fid = own["fid"][0].as_py()
            fids = [
                zone_fid if code == ZONE_CODE else fid
                for code, fid in zip(drafts["code"].to_pylist(), fids, strict=True)
            ]
    return fids


def _revise(store: Store, writer: Writer, kind: Kind, drafts: pa.Table, fids: Sequence[int]) -> int:
    """Revise the features whose drafts differ from the record, and count them."""
    if not fids:
        return 0
    current = store.read(kind.name, STAFF, Selection(fids=fids))
    row_of = {fid: row for row, fid in enumerate(current["fid"].to_pylist())}
    current = current.take(np.array([row_of[fid] for fid in fids]))
    names = [name for name in drafts.column_names if name not in _UNCOMPARED]
    differs = differing_rows(drafts.select(names), current)
    rows = np.flatnonzero(np.logical_or.reduce(list(differs.values())))
    for row, values, day in _changes(drafts, differs, rows):
        writer.revise(kind.name, fids[row], values, valid_from=day)
    return len(rows)


def _changes(
    drafts: pa.Table,
    differs: dict[str, Mask],
    rows: Sequence[int] | np.ndarray[tuple[int, ...], np.dtype[np.int64]],
) -> Iterator[tuple[int, dict[str, Value], date | None]]:
    """Give for each row the values that differ, and the day from which they hold where the file gives a new one."""
    for row in rows:
        values = {
            name: _plain(drafts[name][int(row)].as_py())
            for name, mask in differs.items()
            if mask[row] and name != "valid_from"
        }
        day = drafts["valid_from"][int(row)].as_py() if differs["valid_from"][row] else None
        yield int(row), values, day


def _plain(value: object) -> Value:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    assert value is None or isinstance(value, (str, int, float, bytes))
    return value
