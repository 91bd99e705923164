"""What a pack's statement may be."""

import pytest

from zonetwin.core.errors import InvalidInput
from zonetwin.store.analysis_session import (
    allowed_statement,
    allowed_statements,
    parameters_used,
    tables_read,
)
from zonetwin.store.pack_sql import with_dollar_parameters

GOOD = """
-- Residents within the limit, by area.
with near as (
  select a.feature, min(a.metres) as metres
  from access a
  where a.need = 0 and a.reason is null
  group by a.feature
)
select r.area, r.feature,
       case when n.metres <= :minutes * 80 then cast(r.persons as decimal(18, 4)) else 0 end as counted,
       r.persons as of, r.low, r.high, r.reason
from residents r
left join near n using (feature)
where r.area like 'x%' or exists (select 1 from park p where ST_DWithin(p.geom, ST_Point(r.x, r.y), 300))
order by r.feature
"""


def test_an_indicators_statement_is_allowed() -> None:
    assert allowed_statement(GOOD) == []


def test_many_statements_are_checked_in_turn() -> None:
    assert allowed_statements([GOOD, "select now()", "select 1"])[::2] == [[], []]


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("select *\nfrom read_csv('/etc/passwd')", "line 2: the table function 'read_csv' is not allowed"),
        ("select\n*\nfrom '/etc/passwd'", "line 3: '/etc/passwd' is not a published table"),
        ("select * from 'park.parquet'", "'park.parquet' is not a published table"),
        ("select read_text('/etc/passwd')", "the function 'read_text' is not on the list"),
        ("select case when true then read_blob('x') end", "'read_blob'"),
        ("select * from glob('/etc/*')", "'glob'"),
        ("select * from ST_Read('x.shp')", "'st_read'"),
        ("select * from query('select 1')", "'query'"),
        ("select * from query_table('park')", "'query_table'"),
        ("select getenv('HOME')", "'getenv'"),
        ("select current_setting('memory_limit')", "'current_setting'"),
        ("select * from duckdb_settings()", "'duckdb_settings'"),
        ("select * from pragma_table_info('park')", "'pragma_table_info'"),
        ("select * from pg_class", "'pg_class' belongs to the engine"),
        ("select * from information_schema.tables", "'tables' belongs to the engine"),
        ("select * from memory.main.park", "'park' belongs to the engine"),
        ("select random()", "'random'"),
        ("select now()", "'now'"),
        ("select area from park where built < current_date", "'current_date' changes from run to run"),
        ("select uuid()", "'uuid'"),
        ("select * from park tablesample 10%", "a sample of a table changes"),
        ("select * from park using sample 5", "a sample of a table changes"),
        ("select 1; select 2", "one SELECT, here are 2"),
        ("", "one SELECT"),
        ("copy park to 'x.csv'", "this is something else"),
        ("attach 'x.db'", "this is something else"),
        ("install httpfs", "this is something else"),
        ("load httpfs", "this is something else"),
        ("set threads = 8", "this is something else"),
        ("pragma database_list", "this is something else"),
        ("create table x as select 1", "this is something else"),
        ("delete from park", "this is something else"),
        ("describe park", "cannot stand where a table stands"),
        ("select * from (show tables)", "cannot stand where a table stands"),
        ("select ?", "parameters have names"),
        ("select $1", "parameters have names"),
        ("select a\nfrom park\nwhere (", "line 3: syntax error"),
        ("select 'a", "unterminated"),
        ("select age(opened) from park", "'age'"),  # of one value it means until today
        ("select 1 union all select version()", "'version'"),
        ("with x as (select txid_current() as t) select t from x", "'txid_current'"),
        ("select count(*) filter (where pg_sleep(1) is null) from park", "'pg_sleep'"),
        ("select list_transform([1], lambda x: read_text('/etc/passwd')) from park", "'read_text'"),
        ("select x from park order by random()", "'random'"),
        ("select max(x) over (order by getvariable('y')) from park", "'getvariable'"),
    ],
)
def test_what_a_pack_may_not_do_is_said(sql: str, problem: str) -> None:
    assert any(problem in found for found in allowed_statement(sql)), allowed_statement(sql)


def test_all_problems_are_listed_at_once() -> None:
    found = allowed_statement("select now(),\n random()\nfrom read_csv('x')")
    assert [text.split(":")[0] for text in found] == ["line 1", "line 2", "line 3"]


def test_lines_are_right_after_chinese_text() -> None:
    assert allowed_statement("select '公园绿地',\n now()") == [
        "line 2: the function 'now' is not on the list of allowed functions."
    ]


@pytest.mark.parametrize(
    ("sql", "rewritten"),
    [
        ("select :a", "select $a"),
        ("where day >= :start and day < :end", "where day >= $start and day < $end"),
        ("select x::integer, (y)::text, :z::date", "select x::integer, (y)::text, $z::date"),
        ("select ':a', \":b\" -- :c\n, :d /* :e */", "select ':a', \":b\" -- :c\n, $d /* :e */"),
        ("select a[1:n], b[:m], {'k':v}, {'k': :w}", "select a[1:n], b[$m], {'k':v}, {'k': $w}"),
        ("select $a, in_list(:b,:c)", "select $a, in_list($b,$c)"),
        ("select '中文' || :名 || :x", "select '中文' || :名 || $x"),
    ],
)
def test_named_parameters_are_rewritten_where_they_are_parameters(sql: str, rewritten: str) -> None:
    assert with_dollar_parameters(sql) == rewritten


def test_tables_and_parameters_of_a_statement_are_told() -> None:
    assert tables_read(GOOD) == {"access", "residents", "park"}
    assert parameters_used(GOOD) == {"minutes"}


def test_a_name_defined_by_with_is_not_a_table() -> None:
    assert (
        tables_read("with a as (select 1 as x), b as (select * from a) select * from a join b using (x)")
        == set()
    )


def test_a_statement_that_does_not_parse_has_no_tables() -> None:
    with pytest.raises(InvalidInput, match="line 1: syntax error"):
        tables_read("selec")
