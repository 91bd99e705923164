"""Bringing a file's schema forward: one counted sequence of steps for each part, never backward.

The step a part has reached stands in `zonetwin_schema`. A file with a later step than this program knows is
refused, because what it holds could be misread.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.store.model import Migration, Part

_TABLE = """
create table if not exists zonetwin_schema (
  part text not null,
  step integer not null,
  primary key (part, step)
)
"""


@lru_cache(maxsize=1)
def record_part() -> Part:
    """Give the record's own tables: sources and changes."""
    schema = (Path(__file__).parent / "schema.sql").read_text(encoding="utf-8")
    return Part("store", (Migration("store", 1, schema),))


def pending_migrations(connection: sqlite3.Connection, parts: Iterable[Part]) -> list[Migration]:
    """List the steps that the file has not taken yet, in the order in which they must run.

    Raises:
        Conflict: the file has taken a step that this program does not know.
        InvalidInput: a part does not count its steps 1, 2, 3 …
    """
    reached = _reached(connection)
    pending: list[Migration] = []
    for part in parts:
        steps = [migration.step for migration in part.migrations]
        if steps != list(range(1, len(steps) + 1)):
            raise InvalidInput(f"The steps of part {part.name!r} are {steps}, expected 1, 2, 3 and so on.")
        if reached.get(part.name, 0) > len(steps):
            raise Conflict(
                f"The record is newer than this program: its part {part.name!r} is at step "
                f"{reached[part.name]}, this program knows {len(steps)}.",
                hint="Update zonetwin.",
            )
        pending += part.migrations[reached.get(part.name, 0) :]
    return pending


def migrate(connection: sqlite3.Connection, migrations: Iterable[Migration]) -> None:
    """Take the steps inside the open transaction."""
    connection.execute(_TABLE)
    for migration in migrations:
        for statement in split_statements(migration.sql):
            connection.execute(statement)
        connection.execute(
            "insert into zonetwin_schema (part, step) values (?, ?)", (migration.part, migration.step)
        )


def split_statements(sql: str) -> Iterator[str]:
    """Give the statements of a script one by one; a semicolon within a text or trigger does not end one."""
    pending = ""
    for piece in sql.split(";"):
        pending += piece + ";"
        if sqlite3.complete_statement(pending):
            if pending.strip(" \n\t;"):
                yield pending
            pending = ""
    unfinished = [
        line for line in pending.splitlines() if line.strip(" ;\t") and not line.lstrip().startswith("--")
    ]
    if unfinished:
        raise InvalidInput(f"A migration ends in an unfinished statement: {unfinished[-1]!r}.")


def _reached(connection: sqlite3.Connection) -> dict[str, int]:
    if not connection.execute("pragma table_info(zonetwin_schema)").fetchone():
        return {}
    return dict(connection.execute("select part, max(step) from zonetwin_schema group by part"))
