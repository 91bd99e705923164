"""Statements read from a file of SQL."""

from pathlib import Path

import pytest

from zonetwin.core.errors import InvalidInput
from zonetwin.store.statements import load_statements


def _file(folder: Path, text: str) -> Path:
    file = folder / "queries.sql"
    file.write_text(text, encoding="utf-8")
    return file


def test_each_statement_is_found_under_its_name(tmp_path: Path) -> None:
    file = _file(tmp_path, "-- About notes.\n\n-- name: one\nselect 1;\n\n-- name: two\nselect 2  -- WKB\n")
    assert dict(load_statements(file)) == {"one": "select 1", "two": "select 2  -- WKB"}


def test_a_file_of_comments_has_no_statements(tmp_path: Path) -> None:
    assert dict(load_statements(_file(tmp_path, "-- nothing yet\n"))) == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select 1\n-- name: two\nselect 2\n", "has no name"),
        ("-- name: one\nselect 1\n-- name: one\nselect 2\n", "two statements named 'one'"),
        ("-- name: one\n-- only a comment\n", "nothing under the name 'one'"),
        ("-- name: One-2\nselect 1\n", "names a statement 'One-2'"),
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        load_statements(_file(tmp_path, text))
