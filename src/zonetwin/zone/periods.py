"""Over which periods indicators are measured: what the plans' targets ask for, else this year and all time."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from zonetwin.core.period import Period, day_period
from zonetwin.packs.model import Indicator
from zonetwin.plans.measured import wanted_periods
from zonetwin.plans.model import Target

BEGINNING = date(1900, 1, 1)
"""Start of a span that asks for everything so far."""


def asked_periods(
    indicators: Iterable[Indicator], targets: Iterable[Target], today: date
) -> dict[str, list[Period]]:
    """List per indicator the periods to measure, earliest first.

    An instant is always measured today. A span that no target asks for is measured over this year so far and
    from the beginning until today.
    """
    by_indicator: dict[str, list[Target]] = {}
    for target in targets:
        by_indicator.setdefault(target.indicator, []).append(target)
    return {item.name: sorted(_periods(item, by_indicator.get(item.name, []), today)) for item in indicators}


def _periods(indicator: Indicator, targets: Iterable[Target], today: date) -> set[Period]:
    is_span = indicator.over == "span"
    found = {period for target in targets for period in wanted_periods(target, today, is_span=is_span)}
    if not is_span:
        return found | {day_period(today)}
    return found or default_spans(today)


def default_spans(today: date) -> set[Period]:
    """Give the current year until today, and everything until today."""
    end = today + timedelta(days=1)
    return {Period(date(today.year, 1, 1), end), Period(BEGINNING, end)}


def by_state(
    asked: Mapping[str, list[Period]], indicators: Mapping[str, Indicator], today: date
) -> dict[date, list[tuple[Indicator, Period]]]:
    """Sort the work by the day whose state it needs.

    An instant looks at the state of its own day, a span at today's: it reads the days in its rows.
    """
    work: dict[date, list[tuple[Indicator, Period]]] = {}
    for name, periods in asked.items():
        for period in periods:
            day = period.start if indicators[name].over == "instant" else today
            work.setdefault(day, []).append((indicators[name], period))
    return work
