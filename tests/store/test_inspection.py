"""What domain SQL may read and write."""

import pytest
from tests.store.samples import CLERK

from zonetwin.core.errors import Conflict, InvalidInput, TwinError
from zonetwin.store.model import Store


@pytest.mark.parametrize(
    "statement",
    [
        "select * from resident",
        "select * from resident_past",
        "select persons from (select * from resident) where persons > :least",
    ],
)
def test_domain_sql_cannot_read_persons(store: Store, statement: str) -> None:
    with pytest.raises(InvalidInput, match="hold persons"):
        store.select(statement, {"least": 1})


@pytest.mark.parametrize(
    "statement",
    [
        "delete from note_row",
        "insert into note_row (title, done) values ('x', true) returning id",
        "pragma journal_mode = delete",
        "attach database 'other.db' as other",
        "create table x (a)",
        "vacuum",
        "begin immediate",
    ],
)
def test_a_select_only_reads(store: Store, statement: str) -> None:
    with pytest.raises(InvalidInput, match="Only a select"):
        store.select(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from building",
        "update firm set name = ''",
        "delete from zonetwin_change",
        "delete from gpkg_contents",
    ],
)
def test_domain_sql_writes_neither_features_nor_the_ledger(store: Store, statement: str) -> None:
    with (
        store.begin(actor=CLERK, tool="test") as writer,
        pytest.raises(InvalidInput, match="Domain SQL cannot write"),
    ):
        writer.execute(statement)


@pytest.mark.parametrize(
    "statement", ["drop table note_row", "create table x (a)", "commit", "pragma foreign_keys = off"]
)
def test_domain_sql_changes_rows_only(store: Store, statement: str) -> None:
    with (
        store.begin(actor=CLERK, tool="test") as writer,
        pytest.raises(InvalidInput, match="may change rows only"),
    ):
        writer.execute(statement)


def test_a_wrong_statement_is_our_own_fault(store: Store) -> None:
    with pytest.raises(TwinError, match="no such table: nowhere") as caught:
        store.select("select 1 from nowhere")
    assert caught.value.status == 500


def test_a_broken_constraint_is_a_conflict_and_the_change_can_go_on(store: Store) -> None:
    add = "insert into note_row (title, done) values (:title, false)"
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.execute(add, {"title": "once"})
        with pytest.raises(Conflict, match=r"UNIQUE constraint failed: note_row\.title"):
            writer.execute(add, {"title": "once"})
        writer.execute(add, {"title": "twice"})
    assert store.select("select title from note_row order by id") == [{"title": "once"}, {"title": "twice"}]


def test_rows_written_by_domain_sql_are_counted_in_the_change(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        rows = [{"title": title} for title in "abc"]
        writer.execute_many("insert into note_row (title, done) values (:title, false)", rows)
    assert store.changes()[0].counts == {"note_row": 3}
