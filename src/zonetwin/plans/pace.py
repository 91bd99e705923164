"""Where an even pace would stand, and what pace is still needed. Days count whole: both ends of a span are worked."""

from datetime import date

DAYS_PER_MONTH = 365.2425 / 12


def elapsed_share(start: date, deadline: date, day: date) -> float:
    """Give the share of the days from `start` to `deadline` (both inclusive) that are over at the end of a day."""
    whole = (deadline - start).days + 1
    return min(max((day - start).days + 1, 0), whole) / whole


def expected_value(first: float, last: float, share: float) -> float:
    """Give the value on the straight line from `first` to `last` once a share of the time is over."""
    return first + (last - first) * share


def months_left(day: date, deadline: date) -> float:
    """Give the time from the end of a day to the end of the deadline in months of 30.44 days; 0 when it is over."""
    return max((deadline - day).days, 0) / DAYS_PER_MONTH


def required_pace(value: float, aim: float, day: date, deadline: date) -> float | None:
    """Give what must still be added per month from the day after `day` to the deadline.

    None when the aim is reached or no time is left.
    """
    months = months_left(day, deadline)
    if value >= aim or months == 0:
        return None
    return (aim - value) / months
