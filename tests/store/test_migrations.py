"""A file's schema brought forward, step by step."""

import sqlite3
from pathlib import Path

import pytest
from tests.store.samples import CLERK, KINDS, NOTES, open_sample

from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.store.migrations import record_part, split_statements
from zonetwin.store.model import Migration, Part

SECOND = Migration(
    "notes", 2, "alter table note_row add column colour text; update note_row set colour = 'grey';"
)
GROWN = Part("notes", (*NOTES.migrations, SECOND), NOTES.published)


def _steps(folder: Path) -> list[tuple[str, int]]:
    connection = sqlite3.connect(folder / "zone.gpkg")
    steps = connection.execute("select part, step from zonetwin_schema order by part, step").fetchall()
    connection.close()
    return [(str(part), int(step)) for part, step in steps]


def test_a_new_file_takes_all_steps(tmp_path: Path) -> None:
    open_sample(tmp_path, parts=[GROWN]).close()
    assert _steps(tmp_path) == [("notes", 1), ("notes", 2), ("store", 1)]


def test_an_older_file_takes_the_steps_it_lacks_and_keeps_its_rows(tmp_path: Path) -> None:
    first = open_sample(tmp_path)
    with first.begin(actor=CLERK, tool="test") as writer:
        writer.execute("insert into note_row (title, done) values ('kept', true)")
    first.close()
    second = open_sample(tmp_path, parts=[GROWN])
    assert second.select("select title, colour from note_row") == [{"title": "kept", "colour": "grey"}]
    second.close()


def test_opening_twice_changes_nothing(tmp_path: Path) -> None:
    open_sample(tmp_path).close()
    before = (tmp_path / "zone.gpkg").read_bytes()
    open_sample(tmp_path).close()
    assert (tmp_path / "zone.gpkg").read_bytes() == before


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    open_sample(tmp_path, parts=[GROWN]).close()
    with pytest.raises(
        Conflict, match="newer than this program: its part 'notes' is at step 2, this program knows 1"
    ):
        open_sample(tmp_path)


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    open_sample(tmp_path).close()
    broken = Migration("notes", 2, "alter table note_row add column colour text; select from;")
    with pytest.raises(Exception, match="cannot run a statement"):
        open_sample(tmp_path, parts=[Part("notes", (*NOTES.migrations, broken))])
    assert _steps(tmp_path) == [("notes", 1), ("store", 1)]
    open_sample(tmp_path).close()


def test_steps_count_from_one_without_gaps(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"are \[2\], expected 1, 2, 3"):
        open_sample(tmp_path, parts=[Part("notes", (SECOND,))])


def test_a_part_that_is_gone_is_left_alone(tmp_path: Path) -> None:
    open_sample(tmp_path).close()
    open_sample(tmp_path, kinds=KINDS, parts=()).close()
    assert ("notes", 1) in _steps(tmp_path)


@pytest.mark.parametrize("migration", record_part().migrations, ids=lambda item: f"store-{item.step}")
def test_each_step_of_the_record_runs_on_the_one_before(migration: Migration) -> None:
    connection = sqlite3.connect(":memory:")
    for step in record_part().migrations[: migration.step]:
        for statement in split_statements(step.sql):
            connection.execute(statement)
    tables = {name for (name,) in connection.execute("select name from sqlite_master where type = 'table'")}
    connection.close()
    assert {"zonetwin_source", "zonetwin_change", "zonetwin_change_count", "zonetwin_touched"} <= tables


def test_a_script_is_split_where_statements_end() -> None:
    trigger = "create trigger t after insert on a begin delete from a; end;"
    script = f"-- about;\ncreate table a (x text default ';');\n\n{trigger}\n"
    first, second = split_statements(script)
    assert "default ';'" in first
    assert second.strip().startswith("create trigger")


def test_an_unfinished_statement_is_refused() -> None:
    with pytest.raises(InvalidInput, match="unfinished statement: 'begin delete from a;'"):
        list(split_statements("create trigger t after insert on a\nbegin delete from a"))
