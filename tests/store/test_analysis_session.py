"""Sessions of DuckDB: what they give, and that they are closed to everything else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from zonetwin.core.errors import InvalidInput, Unavailable
from zonetwin.store.analysis_session import AnalysisSession, Planner, plan_against

PARKS = pa.table(
    {
        "fid": [1, 2, 3],
        "area": ["a", "a", None],
        "geom": [shapely.to_wkb(shapely.box(0, 0, 3, 2)), shapely.to_wkb(shapely.box(0, 0, 1, 1)), None],
        "opened": pa.array([date(2020, 1, 1), date(2022, 1, 1), None]),
    }
)
SCHEMAS = {"park": PARKS.schema}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("zone") / "states"
    made.mkdir()
    pq.write_table(PARKS, made / "park.parquet")
    return made


@pytest.fixture(scope="module")  # loading the spatial extension takes a quarter of a second
def session(folder: Path) -> Iterator[AnalysisSession]:
    residents = pa.table(
        {"area": ["a", "b"], "persons": [7, 5], "geom": [shapely.to_wkb(shapely.Point(1, 1))] * 2}
    )
    with AnalysisSession(
        {"park": folder / "park.parquet"}, derived={"residents": residents}, allowed=folder
    ) as opened:
        yield opened


def test_a_statement_runs_over_files_and_tables_made_in_memory(session: AnalysisSession) -> None:
    table = session.run(
        "select p.area, sum(ST_Area(p.geom)) as m2, max(r.persons) as persons"
        " from park p join residents r using (area) where p.opened >= :since group by p.area",
        {"since": date(2019, 1, 1), "unused": 1},
    )
    assert table.to_pylist() == [{"area": "a", "m2": 7.0, "persons": 7}]  # 3 x 2 and 1 x 1


def test_a_table_can_be_put_in_later_and_replaced(session: AnalysisSession) -> None:
    for value in (1, 2):
        session.add("extra", pa.table({"x": [value]}))
        assert session.run("select x from extra").to_pylist() == [{"x": value}]


def test_what_a_statement_gave_can_be_put_in_again(session: AnalysisSession) -> None:
    session.add("again", session.run("select fid, geom from park where fid = 1"))
    assert session.run("select ST_Area(geom) as m2 from again").to_pylist() == [{"m2": 6.0}]


def test_instants_fall_on_days_of_utc_wherever_the_machine_stands(session: AnalysisSession) -> None:
    late = datetime(2024, 2, 29, 23, 30, tzinfo=UTC)
    session.add("moments", pa.table({"moment": pa.array([late], pa.timestamp("us", tz="UTC"))}))
    assert session.run("select cast(moment as date) as day from moments").to_pylist() == [
        {"day": date(2024, 2, 29)}
    ]


def test_geometry_comes_out_as_wkb(session: AnalysisSession) -> None:
    (row,) = session.run("select ST_AsWKB(geom) as geom from park where fid = 1").to_pylist()
    assert shapely.from_wkb(row["geom"]).equals(shapely.box(0, 0, 3, 2))


def test_sums_of_real_numbers_are_the_same_in_every_run(session: AnalysisSession) -> None:
    values = [0.1 * number * (-1) ** number for number in range(200_000)]
    session.add("many", pa.table({"x": values, "g": [number % 7 for number in range(200_000)]}))
    runs = [
        session.run("select g, sum(x) as s, avg(x) as a from many group by g order by g") for _ in range(4)
    ]
    assert all(run.equals(runs[0]) for run in runs)


def test_a_missing_parameter_is_named(session: AnalysisSession) -> None:
    with pytest.raises(InvalidInput, match=r"takes parameters \['since'\] that were not given"):
        session.run("select 1 from park where opened > :since")


def test_what_is_not_allowed_does_not_run(session: AnalysisSession, folder: Path) -> None:
    for sql in (
        f"copy park to '{folder}/out.csv'",
        "select * from read_text('/etc/passwd')",
        "set threads = 4",
    ):
        with pytest.raises(InvalidInput, match=r"not allowed|something else"):
            session.run(sql)
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/passwd')",
        "select * from read_csv('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from glob('/etc/*')",
        "select * from read_parquet('https://example.org/x.parquet')",
        "select * from ST_Read('/etc/passwd')",
        "copy (select 1) to 'leak.csv'",
        "copy (select 1) to '{folder}/leak.csv'",
        "select * from read_text('{folder}/secret.txt')",
        "export database '{folder}/dump'",
        "attach '{folder}/other.db' as other",
        "install httpfs",
        "load httpfs",
        "set enable_external_access = true",
        "set allowed_directories = ['/']",
        "set allowed_paths = ['/etc/passwd']",
        "reset lock_configuration",
        "pragma memory_limit = '64GB'",
        "set python_enable_replacements = true",
        "select * from outside",
    ],
)
def test_the_engine_itself_refuses_what_would_leave_the_state(
    session: AnalysisSession, folder: Path, sql: str
) -> None:
    """Even if a statement slipped through the check, the engine's own locks hold."""
    (folder / "secret.txt").write_text("secret")
    outside = pa.table({"x": [1]})  # a Python variable the engine could pick up by its name
    assert outside.num_rows == 1
    with pytest.raises(Exception, match=r"(Permission|Invalid Input|Catalog|IO|Binder) Error"):
        session._connection.execute(sql.format(folder=folder))
    assert not (folder / "leak.csv").exists()


def test_a_file_outside_the_folder_is_not_taken(folder: Path, tmp_path: Path) -> None:
    pq.write_table(PARKS, tmp_path / "elsewhere.parquet")
    (folder / "link.parquet").symlink_to(tmp_path / "elsewhere.parquet")
    for file in (
        tmp_path / "elsewhere.parquet",
        folder / "link.parquet",
        folder / ".." / "elsewhere.parquet",
    ):
        with pytest.raises(InvalidInput, match="outside the state's folder"):
            AnalysisSession({"park": file}, allowed=folder)


def test_a_statement_that_needs_too_much_memory_is_stopped(folder: Path) -> None:
    with AnalysisSession({}, allowed=folder, memory_limit="64MB") as session:
        with pytest.raises(Unavailable, match="more memory"):
            session.run("select list(x) as l from range(100000000) t(x)")
        assert session.run("select 1 as x").to_pylist() == [{"x": 1}]


def test_a_statement_is_planned_against_empty_tables() -> None:
    with Planner(SCHEMAS) as planner:
        assert (
            planner.problems(
                "select area, count(*) as n from park where opened < :end group by area", {"end": None}
            )
            == []
        )
        assert planner.columns(
            "select area, count(*) as n, ST_Centroid(geom) as c from park group by all"
        ) == {
            "area": "VARCHAR",
            "n": "BIGINT",
            "c": "GEOMETRY",
        }


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("select colour\nfrom park", 'line 1: Referenced column "colour" not found'),
        ("select fid\nfrom parks", "line 2: Table with name parks does not exist"),
        ("select sum(area) from park", "No function matches"),
        ("select fid from park where fid > :least", "takes parameters ['least']"),
        ("select now() from park", "not on the list"),
        ("drop table park", "something else"),
    ],
)
def test_what_keeps_a_statement_from_running_is_found_without_running_it(sql: str, problem: str) -> None:
    (found,) = plan_against(SCHEMAS, sql)
    assert problem in found
