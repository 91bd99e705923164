"""Small targets, measurements and rules for the tests of plans."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from zonetwin.core.period import Period, day_period
from zonetwin.core.text import Text
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Clause, Target
from zonetwin.plans.rules import VerdictRules

RULES = VerdictRules(
    on_track_share=0.9,
    at_risk_share=0.6,
    one_off_at_risk=0.75,
    one_off_behind=0.95,
    trend_days=90,
    approx_tolerance=0.05,
    unknown_share=0.05,
    stale_days=31,
)
START, END = date(2023, 1, 1), date(2025, 12, 31)
MIDDLE = date(2024, 7, 1)  # 1096 days in all; 366 + 182 - 1 + 1 = 548 are over at its end: exactly one half

_TARGET = Target(
    id="T1",
    plan="p",
    sort="target",
    subject=Text("收储", "Reserve"),
    clause=Clause("一", Text("一", "One"), 0, 10, 4, 8),
    comparator="=",
    comparator_basis="unmarked",
    value=3000.0,
    value_max=None,
    value_basis="digit",
    unit="亩",
    direction="up",
    start=START,
    deadline=END,
    deadline_basis="explicit",
    cadence="cumulative",
    scope="",
    leads=("bureau",),
    participants=(),
    indicator="land_banked_area",
)


def target(**changes: Any) -> Target:
    """Give a cumulative target of 3000 亩 from 2023 to 2025, with changes."""
    return replace(_TARGET, **changes)


def total(value: float | None, until: date, *, start: date = START, **more: Any) -> Measured:
    """Give a running total from `start` up to the end of a day, claimed as verified unless said otherwise."""
    given = {"claimed": value, "unit": "亩", "of": 10.0} | more
    return Measured(Period(start, until + timedelta(days=1)), value, **given)


def level(value: float | None, day: date, **more: Any) -> Measured:
    """Give a value of one day in percent, claimed as verified unless said otherwise."""
    given = {"claimed": value, "unit": "percent", "of": 100.0} | more
    return Measured(day_period(day), value, **given)
