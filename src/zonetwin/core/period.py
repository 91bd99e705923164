"""Half-open periods of days: the first day is inside, the last is not."""

from dataclasses import dataclass
from datetime import date, timedelta

from zonetwin.core.errors import InvalidInput


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from `start` up to, not including, `end`."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise InvalidInput(
                f"The period {self.start} .. {self.end} is empty.", hint="Its end must lie after its start."
            )

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __str__(self) -> str:
        return f"{self.start}/{self.end}"


def day_period(day: date) -> Period:
    """Give the period of one day."""
    return Period(day, day + timedelta(days=1))


def year_period(year: int) -> Period:
    """Give the period of one calendar year."""
    return Period(date(year, 1, 1), date(year + 1, 1, 1))


def quarter_ends(period: Period) -> list[date]:
    """Give the exclusive ends of the calendar quarters that close inside a period, its own end included."""
    ends: list[date] = []
    year, month = period.start.year, (period.start.month - 1) // 3 * 3 + 4
    while (end := date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)) < period.end:
        if end > period.start:
            ends.append(end)
        month += 3
    return [*ends, period.end]


def period_from_text(text: str) -> Period:
    """Read `2023-01-01/2024-01-01`, its end exclusive.

    Raises:
        InvalidInput: the text is not two ISO dates joined by a slash.
    """
    try:
        start, end = (date.fromisoformat(part) for part in text.split("/"))
    except ValueError as error:
        raise InvalidInput(
            f"{text!r} is not a period.",
            hint="Write two days as 2023-01-01/2024-01-01; the end is exclusive.",
        ) from error
    return Period(start, end)
