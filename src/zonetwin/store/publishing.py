"""Published tables of domains: views in the record, and their typed columns in Arrow.

A published select is also a view, so that domains can join what others publish; where a part's own table has the
name, the table stands for itself. A column's type is the declared type of the column it comes from, and for an
expression what follows from the types of its parts (`min` of a day is a day). An expression without a type, such
as a bare null, must be cast.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from zonetwin.core.errors import Conflict, InvalidInput, NotFound
from zonetwin.store.columns import INSTANT, Column
from zonetwin.store.inspection import Inspector
from zonetwin.store.model import Part

if TYPE_CHECKING:
    from sqlglot import exp

ARROW_OF_SQL: dict[str, pa.DataType] = {
    "TEXT": pa.string(),
    "VARCHAR": pa.string(),
    "INTEGER": pa.int64(),
    "INT": pa.int64(),
    "BIGINT": pa.int64(),
    "REAL": pa.float64(),
    "FLOAT": pa.float64(),
    "DOUBLE": pa.float64(),
    "DOUBLE PRECISION": pa.float64(),
    "NUMERIC": pa.float64(),
    "DECIMAL": pa.float64(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "TIMESTAMP": INSTANT,
    "TIMESTAMPTZ": INSTANT,
    "DATETIME": INSTANT,
    "BLOB": pa.binary(),
    "VARBINARY": pa.binary(),
}
"""Types a column of a domain's table may have, and what they become."""


def published_of(parts: Iterable[Part]) -> dict[str, str]:
    """Merge what the parts publish.

    Raises:
        Conflict: two parts publish under one name.
    """
    merged: dict[str, str] = {}
    for part in parts:
        for name, sql in part.published.items():
            if name in merged:
                raise Conflict(f"Two parts publish a table {name!r}.")
            merged[name] = sql
    return merged


def stale_views(connection: sqlite3.Connection, published: Mapping[str, str]) -> list[str]:
    """List the published tables whose view is absent or was made from another select."""
    present = {
        name: (type_, sql)
        for name, type_, sql in connection.execute("select name, type, sql from sqlite_master")
    }
    stale = []
    for name, sql in published.items():
        type_, made_from = present.get(name, ("", ""))
        if type_ != "table" and made_from != _view(name, sql):
            stale.append(name)
    return stale


def replace_views(connection: sqlite3.Connection, published: Mapping[str, str]) -> None:
    """Make the views that are absent or stale, inside the open transaction."""
    for name in stale_views(connection, published):
        connection.execute(f'drop view if exists "{name}"')
        connection.execute(_view(name, published[name]))


class Publications:
    """The published tables of an open record: their selects, typed columns and what they are made from."""

    def __init__(self, file: Path, published: Mapping[str, str], inspector: Inspector) -> None:
        self._file = file
        self._published = published
        self._inspector = inspector
        self._columns: dict[str, tuple[Column, ...]] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the published tables."""
        return tuple(self._published)

    def sql(self, table: str) -> str:
        """Give the select of a published table.

        Raises:
            NotFound: nothing is published under this name.
        """
        if table not in self._published:
            known = ", ".join(sorted(self._published))
            raise NotFound(f"No table {table!r} is published.", hint=f"Published: {known}.")
        return self._published[table]

    def columns(self, table: str) -> tuple[Column, ...]:
        """Give the typed columns of a published table.

        Raises:
            NotFound: nothing is published under this name.
            InvalidInput: the type of an expression cannot be told; it must be cast.
        """
        sql = self.sql(table)
        if table not in self._columns:
            self._columns[table] = _columns(self._file, table, sql)
        return self._columns[table]

    def origins(self, table: str) -> set[str]:
        """Give the tables whose changes change a table: for a published one, all that its select reads."""
        if table not in self._published:
            return {table}
        return {table} | self._inspector.footprint(self._published[table]).reads


def _view(name: str, sql: str) -> str:
    return f'CREATE VIEW "{name}" as {sql}'


def _columns(file: Path, name: str, sql: str) -> tuple[Column, ...]:
    """Find the typed columns of a published table.

    Raises:
        InvalidInput: the type of an expression cannot be told; it must be cast.
    """
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute(f"create temp view published_{name} as {sql}")
        declared = {
            row[1]: row[2].upper() for row in connection.execute(f"pragma table_info(published_{name})")
        }
        if not all(type_ in ARROW_OF_SQL for type_ in declared.values()):
            inferred = _inferred(sql, _tables(connection))
            declared = {
                column: type_ if type_ in ARROW_OF_SQL else inferred.get(column, "")
                for column, type_ in declared.items()
            }
    finally:
        connection.close()
    if untyped := [column for column, type_ in declared.items() if type_ not in ARROW_OF_SQL]:
        raise InvalidInput(
            f"The published table {name!r} has columns {untyped} whose type cannot be told.",
            hint="Cast them: cast(… as integer), real or text.",
        )
    return tuple(Column(column, type_, ARROW_OF_SQL[type_]) for column, type_ in declared.items())


def _tables(connection: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Give the declared column types of all tables and views, for the inference of expressions."""
    rows = connection.execute(
        "select m.name, c.name, c.type from sqlite_master m join pragma_table_info(m.name) c"
        " where m.type in ('table', 'view') and m.name not like 'rtree%' and m.name not like 'gpkg%'"
        " and m.name not like 'sqlite%'"
    )
    tables: dict[str, dict[str, str]] = {}
    for table, column, type_ in rows:
        tables.setdefault(table, {})[column] = type_ or "text"
    return tables


def _inferred(sql: str, tables: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    import sqlglot
    from sqlglot.optimizer.annotate_types import annotate_types
    from sqlglot.optimizer.qualify import qualify

    schema: dict[str, object] = {name: dict(columns) for name, columns in tables.items()}
    query = qualify(sqlglot.parse_one(sql, read="sqlite"), schema=schema, dialect="sqlite")
    typed = annotate_types(query, schema=schema, dialect="sqlite")
    selects = typed.selects if isinstance(typed, sqlglot.exp.Query) else []
    return {column.alias_or_name: _type_name(column) for column in selects}


def _type_name(column: "exp.Expr") -> str:
    return column.type.sql(dialect="duckdb").upper() if column.type is not None else ""
