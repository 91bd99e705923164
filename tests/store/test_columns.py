"""Values on their way between Arrow and SQLite."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from zonetwin.core.errors import InvalidInput
from zonetwin.store.columns import (
    INSTANT,
    Column,
    arrow_from_values,
    instant_from_text,
    instant_text,
    values_from_arrow,
)

if TYPE_CHECKING:
    from zonetwin.store.columns import ArrowArray

TEXT = Column("name", "TEXT", pa.string())
INTEGER = Column("storeys", "INTEGER", pa.int64())
REAL = Column("height_m", "REAL", pa.float64())
BOOLEAN = Column("listed", "BOOLEAN", pa.bool_())
DAY = Column("built_on", "DATE", pa.date32())
MOMENT = Column("surveyed_at", "DATETIME", INSTANT)


@pytest.mark.parametrize(
    ("given", "column", "kept"),
    [
        (pa.array(["甲", None]), TEXT, ["甲", None]),
        (pa.array(["甲", "甲"]).dictionary_encode(), TEXT, ["甲", "甲"]),
        (pa.array([1, None], pa.int8()), INTEGER, [1, None]),
        (pa.array([2.0, None]), INTEGER, [2, None]),
        (pa.array([1, 2]), REAL, [1.0, 2.0]),
        (pa.array([True, False, None]), BOOLEAN, [1, 0, None]),
        (pa.array([date(2024, 2, 29)]), DAY, ["2024-02-29"]),
        (pa.array(["2024-02-29"]), DAY, ["2024-02-29"]),
        (pa.array([None, None]), DAY, [None, None]),
    ],
)
def test_fitting_values_are_kept(given: "ArrowArray", column: Column, kept: list[object]) -> None:
    assert list(values_from_arrow(pa.table({"x": given})["x"], column)) == kept


def test_instants_are_kept_in_utc_and_cut_to_milliseconds() -> None:
    shanghai = timezone(timedelta(hours=8))
    given = pa.array(
        [datetime(2026, 3, 1, 8, 0, 0, 123_999, tzinfo=shanghai)], pa.timestamp("us", tz="Asia/Shanghai")
    )
    assert list(values_from_arrow(pa.table({"x": given})["x"], MOMENT)) == ["2026-03-01T00:00:00.123Z"]


@pytest.mark.parametrize(
    ("given", "column"),
    [
        (pa.array([5]), TEXT),
        (pa.array(["5"]), INTEGER),
        (pa.array([2.5]), INTEGER),
        (pa.array(["5"]), REAL),
        (pa.array([float("nan"), 1.0]), REAL),
        (pa.array([float("inf")]), REAL),
        (pa.array([1]), BOOLEAN),
        (pa.array(["yesterday"]), DAY),
        (pa.array(["2024-02-30"]), DAY),
        (pa.array([5]), DAY),
        (pa.array(["noon"]), MOMENT),
        (pa.array([b"x"]), TEXT),
    ],
)
def test_a_value_that_would_be_bent_is_refused(given: "ArrowArray", column: Column) -> None:
    with pytest.raises(InvalidInput, match=column.name):
        values_from_arrow(pa.table({"x": given})["x"], column)


def test_what_is_read_has_the_columns_type() -> None:
    assert arrow_from_values([1, 0, None], pa.bool_()).to_pylist() == [True, False, None]
    assert arrow_from_values(["2024-02-29", None], pa.date32()).to_pylist() == [date(2024, 2, 29), None]
    read = arrow_from_values(["2026-03-01T00:00:00.123Z"], INSTANT)
    assert read.type == INSTANT
    assert read.to_pylist() == [datetime(2026, 3, 1, 0, 0, 0, 123_000, tzinfo=UTC)]


def test_the_text_of_an_instant_leads_back_to_it() -> None:
    moment = datetime(2026, 3, 1, 8, 0, 0, 5_000, tzinfo=UTC)
    assert instant_text(moment) == "2026-03-01T08:00:00.005Z"
    assert instant_from_text(instant_text(moment)) == moment
