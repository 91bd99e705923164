"""The course of a target over time."""

from datetime import date

import pytest
from tests.plans.examples import END, START, level, target, total

from zonetwin.plans.page import course_of

Q1, Q2 = date(2023, 3, 31), date(2023, 6, 30)


def test_a_running_total_is_shown_beside_its_even_pace() -> None:
    series = [total(400.0, Q2, claimed=500.0), total(100.0, Q1)]
    course = course_of(target(), series)
    assert [(point.day, point.value, point.claimed) for point in course] == [
        (Q1, 100.0, 100.0),
        (Q2, 400.0, 500.0),
    ]
    # 90 of 1096 days are over on 31 March 2023, 181 on 30 June.
    assert [point.expected for point in course] == [
        pytest.approx(3000 * 90 / 1096),
        pytest.approx(3000 * 181 / 1096),
    ]


def test_totals_that_start_elsewhere_are_another_course() -> None:
    assert course_of(target(), [total(1.0, Q2, start=date(2023, 4, 1))]) == ()


def test_years_start_afresh() -> None:
    yearly = target(cadence="annual", value=1000.0)
    series = [total(900.0, date(2023, 12, 31)), total(50.0, date(2024, 1, 31), start=date(2024, 1, 1))]
    course = course_of(yearly, series)
    assert [point.value for point in course] == [900.0, 50.0]
    assert [point.expected for point in course] == [1000.0, pytest.approx(1000 * 31 / 366)]


def test_levels_have_no_even_pace() -> None:
    (point,) = course_of(target(cadence="one-off", unit="percent"), [level(82.0, Q1, low=80.0, high=84.0)])
    assert (point.value, point.low, point.high, point.expected) == (82.0, 80.0, 84.0, None)


def test_a_target_without_a_date_has_a_course_without_a_pace() -> None:
    (point,) = course_of(target(deadline=None, deadline_basis="none"), [total(7.0, END)])
    assert (point.value, point.expected) == (7.0, None)
    assert point.day > START
