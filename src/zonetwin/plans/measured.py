"""What was measured, as judging sees it: values of one indicator over periods, and which of them answers a target.

An instant is a period of one day. A running total is a period that starts on the target's own first day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from zonetwin.core.period import Period, day_period, quarter_ends
from zonetwin.core.units import convert
from zonetwin.plans.model import Target

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Measured:
    """One measured value over a half-open period.

    `value` is what is known and verified, `claimed` also what is only claimed, `low` and `high` the band; each None
    where there is none. `unknown` and `of` are weights (persons, cases …): what could not be told, and what could.
    """

    period: Period
    value: float | None
    claimed: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    unknown: float = 0.0
    of: float | None = None
    data_date: date | None = None
    proof: str = ""

    @property
    def last_day(self) -> date:
        return self.period.end - DAY

    @property
    def is_empty(self) -> bool:
        """Whether it is a zero because there was nothing at all to look at, neither counted nor unknown."""
        return self.value == 0 and not self.claimed and not self.of and not self.unknown

    @property
    def unknown_share(self) -> float:
        """Share of the weight whose answer is not known; 0 where there is no weight at all."""
        whole = self.unknown + (self.of or 0.0)
        return self.unknown / whole if whole > 0 else 0.0

    def in_unit(self, unit: str) -> "Measured":
        """Give the same in another unit.

        Raises:
            InvalidInput: the two units measure different things.
        """
        if unit == self.unit:
            return self

        def converted(value: float | None) -> float | None:
            return None if value is None else convert(value, self.unit, unit)

        return replace(
            self,
            value=converted(self.value),
            claimed=converted(self.claimed),
            low=converted(self.low),
            high=converted(self.high),
            unit=unit,
        )

    def less(self, baseline: float) -> "Measured":
        """Give the change since a baseline in the same unit."""

        def change(value: float | None) -> float | None:
            return None if value is None else value - baseline

        return replace(
            self,
            value=change(self.value),
            claimed=change(self.claimed),
            low=change(self.low),
            high=change(self.high),
        )

    def as_claimed(self) -> "Measured":
        """Give the same as it would be if every claim were verified; the band is then unknown."""
        return replace(self, value=self.claimed, low=None, high=None)


def running_total(series: Iterable[Measured], start: date, by: date) -> Measured | None:
    """Find the longest period that starts on a day and does not reach beyond another (inclusive)."""
    found = [item for item in series if item.period.start == start and item.last_day <= by]
    return max(found, key=lambda item: item.period.end, default=None)


def level(series: Iterable[Measured], by: date) -> Measured | None:
    """Find the last instant measured up to a day (inclusive); when there is none, the first one after it."""
    instants = sorted(
        (item for item in series if item.period.end - item.period.start == DAY),
        key=lambda item: item.period.end,
    )
    return next(
        (item for item in reversed(instants) if item.last_day <= by), instants[0] if instants else None
    )


def wanted_periods(target: Target, today: date, *, is_span: bool) -> list[Period]:
    """List the periods over which an indicator must be measured to judge a target and to draw its course.

    For a running total: from the target's start to each quarter's end until today or its deadline. For a yearly
    amount: each year so far, the current one until today. For a level: today, and the deadline once it has passed.
    A target without a start is counted from nothing, so it gives only the instant.
    """
    last = min(target.deadline or today, today)
    if not is_span:
        return [day_period(day) for day in dict.fromkeys((last, today))]
    if target.start is None or target.start > last:
        return []
    if target.cadence == "annual":
        return year_parts(target.start, last)
    whole = Period(target.start, last + DAY)
    return [Period(target.start, end) for end in quarter_ends(whole)]


def year_parts(start: date, last: date) -> list[Period]:
    """Split the days from `start` to `last` (inclusive) by calendar years."""
    parts = []
    for year in range(start.year, last.year + 1):
        first, end = max(start, date(year, 1, 1)), min(last + DAY, date(year + 1, 1, 1))
        parts.append(Period(first, end))
    return parts
