"""What all SQL of the domains keeps to: it runs on SQLite and on PostgreSQL alike."""

from pathlib import Path

import pytest

from zonetwin.store.portable import schema_problems, statement_problems
from zonetwin.store.statements import load_statements

SOURCES = Path(__file__).parents[2] / "src" / "zonetwin"
QUERIES = [
    pytest.param(sql, id=f"{file.parent.name}.{name}")
    for file in sorted(SOURCES.rglob("queries.sql"))
    for name, sql in load_statements(file).items()
]


@pytest.mark.parametrize("sql", QUERIES)
def test_a_statement_is_common_to_sqlite_and_postgresql(sql: str) -> None:
    assert statement_problems(sql) == []


@pytest.mark.parametrize("file", sorted(SOURCES.rglob("schema.sql")), ids=lambda file: file.parent.name)
def test_a_schema_is_common_to_sqlite_and_postgresql(file: Path) -> None:
    assert schema_problems(file.read_text(encoding="utf-8")) == []
