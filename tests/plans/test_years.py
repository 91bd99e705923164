"""Yearly amounts: 1000 parking spaces each year from 2023 to 2025, never 3000 in all."""

from datetime import date

import pytest
from tests.plans.examples import END, RULES, target, total

from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Status, Verdict
from zonetwin.plans.progress import judge

SPACES = target(cadence="annual", value=1000.0, unit="个", indicator="parking_spaces_added")
TODAY = date(2025, 7, 2)  # day 183 of 365: an even pace stands at 1000 * 183 / 365 = 501.37


def _year(year: int, value: float, until: date | None = None) -> Measured:
    return total(value, until or date(year, 12, 31), start=date(year, 1, 1), unit="个")


def _judge(*series: Measured, today: date = TODAY) -> Verdict:
    return judge(SPACES, series, today=today, rules=RULES)


def test_every_year_done_and_the_current_one_at_pace_is_on_track() -> None:
    verdict = _judge(_year(2023, 1000), _year(2024, 1200), _year(2025, 510, TODAY))
    assert verdict.status is Status.ON_TRACK
    assert verdict.expected == pytest.approx(501.37, abs=0.01)
    assert verdict.reason.en.startswith("2023: 1,000, done. 2024: 1,200, done. 2025 so far: 510.")


def test_a_surplus_does_not_carry_over() -> None:
    assert _judge(_year(2023, 3000), _year(2024, 1000), _year(2025, 0, TODAY)).status is Status.BEHIND


def test_a_missed_year_caps_the_verdict_at_risk() -> None:
    verdict = _judge(_year(2023, 900), _year(2024, 1000), _year(2025, 1000, TODAY))
    assert verdict.status is Status.AT_RISK
    assert "2023: 900, not done." in verdict.reason.en


def test_the_last_year_done_early_is_met_when_all_years_were() -> None:
    assert _judge(_year(2023, 1000), _year(2024, 1000), _year(2025, 1000, TODAY)).status is Status.MET
    first_year = date(2023, 7, 2)
    assert _judge(_year(2023, 1000, first_year), today=first_year).status is Status.ON_TRACK


def test_at_the_end_every_year_counts() -> None:
    after = date(2026, 2, 1)
    done = (_year(2023, 1000), _year(2024, 1000), _year(2025, 1000))
    assert _judge(*done, today=after).status is Status.MET
    assert _judge(_year(2023, 999), *done[1:], today=after).status is Status.MISSED


def test_a_year_that_was_not_measured_leaves_the_end_open() -> None:
    verdict = _judge(_year(2024, 1000), _year(2025, 1000), today=date(2026, 2, 1))
    assert (verdict.status, verdict.code) == (Status.CANNOT_BE_SCORED, "years-unknown")
    assert "2023: not measured." in verdict.reason.en


def test_a_full_year_measured_in_part_is_not_known() -> None:
    part = _year(2023, 1000, date(2023, 10, 31))
    assert "2023: not measured." in _judge(part, _year(2024, 1000), _year(2025, 600, TODAY)).reason.en


def test_without_the_current_year_the_full_ones_decide() -> None:
    assert _judge(_year(2023, 1000), _year(2024, 1000)).status is Status.ON_TRACK
    assert _judge(_year(2023, 1000), _year(2024, 800)).status is Status.AT_RISK


def test_what_the_rest_of_the_year_must_bring() -> None:
    verdict = _judge(_year(2023, 1000), _year(2024, 1000), _year(2025, 400, TODAY))
    # 182 days are left of 2025: 182 / 30.436875 = 5.97959 months; 600 / 5.97959 = 100.34.
    assert verdict.required_pace == pytest.approx(100.34, abs=0.01)
    assert verdict.status is Status.AT_RISK  # 400 of 501.37 is 0.80


def test_a_year_without_any_entry_is_not_known() -> None:
    empty = total(0.0, date(2023, 12, 31), unit="个", of=None)
    verdict = _judge(empty, _year(2024, 1000), _year(2025, 600, TODAY))
    assert "2023: not measured." in verdict.reason.en


def test_no_year_measured_is_not_scored() -> None:
    assert _judge().code == "unmeasured"


def test_a_single_year_is_judged_by_its_own_deadline() -> None:
    only = target(cadence="annual", value=3800.0, unit="套", deadline=date(2023, 12, 31), comparator="~")
    measured = total(3700.0, date(2023, 12, 31), unit="套")  # within 5 % of 3800
    assert judge(only, [measured], today=END, rules=RULES).status is Status.MET
