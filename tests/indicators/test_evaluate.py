"""Running a statement: its parameters, its columns, its order."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from zonetwin.core.errors import InvalidInput
from zonetwin.core.period import Period, day_period
from zonetwin.core.text import Text
from zonetwin.indicators.evaluate import ROW_SCHEMA, Evaluation, checked_rows, evaluate
from zonetwin.packs.model import Indicator, Place
from zonetwin.store.analysis_session import AnalysisSession

TODAY = date(2024, 5, 10)
PARENTS = {"zone": None, "west": "zone"}
INDICATOR = Indicator(
    name="served",
    pack="test",
    title=Text("", ""),
    unit="percent",
    per="area",
    better="higher",
    combine="ratio",
    over="instant",
    needs=(),
    sql="",
    parameters={},
    band="none",
    source=Text("", ""),
    limits=Text("", ""),
    version="1",
    place=Place("served.yaml", 1),
)
HOMES = pa.table(
    {
        "feature": ["home/2", "home/1", "home/3"],
        "area": ["west", "west", None],
        "persons": [30, 10, 60],
        "served": [True, False, True],
    }
)
ROWS = """
select area, feature, case when served then persons else 0 end as counted, persons as of,
  null as low, null as high, cast(null as varchar) as reason
from home
"""


def run(sql: str, folder: Path, period: Period | None = None, **changes: object) -> Evaluation:
    indicator = replace(INDICATOR, sql=sql, **changes)  # type: ignore[arg-type]
    with AnalysisSession({}, derived={"home": HOMES}, allowed=folder) as session:
        return evaluate(indicator, session, period or day_period(TODAY), today=TODAY, parents=PARENTS)


def test_rows_come_in_the_order_of_their_features_with_fixed_types(tmp_path: Path) -> None:
    rows = run(ROWS, tmp_path).rows
    assert rows.schema == ROW_SCHEMA
    assert rows.column("feature").to_pylist() == ["home/1", "home/2", "home/3"]


def test_a_ratio_in_percent_is_multiplied_by_a_hundred(tmp_path: Path) -> None:
    totals = run(ROWS, tmp_path).totals
    assert (totals["west"].value, totals["zone"].value) == (75.0, 90.0)  # 30 of 40, 90 of 100


def test_a_ratio_in_another_unit_is_not(tmp_path: Path) -> None:
    assert run(ROWS, tmp_path, unit="ratio").totals["west"].value == 0.75


def test_an_instant_sees_its_day_and_a_span_its_bounds_and_today(tmp_path: Path) -> None:
    sql = """
    select null::varchar as area, concat(:today, ' ', :start, ' ', :end) as feature, 1 as counted, 1 as of,
      null as low, null as high, null::varchar as reason
    """
    past = Period(date(2023, 1, 1), date(2024, 1, 1))
    instant = run(sql, tmp_path, day_period(date(2023, 12, 31)))
    span = run(sql, tmp_path, past, over="span", combine="sum")
    assert instant.rows.column("feature").to_pylist() == ["2023-12-31 2023-12-31 2024-01-01"]
    assert span.rows.column("feature").to_pylist() == ["2024-05-10 2023-01-01 2024-01-01"]


def test_parameters_of_the_declaration_reach_the_statement(tmp_path: Path) -> None:
    sql = ROWS + "where persons >= :least"
    assert len(run(sql, tmp_path, parameters={"least": 30}).rows) == 2


@pytest.mark.parametrize("missing", ["area", "feature", "counted", "of", "reason"])
def test_a_column_that_is_missing_is_named(missing: str) -> None:
    table = ROW_SCHEMA.empty_table().drop_columns([missing])
    with pytest.raises(InvalidInput, match=rf"'served' lacks the columns \['{missing}'\]"):
        checked_rows(table, "served")


def test_columns_for_claims_and_band_may_be_missing() -> None:
    table = ROW_SCHEMA.empty_table().drop_columns(["claimed", "low", "high"])
    assert checked_rows(table, "served").schema == ROW_SCHEMA


def row(**changes: object) -> pa.Table:
    values = {"area": None, "feature": "home/1", "counted": 1.0, "of": 1.0, "reason": None}
    return pa.table({name: [value] for name, value in (values | changes).items()})


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"counted": "many"}, "The column 'counted' of 'served' is string"),
        ({"area": 7}, "The column 'area' of 'served' is int64"),
        ({"counted": float("nan")}, "not finite"),
        ({"of": float("inf")}, "not finite"),
        ({"feature": None}, "rows without a feature"),
    ],
)
def test_rows_that_cannot_be_a_proof_are_refused(changes: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        checked_rows(row(**changes), "served")


def test_decimals_become_numbers(tmp_path: Path) -> None:
    sql = ROWS.replace("persons as of", "cast(persons as decimal(18, 3)) as of")
    assert run(sql, tmp_path).rows.column("of").to_pylist() == [10.0, 30.0, 60.0]
