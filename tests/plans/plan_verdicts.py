"""Judging the shipped plan with a few running totals made up for a test."""

from datetime import date, timedelta

from zonetwin.core.period import Period
from zonetwin.packs.model import Catalogue
from zonetwin.plans.ledger import Evidence, judge_targets
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Verdict
from zonetwin.plans.plan import Plan

START, END_2023, END = date(2023, 1, 1), date(2023, 12, 31), date(2025, 12, 31)


def verdicts_of(
    plan: Plan, catalogue: Catalogue, values: dict[str, float], *, today: date
) -> dict[str, Verdict]:
    """Judge the plan with these running totals of indicators, measured to each deadline and to today."""
    evidence = {}
    for name, value in values.items():
        unit = catalogue.indicators[name].unit
        ends = {min(today, END_2023), min(today, END), today}
        evidence[name] = Evidence(
            tuple(
                Measured(Period(START, end + timedelta(days=1)), value, value, unit, of=1.0) for end in ends
            )
        )
    return judge_targets(plan.targets, evidence, today=today, rules=plan.rules)
