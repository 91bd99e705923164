"""An even pace: shares of days, the straight line, and what is still needed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.plans.pace import elapsed_share, expected_value, months_left, required_pace

START, END = date(2023, 1, 1), date(2025, 12, 31)
days = st.dates(date(2022, 1, 1), date(2027, 1, 1))


def test_half_of_three_years_is_over_at_the_end_of_1_july_2024() -> None:
    # 365 + 366 + 365 = 1096 days; 365 of 2023, then 31+29+31+30+31+30+1 = 183 of 2024: 548 = 1096 / 2.
    assert elapsed_share(START, END, date(2024, 7, 1)) == 0.5


def test_the_first_day_counts_and_the_last_one_completes() -> None:
    assert elapsed_share(START, START, START) == 1.0
    assert elapsed_share(START, END, START) == 1 / 1096
    assert elapsed_share(START, END, END) == 1.0


def test_before_the_start_nothing_and_after_the_end_all_is_over() -> None:
    assert elapsed_share(START, END, date(2022, 12, 31)) == 0.0
    assert elapsed_share(START, END, date(2026, 6, 1)) == 1.0


def test_the_line_may_fall() -> None:
    assert expected_value(8.0, 5.0, 0.5) == 6.5


def test_what_is_missing_is_spread_over_the_months_that_are_left() -> None:
    # 61 days from 1 November to 31 December; 61 / 30.436875 = 2.00415 months; 100 / 2.00415 = 49.896.
    assert required_pace(0.0, 100.0, date(2025, 10, 31), END) == pytest.approx(49.896, abs=1e-3)


def test_no_pace_is_needed_once_the_aim_is_reached_or_no_day_is_left() -> None:
    assert required_pace(100.0, 100.0, date(2025, 1, 1), END) is None
    assert required_pace(50.0, 100.0, END, END) is None
    assert months_left(date(2026, 3, 1), END) == 0.0


@given(days, days)
def test_more_days_never_make_less_elapsed(first: date, second: date) -> None:
    early, late = sorted((first, second))
    assert 0.0 <= elapsed_share(START, END, early) <= elapsed_share(START, END, late) <= 1.0


@given(days, st.floats(0, 1000), st.floats(0, 1000))
def test_more_done_never_needs_a_higher_pace(day: date, one: float, two: float) -> None:
    less, more = sorted((one, two))
    needed_less, needed_more = required_pace(less, 500.0, day, END), required_pace(more, 500.0, day, END)
    assert needed_more is None or (needed_less is not None and needed_more <= needed_less)
