"""Checks that each target can be compared with the indicator it is bound to.

A target and its indicator must measure the same thing: 亩 goes with m², 套 only with 套. A cumulative or yearly
target needs an indicator over a span, or one that is itself a change (percentage points).
"""

from collections.abc import Mapping

from zonetwin.core.units import is_convertible
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Indicator
from zonetwin.plans.model import Target
from zonetwin.plans.plan import Plan

CHANGE_UNIT = "pp"
"""A value in percentage points is a change by nature: it has its baseline inside it."""

_OPPOSITE = {"up": "lower", "down": "higher"}


def check_bindings(plan: Plan, indicators: Mapping[str, Indicator], issues: Issues) -> None:
    """Note every target whose indicator is not declared, has another sort of unit or another sort of period."""
    for target in plan.targets:
        if not target.indicator:
            continue
        place = plan.places[target.id]
        indicator = indicators.get(target.indicator)
        if indicator is None:
            issues.add(
                place,
                f"The indicator {target.indicator!r} of {target.id} is not declared.",
                "Correct its name, or add its pack to `needs`.",
            )
            continue
        for fault in _faults(target, indicator):
            issues.add(place, f"{target.id} cannot be judged by {indicator.name!r}: {fault}")


def _faults(target: Target, indicator: Indicator) -> list[str]:
    faults = []
    if not is_convertible(indicator.unit, target.unit):
        faults.append(f"it is in {indicator.unit!r}, the target in {target.unit!r}.")
    if indicator.per != "area":
        faults.append("it is not measured per area.")
    is_change = target.unit == CHANGE_UNIT
    if target.cadence in ("cumulative", "annual") and indicator.over != "span" and not is_change:
        faults.append(f"a {target.cadence} target needs a span, it holds at an instant.")
    if target.cadence == "standing" and indicator.over == "span":
        faults.append("a standing target needs an instant, it runs over a span.")
    if indicator.better == _OPPOSITE.get(target.direction):
        faults.append(f"its better side is {indicator.better!r}, the target goes {target.direction!r}.")
    return faults
