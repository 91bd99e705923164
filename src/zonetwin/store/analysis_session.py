"""DuckDB, and the only file that knows it: pack SQL over the tables of a state, closed to everything else.

A session is in memory. It can read the files it was given and nothing more: no other file, no network, no
extension, no setting; and every statement is checked against the rules of `pack_sql` before it runs. It uses one
thread, because sums of floating numbers in several threads differ in their last bits from run to run.
"""

import json
import re
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pyarrow as pa

from zonetwin.core.errors import InvalidInput, Unavailable
from zonetwin.store.pack_sql import Tree, parameters_of, tables_of, tree_problems, with_dollar_parameters

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "2GB"
_GEOMETRY = "geom"


class AnalysisSession:
    """Tables of one state under their names, ready for pack SQL. Use it as a context manager.

    Args:
        tables: Parquet file of each table; a column `geom` holds WKB and is seen as GEOMETRY.
        derived: Tables made in memory, such as residents and access; `geom` as above.
        allowed: Folder of the state; every file must lie in it.
        memory_limit: As DuckDB writes it, such as `2GB`. Nothing is spilled to disk.
    """

    def __init__(
        self,
        tables: Mapping[str, Path],
        *,
        derived: Mapping[str, pa.Table] | None = None,
        allowed: Path,
        memory_limit: str = MEMORY_LIMIT,
    ) -> None:
        for name, file in tables.items():
            if not file.resolve().is_relative_to(allowed.resolve()):
                raise InvalidInput(f"The file of table {name!r} lies outside the state's folder.")
        self._connection = _connect(memory_limit)
        try:
            files = [str(file.resolve()) for file in tables.values()]
            _close_doors(self._connection, files)
            for name, readable in zip(tables, files, strict=True):
                self._view(name, f"read_parquet('{_escaped(readable)}')")
            for name, table in (derived or {}).items():
                self.add(name, table)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "AnalysisSession":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add(self, name: str, table: pa.Table) -> None:
        """Put a table made in memory into the session, replacing one of the same name."""
        self._connection.register(f"arrow_{name}", table)
        self._view(name, f'"arrow_{name}"')

    def run(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run one allowed SELECT with named parameters (`:name`); those it does not use are ignored.

        Raises:
            InvalidInput: the statement is not allowed or wrong, or a parameter is missing.
            Unavailable: it needs more memory than the session has.
        """
        statement, used = _checked(self._connection, sql, parameters or {})
        return _executed(self._connection, statement, used)

    def close(self) -> None:
        """End the session and give its memory back."""
        self._connection.close()

    def _view(self, name: str, origin: str) -> None:
        described = self._connection.execute(f"describe select * from {origin}").fetchall()
        is_wkb = (_GEOMETRY, "BLOB") in [(row[0], row[1]) for row in described]
        geometry = f" replace (ST_GeomFromWKB({_GEOMETRY}) as {_GEOMETRY})" if is_wkb else ""
        self._connection.execute(f'create or replace view "{name}" as select *{geometry} from {origin}')


class Planner:
    """Empty typed tables against which statements of packs are planned. Use it as a context manager.

    Args:
        schemas: Arrow schema of each table; a column `geom` is seen as GEOMETRY.
    """

    def __init__(self, schemas: Mapping[str, pa.Schema]) -> None:
        self._connection = _connect(MEMORY_LIMIT)
        _close_doors(self._connection, [])
        for name, schema in schemas.items():
            self._connection.register("arrow_schema", schema.empty_table())
            kept = (
                f"* replace (ST_GeomFromWKB({_GEOMETRY}) as {_GEOMETRY})"
                if _GEOMETRY in schema.names
                else "*"
            )
            self._connection.execute(f'create table "{name}" as select {kept} from arrow_schema')

    def __enter__(self) -> "Planner":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def problems(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[str]:
        """List what keeps a statement from running: what is not allowed, unknown tables, columns and types."""
        if found := _problems(self._connection, with_dollar_parameters(sql)):
            return found
        try:
            self.columns(sql, parameters)
        except InvalidInput as error:
            return [error.message]
        return []

    def columns(self, sql: str, parameters: Mapping[str, object] | None = None) -> dict[str, str]:
        """Give the names and types (as DuckDB writes them) of what an allowed statement yields.

        Raises:
            InvalidInput: the statement is not allowed or cannot be planned.
        """
        statement, used = _checked(self._connection, sql, parameters or {})
        _executed(self._connection, f"explain {statement}", used)
        described = _executed(self._connection, f"describe {statement}", used)
        return {str(row["column_name"]): str(row["column_type"]) for row in described.to_pylist()}


def plan_against(
    schemas: Mapping[str, pa.Schema], sql: str, parameters: Mapping[str, object] | None = None
) -> list[str]:
    """Plan one statement against empty tables and list its problems; for many statements keep a `Planner`."""
    with Planner(schemas) as planner:
        return planner.problems(sql, parameters)


def allowed_statement(sql: str) -> list[str]:
    """List what a pack's statement may not do, each with its line; nothing is planned or run."""
    return allowed_statements([sql])[0]


def allowed_statements(statements: Iterable[str]) -> list[list[str]]:
    """Check many statements with one parser; `allowed_statement` says how."""
    with _parser() as connection:
        return [_problems(connection, with_dollar_parameters(sql)) for sql in statements]


def tables_read(sql: str) -> set[str]:
    """List the tables a statement of a pack reads.

    Raises:
        InvalidInput: the statement does not parse.
    """
    with _parser() as connection:
        return tables_of(_trees(connection, with_dollar_parameters(sql)))


def parameters_used(sql: str) -> set[str]:
    """List the parameters a statement of a pack takes.

    Raises:
        InvalidInput: the statement does not parse.
    """
    with _parser() as connection:
        return parameters_of(_trees(connection, with_dollar_parameters(sql)))


def _parser() -> "duckdb.DuckDBPyConnection":
    import duckdb

    return duckdb.connect(":memory:", config=_CONFIGURATION)


_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "threads": "1",
}


def _connect(memory_limit: str) -> "duckdb.DuckDBPyConnection":
    import duckdb

    connection = duckdb.connect(
        ":memory:", config=_CONFIGURATION | {"memory_limit": memory_limit, "temp_directory": ""}
    )
    connection.execute(f"load '{_escaped(str(_spatial_extension(duckdb.__version__)))}'")
    connection.execute(
        "set TimeZone = 'UTC'"
    )  # else the machine's zone decides on which day an instant falls
    return connection


def _spatial_extension(version: str) -> Path:
    """Find the extension in its wheel: importing the wheel instead would copy it into the home folder."""
    found = find_spec("duckdb_extension_spatial")
    if found is None or found.origin is None:
        raise Unavailable(
            "The spatial extension of DuckDB is not installed.",
            hint=f"Install duckdb-extension-spatial=={version}.",
        )
    return Path(found.origin).parent / "extensions" / f"v{version}" / "spatial.duckdb_extension"


def _close_doors(connection: "duckdb.DuckDBPyConnection", files: list[str]) -> None:
    listed = ", ".join(f"'{_escaped(file)}'" for file in files)
    connection.execute(f"set allowed_paths = [{listed}]")
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")


def _escaped(text: str) -> str:
    return text.replace("'", "''")


def _trees(connection: "duckdb.DuckDBPyConnection", sql: str) -> list[Tree]:
    row = connection.execute("select json_serialize_sql($sql)", {"sql": sql}).fetchone()
    assert row is not None
    parsed = json.loads(row[0])
    if parsed["error"]:
        raise InvalidInput(_parse_message(parsed, sql))
    statements: list[Tree] = parsed["statements"]
    return statements


def _parse_message(parsed: Mapping[str, str], sql: str) -> str:
    if parsed["error_type"] == "not implemented":
        return "A pack's statement is one SELECT; this is something else."
    line = sql.encode()[: int(parsed.get("position", 0))].count(b"\n") + 1
    return f"line {line}: {parsed['error_message']}"


def _problems(connection: "duckdb.DuckDBPyConnection", sql: str) -> list[str]:
    try:
        return tree_problems(_trees(connection, sql), sql)
    except InvalidInput as error:
        return [error.message]


def _checked(
    connection: "duckdb.DuckDBPyConnection", sql: str, parameters: Mapping[str, object]
) -> tuple[str, dict[str, object]]:
    """Give the statement as the engine reads it, and the parameters it takes."""
    statement = with_dollar_parameters(sql)
    trees = _trees(connection, statement)
    if problems := tree_problems(trees, statement):
        raise InvalidInput(f"The statement is not allowed: {'; '.join(problems)}")
    used = parameters_of(trees)
    if missing := sorted(used - set(parameters)):
        raise InvalidInput(f"The statement takes parameters {missing} that were not given.")
    return statement, {name: parameters[name] for name in sorted(used)}


def _executed(
    connection: "duckdb.DuckDBPyConnection", statement: str, parameters: dict[str, object]
) -> pa.Table:
    import duckdb

    try:
        return connection.execute(statement, parameters).to_arrow_table()
    except duckdb.OutOfMemoryException as error:
        raise Unavailable(
            "The statement needs more memory than an analysis may take.",
            hint="Narrow it, or raise the limit of the session.",
        ) from error
    except duckdb.Error as error:
        raise InvalidInput(_run_message(str(error))) from error


def _run_message(text: str) -> str:
    """Keep the engine's first sentence, and the line it points at."""
    message = text.split("\n", 1)[0].split(" Error: ", 1)[-1]
    line = re.search(r"^LINE (\d+):", text, re.MULTILINE)
    return f"line {line[1]}: {message}" if line else message
