"""Which statements SQLite and PostgreSQL both take."""

import pytest

from zonetwin.store.portable import schema_problems, statement_problems


@pytest.mark.parametrize(
    "sql",
    [
        "insert into a (x, y) values (:x, coalesce(:y, 1)) on conflict (x) do update set y = excluded.y returning id",
        "with recursive steps (n) as (select 1 union all select n + 1 from steps where n < 5) select n from steps",
        "select a, row_number() over (partition by b order by c) as place from t",
        "select case when (a) then (b) else (c) end from t where not (a) and (b) or exists (select 1 from u)",
        "select a is not distinct from b, a is null, a is not null, a is true from t",
        "select count(*) filter (where a > 1), max(a), 'kind/' || id from t group by id",
        "select a from t order by a nulls last limit :limit offset 5",
        "update t set a = 1 from u where u.id = t.id",
        "delete from t where a in (1, 2)",
        "select 'a == b', \"rowid -> x\" from t  -- glob",
    ],
)
def test_common_sql_passes(sql: str) -> None:
    assert statement_problems(sql) == []


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("insert or replace into a values (1)", "on conflict"),
        ("insert or ignore into a values (1)", "on conflict"),
        ("select json_extract(a, '$.x') from t", "json_extract"),
        ("select a ->> 'x' from t", "->>"),
        ("select st_area(g) from t", "st_area"),
        ("select group_concat(a) from t", "group_concat"),
        ("select string_agg(a, ',') from t", "string_agg"),
        ("select strftime('%Y', a) from t", "strftime"),
        ("select date('now')", "date"),
        ("select ifnull(a, 1) from t", "ifnull"),
        ("select iif(a, 1, 2) from t", "iif"),
        ("select max(a, b) from t", "a case"),
        ("select a from t where b glob 'x*'", "glob"),
        ("select a from t where b collate nocase = 'x'", "collate"),
        ("select rowid from t", "rowid"),
        ("select a from t where b is c", "is not distinct from"),
        ("select a from t where b == 1", "=="),
        ("select [a] from t", "double quotes"),
        ("select `a` from t", "does not parse"),
        ("select a from t limit 3", "without `order by`"),
        ("select a from t order by a limit 1, 2", "limit a, b"),
        ("delete from t where a in (select value from json_each(:keys))", "json_each"),
        ("pragma user_version", "expected a select"),
        ("create table t (a integer)", "expected a select"),
        ("select 1; select 2", "2 statements"),
        ("select from where", "does not parse"),
    ],
)
def test_what_only_one_of_them_takes_is_named(sql: str, problem: str) -> None:
    assert any(problem in found for found in statement_problems(sql)), statement_problems(sql)


def test_a_common_schema_passes() -> None:
    sql = """
    create table note (
      id integer primary key, title text not null unique, on_day date, at timestamp, amount real, done boolean not null,
      body blob, sort text not null check (sort in ('a', 'b')), parent integer references note (id)
    );
    create index note_day on note (on_day, id);
    create view notes as select id, title from note;
    alter table note add column colour text;
    """
    assert schema_problems(sql) == []


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("create table a (id integer primary key autoincrement)", "autoincrement"),
        ("create table a (at datetime)", "'at' is timestamp"),
        ("create table a (name varchar(20))", "varchar(20)"),
        ("create table a (amount numeric)", "decimal"),
        ("create table a (x text) strict", "strict"),
        ("select 1", "does not belong in a schema"),
        ("create table a (", "does not parse"),
    ],
)
def test_what_only_sqlite_takes_in_a_schema_is_named(sql: str, problem: str) -> None:
    assert any(problem in found for found in schema_problems(sql)), schema_problems(sql)
