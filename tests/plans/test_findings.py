"""What must hold of every verdict, whatever the numbers."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plans.examples import END, RULES, START, level, target, total

from zonetwin.plans.findings import ORDER, worse
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Status, Target
from zonetwin.plans.progress import judge

days = st.dates(START, date(2026, 6, 30))
amounts = st.floats(0, 6000, allow_nan=False)
cadences = st.sampled_from(["cumulative", "one-off", "annual"])


def _rank(asked: Target, series: list[Measured], today: date) -> int:
    status = judge(asked, series, today=today, rules=RULES).status
    return ORDER.index(status) if status in ORDER else -1


def _to_date(value: float, today: date, *, is_annual: bool) -> list[Measured]:
    last = min(today, END)
    if not is_annual:
        return [total(value, last)]
    years = range(2023, last.year + 1)
    return [total(value, min(last, date(year, 12, 31)), start=date(year, 1, 1)) for year in years]


@given(days, amounts, amounts, cadences)
def test_more_done_is_never_worse(today: date, one: float, two: float, cadence: str) -> None:
    asked = target(cadence=cadence)
    less, more = sorted((one, two))
    is_annual = cadence == "annual"
    first = _rank(asked, _to_date(less, today, is_annual=is_annual), today)
    second = _rank(asked, _to_date(more, today, is_annual=is_annual), today)
    assert 0 <= first <= second


@given(days, st.floats(0, 100), st.floats(0, 100), st.floats(0, 20))
def test_more_of_a_floor_with_the_same_band_is_never_worse(
    today: date, one: float, two: float, width: float
) -> None:
    floor = target(cadence="standing", unit="percent", value=40.0)
    ranks = [
        _rank(floor, [level(value, today, low=value - width, high=value + width)], today)
        for value in sorted((one, two))
    ]
    assert 0 <= ranks[0] <= ranks[1]


@given(days, amounts, amounts)
def test_less_asked_is_never_worse(value_day: date, done: float, other: float) -> None:
    small, large = sorted((max(other, 1.0), 3000.0))
    series = _to_date(done, value_day, is_annual=False)
    assert _rank(target(value=large), series, value_day) <= _rank(target(value=small), series, value_day)


@given(days, amounts, st.integers(0, 900))
def test_a_later_deadline_is_never_worse(today: date, done: float, more_days: int) -> None:
    later = date.fromordinal(END.toordinal() + more_days)
    series = [total(done, min(today, END)), total(done, min(today, later))]
    first = _rank(target(), series, today)
    assert first <= _rank(target(deadline=later), series, today)


@given(days, amounts, amounts)
def test_claims_never_change_the_verdict(today: date, verified: float, more: float) -> None:
    plain = _to_date(verified, today, is_annual=False)
    claimed = [replace(item, claimed=verified + more) for item in plain]
    assert _rank(target(), plain, today) == _rank(target(), claimed, today)


@settings(deadline=None)  # the first conversion builds the registry of units
@given(days, st.integers(0, 3100))
def test_the_unit_of_the_measurement_does_not_matter(today: date, value: int) -> None:
    mu = _to_date(float(value), today, is_annual=False)
    km2 = [item.in_unit("km2") for item in mu]
    assert _rank(target(), mu, today) == _rank(target(), km2, today)


@given(st.sampled_from(ORDER), st.sampled_from(ORDER))
def test_the_worse_of_two_is_one_of_them(first: Status, second: Status) -> None:
    found = worse(first, second)
    assert found in (first, second)
    assert ORDER.index(found) == min(ORDER.index(first), ORDER.index(second))
