"""What domains publish: typed tables and views."""

from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from tests.store.samples import CLERK, NOTES, open_sample

from zonetwin.core.errors import Conflict, InvalidInput, NotFound
from zonetwin.store.columns import INSTANT
from zonetwin.store.model import Migration, Part, Store

ADD = "insert into note_row (title, on_day, amount, done) values (:title, :on_day, :amount, :done)"


def _publishing(sql: str, name: str = "digest") -> Part:
    return Part("notes", NOTES.migrations, {name: sql})


def _schema_of(folder: Path, sql: str) -> dict[str, pa.DataType]:
    with closing(open_sample(folder, parts=[_publishing(sql)])) as store:
        schema = store.published_schema("digest")
    return dict(zip(schema.names, schema.types, strict=True))


def test_a_published_table_is_typed_even_when_it_is_empty(store: Store) -> None:
    columns: dict[str, pa.DataType] = {"id": pa.int64(), "feature": pa.string(), "title": pa.string()}
    columns |= {"on_day": pa.date32(), "amount": pa.float64(), "done": pa.bool_()}
    expected = pa.schema(columns)
    assert store.published("notes").schema == expected
    assert store.published_schema("notes") == expected
    assert store.published_tables == ("notes",)


def test_a_published_table_gives_its_rows(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.execute(ADD, {"title": "a", "on_day": "2024-02-29", "amount": 2, "done": True})
    (row,) = store.published("notes").to_pylist()
    assert (row["feature"], row["on_day"].isoformat(), row["amount"], row["done"]) == (
        "note/1",
        "2024-02-29",
        2.0,
        True,
    )


def test_an_expression_has_the_type_that_follows_from_its_parts(tmp_path: Path) -> None:
    sql = """
    select min(n.on_day) as first_day, count(*) as notes, sum(n.amount) as total, coalesce(n.title, '') as title,
           case when n.done then n.on_day end as done_on, row_number() over (order by n.title) as place,
           cast(null as text) as note, exists (select 1 from note_row m where m.done) as any_done
    from note_row n group by n.title
    """
    assert _schema_of(tmp_path, sql) == {
        "first_day": pa.date32(),
        "notes": pa.int64(),
        "total": pa.float64(),
        "title": pa.string(),
        "done_on": pa.date32(),
        "place": pa.int64(),
        "note": pa.string(),
        "any_done": pa.bool_(),
    }


def test_an_instant_is_an_instant(tmp_path: Path) -> None:
    assert _schema_of(tmp_path, "select at from zonetwin_change") == {"at": INSTANT}


def test_an_expression_without_a_type_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"columns \['unknown'\] whose type cannot be told"):
        _schema_of(tmp_path, "select title, null as unknown from note_row")


def test_domains_can_join_what_is_published(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.execute(ADD, {"title": "a", "on_day": None, "amount": None, "done": False})
    assert store.select("select feature from notes") == [{"feature": "note/1"}]


def test_a_changed_select_replaces_its_view(tmp_path: Path) -> None:
    open_sample(tmp_path, parts=[_publishing("select id from note_row")]).close()
    store = open_sample(tmp_path, parts=[_publishing("select title from note_row")])
    assert store.select("select title from digest") == []
    assert store.published_schema("digest").names == ["title"]
    store.close()


def test_a_table_of_the_published_name_stands_for_itself(tmp_path: Path) -> None:
    store = open_sample(tmp_path, parts=[_publishing("select id, title from note_row", name="note_row")])
    assert store.published_schema("note_row").names == ["id", "title"]
    assert store.select("select amount from note_row") == []
    store.close()


def test_the_change_number_of_a_published_table_is_that_of_what_it_reads(store: Store) -> None:
    assert store.kind_change("notes") == 0
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.execute(ADD, {"title": "a", "on_day": None, "amount": None, "done": False})
    assert store.kind_change("notes") == store.kind_change("note_row") == 1


def test_what_nobody_publishes_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match=r"No table 'cases' is published\. Published: notes"):
        store.published("cases")


def test_two_parts_cannot_publish_under_one_name(tmp_path: Path) -> None:
    other = Part(
        "other", (Migration("other", 1, "create table other_row (id integer primary key);"),), NOTES.published
    )
    with pytest.raises(Conflict, match="Two parts publish a table 'notes'"):
        open_sample(tmp_path, parts=[NOTES, other])
