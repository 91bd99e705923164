"""Measurements as judging sees them: which one answers, in what unit, and which periods are wanted."""

from datetime import date

import pytest
from tests.plans.examples import END, START, level, target, total

from zonetwin.core.errors import InvalidInput
from zonetwin.core.period import Period
from zonetwin.plans.measured import level as level_by
from zonetwin.plans.measured import running_total, wanted_periods, year_parts

TODAY = date(2024, 5, 20)


def test_the_longest_running_total_up_to_a_day_answers() -> None:
    series = [total(1, date(2023, 3, 31)), total(2, date(2023, 12, 31)), total(3, date(2024, 3, 31))]
    assert running_total(series, START, date(2023, 12, 31)) == series[1]


def test_a_total_from_another_day_is_another_total() -> None:
    assert running_total([total(5, date(2023, 6, 30), start=date(2023, 2, 1))], START, END) is None


def test_the_last_level_up_to_a_day_answers() -> None:
    series = [level(70, date(2024, 1, 1)), level(80, date(2024, 4, 1)), level(90, date(2024, 9, 1))]
    assert level_by(series, date(2024, 5, 1)) == series[1]


def test_the_first_level_after_a_day_answers_where_there_was_none_before() -> None:
    series = [level(90, date(2024, 9, 1)), level(95, date(2024, 10, 1))]
    assert level_by(series, date(2024, 5, 1)) == series[0]


def test_a_running_total_is_no_level() -> None:
    assert level_by([total(5, date(2023, 6, 30))], END) is None


def test_square_metres_become_mu() -> None:
    measured = total(2_000_000.0, TODAY, unit="m2", claimed=3_000_000.0, low=1_000_000.0, high=None)
    converted = measured.in_unit("亩")  # 1 亩 = 2000/3 m²
    assert converted.value == pytest.approx(3000.0)
    assert converted.claimed == pytest.approx(4500.0)
    assert converted.low == pytest.approx(1500.0)
    assert converted.high is None


def test_homes_are_not_mu() -> None:
    with pytest.raises(InvalidInput, match="measure different things"):
        total(5.0, TODAY, unit="套").in_unit("亩")


def test_the_unknown_share_is_of_all_that_was_looked_at() -> None:
    assert level(50, TODAY, unknown=25.0, of=75.0).unknown_share == 0.25
    assert level(50, TODAY, unknown=0.0, of=None).unknown_share == 0.0


def test_a_running_total_is_wanted_at_each_quarter_and_today() -> None:
    found = wanted_periods(target(start=date(2024, 1, 1)), TODAY, is_span=True)
    first = date(2024, 1, 1)
    assert found == [Period(first, date(2024, 4, 1)), Period(first, date(2024, 5, 21))]


def test_nothing_is_wanted_beyond_the_deadline() -> None:
    found = wanted_periods(target(deadline=date(2023, 12, 31)), TODAY, is_span=True)
    assert found[-1] == Period(START, date(2024, 1, 1))
    assert len(found) == 4


def test_a_yearly_amount_is_wanted_for_each_year() -> None:
    found = wanted_periods(target(cadence="annual"), TODAY, is_span=True)
    assert found == [Period(START, date(2024, 1, 1)), Period(date(2024, 1, 1), date(2024, 5, 21))]


def test_a_level_is_wanted_today_and_on_a_deadline_that_is_past() -> None:
    standing = target(cadence="standing", deadline=date(2023, 12, 31))
    assert [period.start for period in wanted_periods(standing, TODAY, is_span=False)] == [
        date(2023, 12, 31),
        TODAY,
    ]


def test_nothing_is_wanted_before_the_start() -> None:
    assert wanted_periods(target(start=date(2025, 1, 1)), TODAY, is_span=True) == []


def test_years_are_cut_at_new_year() -> None:
    parts = year_parts(date(2023, 7, 1), date(2024, 2, 29))
    assert parts == [
        Period(date(2023, 7, 1), date(2024, 1, 1)),
        Period(date(2024, 1, 1), date(2024, 3, 1)),
    ]
