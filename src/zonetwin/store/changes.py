"""The ledger of changes and the list of sources, as rows of the record."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from zonetwin.core.actor import Actor
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.store.columns import instant_from_text, instant_text
from zonetwin.store.model import Change
from zonetwin.store.statements import load_statements

_QUERIES = Path(__file__).parent / "queries.sql"
_NEWEST = 2**62


def last_change(connection: sqlite3.Connection) -> int:
    """Give the id of the newest Change, 0 when there is none."""
    (newest,) = connection.execute(_sql("last_change")).fetchone()
    return int(newest)


def last_change_at(connection: sqlite3.Connection) -> datetime | None:
    """Give the instant of the newest Change."""
    (newest,) = connection.execute(_sql("last_change_at")).fetchone()
    return None if newest is None else instant_from_text(newest)


def table_change(connection: sqlite3.Connection, table: str) -> int:
    """Give the id of the newest Change that touched a table, 0 when none did."""
    found = connection.execute(_sql("table_change"), {"name": table}).fetchone()
    return int(found[0]) if found else 0


def add_change(connection: sqlite3.Connection, change: Change) -> None:
    """Write a Change into the ledger."""
    west, south, east, north = change.box.as_tuple() if change.box else (None,) * 4
    connection.execute(
        _sql("add_change"),
        {
            "id": change.id,
            "at": instant_text(change.at),
            "actor": change.actor.name,
            "organisation": change.actor.organisation,
            "tool": change.tool,
            "note": change.note,
            "west": west,
            "south": south,
            "east": east,
            "north": north,
        },
    )
    for name, count in change.counts.items():
        connection.execute(_sql("add_change_count"), {"change": change.id, "name": name, "count": count})
        connection.execute(_sql("touch_table"), {"name": name, "change": change.id})


def changes_before(connection: sqlite3.Connection, before: int | None, limit: int) -> list[Change]:
    """List Changes older than the given one, newest first."""
    parameters = {"before": _NEWEST if before is None else before, "limit": limit}
    return _changes(connection, connection.execute(_sql("changes_before"), parameters).fetchall())


def changes_since(connection: sqlite3.Connection, change: int) -> list[Change]:
    """List Changes newer than the given one, oldest first."""
    return _changes(connection, connection.execute(_sql("changes_since"), {"since": change}).fetchall())


def add_source(connection: sqlite3.Connection, source: Source) -> int:
    """Find a source by its name and file, or add it, and give its id."""
    found = connection.execute(_sql("find_source"), {"name": source.name, "file": source.file}).fetchone()
    if found:
        return int(found[0])
    cursor = connection.execute(
        _sql("add_source"),
        {
            "name": source.name,
            "file": source.file,
            "licence": source.licence,
            "attribution": source.attribution,
            "obtained_on": source.obtained_on.isoformat() if source.obtained_on else None,
            "synthetic": source.synthetic,
            "note": source.note,
        },
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def all_sources(connection: sqlite3.Connection) -> list[tuple[int, Source]]:
    """List the sources with their ids."""
    return [
        (
            id_,
            Source(
                name=name,
                file=file,
                licence=licence,
                attribution=attribution,
                obtained_on=date.fromisoformat(obtained_on) if obtained_on else None,
                synthetic=bool(synthetic),
                note=note,
            ),
        )
        for id_, name, file, licence, attribution, obtained_on, synthetic, note in connection.execute(
            _sql("all_sources")
        )
    ]


def _changes(connection: sqlite3.Connection, rows: Sequence[Sequence[object]]) -> list[Change]:
    if not rows:
        return []
    ids = [int(str(row[0])) for row in rows]
    counts: dict[int, dict[str, int]] = {id_: {} for id_ in ids}
    span = {"first": min(ids), "last": max(ids)}
    for change, name, count in connection.execute(_sql("counts_between"), span):
        counts[change][name] = count
    return [_change(row, counts[int(str(row[0]))]) for row in rows]


def _change(row: Sequence[object], counts: Mapping[str, int]) -> Change:
    id_, at, actor, organisation, tool, note, *bounds = row
    west, south, east, north = (float(str(value)) if value is not None else None for value in bounds)
    box = None
    if west is not None and south is not None and east is not None and north is not None:
        box = Box(west, south, east, north)
    return Change(
        id=int(str(id_)),
        at=instant_from_text(str(at)),
        actor=Actor(str(actor), str(organisation)),
        tool=str(tool),
        note=str(note),
        counts=counts,
        box=box,
    )


def _sql(name: str) -> str:
    return load_statements(_QUERIES)[name]
