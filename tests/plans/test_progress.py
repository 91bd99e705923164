"""Verdicts of single targets, worked out by hand.

The usual target is 3000 亩 from 2023-01-01 to 2025-12-31. On 2024-07-01 exactly half of its 1096 days are over, so an
even pace stands at 1500 亩: on track from 1350 (0.9), at risk from 900 (0.6), behind below.
"""

from dataclasses import replace
from datetime import date

import pytest
from tests.plans.examples import END, MIDDLE, RULES, level, target, total

from zonetwin.core.errors import InvalidInput
from zonetwin.core.gap import Gap
from zonetwin.core.text import Text
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Status, Target, Verdict
from zonetwin.plans.progress import judge

AFTER = date(2026, 1, 15)
LEVEL = target(cadence="one-off", unit="percent", value=100.0)
FLOOR = target(cadence="standing", unit="percent", value=40.0, comparator=">=")


def _judge(asked: Target, *series: Measured, today: date = MIDDLE) -> Verdict:
    return judge(asked, series, today=today, rules=RULES)


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (3000.0, Status.MET),
        (1500.0, Status.ON_TRACK),
        (1350.0, Status.ON_TRACK),
        (1349.0, Status.AT_RISK),
        (900.0, Status.AT_RISK),
        (899.0, Status.BEHIND),
        (0.0, Status.BEHIND),
    ],
)
def test_a_running_total_is_compared_with_an_even_pace(value: float, status: Status) -> None:
    assert _judge(target(), total(value, MIDDLE)).status is status


def test_the_verdict_says_its_figures() -> None:
    verdict = _judge(target(), total(1200.0, MIDDLE, proof="abc"))
    assert (verdict.value, verdict.expected, verdict.share) == (1200.0, 1500.0, 0.4)
    # 548 days are left, 548 / 30.436875 = 18.00448 months; 1800 / 18.00448 = 99.975 亩 a month.
    assert verdict.required_pace == pytest.approx(99.975, abs=1e-3)
    assert (verdict.measured_on, verdict.proof, verdict.code) == (MIDDLE, "abc", "pace")


def test_the_reason_has_numbers_units_and_days_in_both_languages() -> None:
    reason = _judge(target(), total(1200.0, MIDDLE)).reason
    assert reason.zh == (
        "截至 2024-07-01 为 1,200 亩,匀速应到 1,500 亩;目标 3,000 亩,期限 2025-12-31。此后每月需 99.98 亩。"
    )
    assert reason.en == (
        "1,200 mu as of 2024-07-01, an even pace would stand at 1,500 mu; the target is 3,000 mu by 2025-12-31. "
        "From here 99.98 mu a month are needed."
    )


def test_a_measurement_in_square_metres_is_judged_in_mu() -> None:
    measured = total(1_000_000.0, MIDDLE, unit="m2")  # 1 000 000 m² = 1500 亩
    verdict = _judge(target(), measured)
    assert verdict.value == pytest.approx(1500.0)
    assert verdict.status is Status.ON_TRACK


def test_a_measurement_of_another_thing_is_refused() -> None:
    with pytest.raises(InvalidInput):
        _judge(target(), total(4.0, MIDDLE, unit="套"))


def test_after_the_deadline_what_was_reached_by_then_decides() -> None:
    assert _judge(target(), total(3000.0, END), today=AFTER).status is Status.MET
    assert _judge(target(), total(2999.0, END), today=AFTER).status is Status.MISSED


def test_what_came_after_the_deadline_does_not_count() -> None:
    early = target(deadline=date(2023, 12, 31), value=1000.0)
    series = (total(900.0, date(2023, 12, 31)), total(1600.0, MIDDLE))
    verdict = _judge(early, *series)
    assert (verdict.status, verdict.value) == (Status.MISSED, 900.0)


def test_a_deadline_that_was_not_measured_cannot_be_scored_unless_reached_before() -> None:
    measured = total(2500.0, date(2025, 6, 30))
    verdict = _judge(target(), measured, today=AFTER)
    assert (verdict.status, verdict.code) == (Status.CANNOT_BE_SCORED, "not-measured-to-deadline")
    assert _judge(target(), total(3000.0, date(2025, 6, 30)), today=AFTER).status is Status.MET


def test_about_allows_the_tolerance_and_no_more() -> None:
    about = target(comparator="~")  # 5 % of 3000 is 150
    assert _judge(about, total(2850.0, END), today=AFTER).status is Status.MET
    assert _judge(about, total(2849.0, END), today=AFTER).status is Status.MISSED


def test_claims_do_not_count_but_are_said_where_they_would() -> None:
    verdict = _judge(target(), total(900.0, MIDDLE, claimed=1500.0))
    assert (verdict.status, verdict.value, verdict.claimed) == (Status.AT_RISK, 900.0, 1500.0)
    assert "1,500 mu are claimed and would make it “On track”" in verdict.reason.en
    assert "申报为 1,500 亩,全部核实后为“按计划”" in verdict.reason.zh


def test_claims_that_change_nothing_are_not_said() -> None:
    assert "claimed" not in _judge(target(), total(1500.0, MIDDLE, claimed=1600.0)).reason.en


def test_a_target_without_a_date_shows_its_value_and_is_not_scored() -> None:
    undated = target(deadline=None, deadline_basis="none")
    verdict = _judge(undated, total(700.0, MIDDLE))
    assert (verdict.status, verdict.code, verdict.value) == (Status.CANNOT_BE_SCORED, "no-deadline", 700.0)
    assert "It stands at 700 mu" in verdict.reason.en


def test_a_target_that_nothing_measures_gives_its_reason() -> None:
    gap = Gap("no-series", Text("没有数据", "no data"))
    verdict = _judge(target(indicator="", unbound=gap))
    assert (verdict.status, verdict.code) == (Status.CANNOT_BE_SCORED, "no-series")
    assert verdict.reason == gap.reason


def test_an_indicator_that_gave_nothing_gives_its_reason() -> None:
    gap = Gap("no-limit", Text("没有限值", "no limit"))
    verdict = judge(target(), (), today=MIDDLE, rules=RULES, gap=gap)
    assert (verdict.status, verdict.code, verdict.reason) == (Status.CANNOT_BE_SCORED, "no-limit", gap.reason)
    assert _judge(target()).code == "unmeasured"


def test_all_unknown_is_not_zero() -> None:
    verdict = _judge(target(), total(None, MIDDLE, unknown=5.0, of=0.0))
    assert (verdict.status, verdict.code, verdict.value) == (Status.CANNOT_BE_SCORED, "nothing-known", None)
    assert verdict.reason == Text("测量到的全部未知。", "All that was measured is unknown.")


def test_a_zero_from_an_empty_register_is_not_scored() -> None:
    nothing = _judge(target(), total(0.0, MIDDLE, of=None))
    assert (nothing.status, nothing.code) == (Status.CANNOT_BE_SCORED, "nothing-entered")
    assert _judge(target(), total(0.0, MIDDLE, of=2.0)).status is Status.BEHIND


def test_a_context_figure_and_a_parameter_are_no_targets() -> None:
    context = _judge(target(sort="context", direction="info"), total(1.0, MIDDLE))
    parameter = _judge(target(parent="T9", relation="parameter"), total(1.0, MIDDLE))
    assert {context.status, parameter.status} == {Status.NOT_A_TARGET}
    assert "defines T9" in parameter.reason.en


def test_a_target_that_has_not_begun_is_not_scored() -> None:
    verdict = _judge(target(start=date(2025, 1, 1)), total(0.0, MIDDLE))
    assert verdict.code == "not-started"


def test_a_change_without_a_baseline_cannot_be_scored() -> None:
    rise = replace(LEVEL, comparator="+", value=3.0)
    assert _judge(rise, level(45.0, MIDDLE)).code == "no-baseline"


def test_a_change_counts_from_its_baseline() -> None:
    rise = replace(LEVEL, comparator="+", value=3.0, baseline=42.0)
    verdict = _judge(rise, level(45.5, MIDDLE))
    assert (verdict.status, verdict.value) == (Status.MET, 3.5)


def test_percentage_points_are_a_change_already() -> None:
    rise = target(comparator="+", value=3.0, unit="pp")
    verdict = _judge(rise, level(1.5, MIDDLE, unit="pp"))  # half the time, half the points
    assert (verdict.status, verdict.expected) == (Status.ON_TRACK, 1.5)


def test_a_ceiling_on_a_total_is_missed_once_it_is_passed() -> None:
    ceiling = target(direction="down", comparator="<=")
    assert _judge(ceiling, total(3001.0, MIDDLE)).status is Status.MISSED
    assert _judge(ceiling, total(2999.0, MIDDLE)).status is Status.ON_TRACK
    assert _judge(ceiling, total(2999.0, END), today=AFTER).status is Status.MET


def test_a_one_off_result_is_judged_by_the_time_used_up() -> None:
    # 0.75 of 1096 days is 822: reached on 2025-04-01 (365 + 366 + 91 = 822). 0.95 is 1041.2: reached on 2025-11-07.
    station = target(cadence="one-off", value=1.0, unit="座")

    def on(day: date) -> Status:
        return _judge(station, total(0.0, day, unit="座"), today=day).status

    assert on(date(2025, 3, 31)) is Status.ON_TRACK
    assert on(date(2025, 4, 1)) is Status.AT_RISK
    assert on(date(2025, 11, 6)) is Status.AT_RISK
    assert on(date(2025, 11, 7)) is Status.BEHIND


def test_a_one_off_result_is_met_once_it_is_there() -> None:
    station = target(cadence="one-off", value=1.0, unit="座")
    assert _judge(station, total(1.0, MIDDLE, unit="座")).status is Status.MET


def test_a_level_is_judged_on_its_line_since_the_first_measurement() -> None:
    # From 60 on 2024-01-01 to 100 on 2025-12-31: 731 days; 2024-07-01 is day 183, so 60 + 40 * 183 / 731 = 70.014.
    # A rise of 0.9 of 10.014 is 69.012.
    first = level(60.0, date(2024, 1, 1))
    verdict = _judge(LEVEL, first, level(69.1, MIDDLE))
    assert (verdict.status, verdict.code) == (Status.ON_TRACK, "trend")
    assert verdict.expected == pytest.approx(70.014, abs=1e-3)
    assert _judge(LEVEL, first, level(68.9, MIDDLE)).status is Status.AT_RISK
    assert _judge(LEVEL, first, level(59.0, MIDDLE)).status is Status.BEHIND


def test_a_level_that_must_fall_is_judged_on_its_line_too() -> None:
    falling = replace(LEVEL, direction="down", comparator="<=", value=5.0)
    first = level(9.0, date(2024, 1, 1))  # the line falls by 4 * 183 / 731 = 1.0014 to 7.9986
    assert _judge(falling, first, level(8.0, MIDDLE)).status is Status.ON_TRACK
    assert _judge(falling, first, level(9.5, MIDDLE)).status is Status.BEHIND
    assert _judge(falling, first, level(5.0, MIDDLE)).status is Status.MET


def test_two_measurements_close_together_make_no_line() -> None:
    verdict = _judge(LEVEL, level(60.0, date(2024, 6, 1)), level(60.0, MIDDLE))
    assert verdict.code == "time-used"


def test_what_must_always_hold_is_kept_or_broken_now() -> None:
    assert _judge(FLOOR, level(40.0, MIDDLE)).status is Status.MET
    assert _judge(FLOOR, level(39.0, MIDDLE)).status is Status.BEHIND
    assert _judge(FLOOR, level(39.0, END), today=AFTER).status is Status.MISSED


def test_a_ceiling_that_must_always_hold() -> None:
    ceiling = replace(FLOOR, direction="down", comparator="<=")
    assert _judge(ceiling, level(40.0, MIDDLE)).status is Status.MET
    assert _judge(ceiling, level(40.1, MIDDLE)).status is Status.BEHIND
    assert _judge(ceiling, level(20.0, MIDDLE)).share is None


def test_an_exact_number_may_be_neither_less_nor_more() -> None:
    exact = replace(FLOOR, direction="exact", unit="级", value=3.0)
    assert _judge(exact, level(3.0, MIDDLE, unit="级")).status is Status.MET
    assert _judge(exact, level(2.0, MIDDLE, unit="级")).status is Status.BEHIND
    assert _judge(exact, level(4.0, MIDDLE, unit="级")).status is Status.BEHIND


def test_a_range_is_kept_from_its_lower_end() -> None:
    return_period = replace(FLOOR, value=3.0, value_max=5.0, unit="年一遇")
    assert _judge(return_period, level(3.0, MIDDLE, unit="年一遇")).status is Status.MET
    assert _judge(return_period, level(6.0, MIDDLE, unit="年一遇")).status is Status.MET
    assert _judge(return_period, level(2.0, MIDDLE, unit="年一遇")).status is Status.BEHIND
    exact = replace(return_period, direction="exact")
    assert _judge(exact, level(6.0, MIDDLE, unit="年一遇")).status is Status.BEHIND


def test_a_band_across_the_limit_is_at_risk_and_said() -> None:
    verdict = _judge(FLOOR, level(41.0, MIDDLE, low=39.0, high=43.0))
    assert verdict.status is Status.AT_RISK
    assert "39–43% reaches across the target value" in verdict.reason.en


def test_a_band_across_the_limit_leaves_the_end_open() -> None:
    missed = level(99.0, END, low=98.0, high=100.0)
    assert _judge(LEVEL, missed, today=AFTER).status is Status.AT_RISK
    assert _judge(LEVEL, replace(missed, high=99.5), today=AFTER).status is Status.MISSED


def test_before_the_deadline_a_band_across_the_aim_is_not_yet_met() -> None:
    verdict = _judge(target(), total(3000.0, MIDDLE, low=2900.0, high=3100.0))
    assert verdict.status is Status.ON_TRACK
    assert "reaches across" in verdict.reason.en


def test_a_large_unknown_share_is_said_and_a_small_one_is_not() -> None:
    assert "10 % is unknown" in _judge(FLOOR, level(45.0, MIDDLE, unknown=10.0, of=90.0)).reason.en
    assert "unknown" not in _judge(FLOOR, level(45.0, MIDDLE, unknown=4.0, of=96.0)).reason.en


def test_an_old_measurement_is_said() -> None:
    verdict = _judge(target(), total(1400.0, date(2024, 5, 1)))
    assert "measured 61 days ago" in verdict.reason.en  # 30 + 30 + 1 days from 1 May to 1 July


def test_a_level_measured_only_after_the_deadline_is_said() -> None:
    verdict = _judge(LEVEL, level(100.0, date(2026, 1, 10)), today=AFTER)
    assert verdict.status is Status.MET
    assert "the value of 2026-01-10 is taken" in verdict.reason.en


def test_a_forecast_is_called_one() -> None:
    assert "forecast" in _judge(target(sort="forecast"), total(1400.0, MIDDLE)).reason.en


def test_standing_without_a_date_holds_or_not_all_the_same() -> None:
    undated = replace(FLOOR, start=None, deadline=None, deadline_basis="none")
    assert _judge(undated, level(45.0, MIDDLE)).status is Status.MET
