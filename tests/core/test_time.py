"""Days, periods and the pinned clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from zonetwin.core.clock import Clock
from zonetwin.core.errors import InvalidInput
from zonetwin.core.period import Period, day_period, period_from_text, quarter_ends, year_period

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_the_day_is_that_of_the_zone_not_of_the_machine() -> None:
    clock = Clock(SHANGHAI, now=lambda: datetime(2025, 6, 30, 17, 0, tzinfo=UTC))
    assert clock.today() == date(2025, 7, 1)  # 17:00 UTC is 01:00 of the next day at UTC+8


def test_a_pinned_day_stays_and_the_recording_clock_runs() -> None:
    clock = Clock(SHANGHAI, pinned=date(2025, 6, 30), now=lambda: datetime(2026, 1, 1, tzinfo=UTC))
    assert clock.today() == date(2025, 6, 30)
    assert clock.now() == datetime(2026, 1, 1, tzinfo=UTC)


def test_the_end_of_a_period_is_not_in_it() -> None:
    period = year_period(2023)
    assert date(2023, 1, 1) in period
    assert date(2023, 12, 31) in period
    assert date(2024, 1, 1) not in period


def test_an_empty_period_is_refused() -> None:
    with pytest.raises(InvalidInput, match="empty"):
        Period(date(2023, 1, 1), date(2023, 1, 1))


def test_quarters_end_on_their_next_first_day_and_the_period_on_its_own() -> None:
    ends = quarter_ends(Period(date(2023, 2, 10), date(2023, 11, 5)))
    assert ends == [date(2023, 4, 1), date(2023, 7, 1), date(2023, 10, 1), date(2023, 11, 5)]


def test_a_period_within_one_quarter_has_one_end() -> None:
    assert quarter_ends(day_period(date(2023, 12, 31))) == [date(2024, 1, 1)]


def test_a_period_reads_back_from_its_text() -> None:
    period = Period(date(2023, 1, 1), date(2026, 1, 1))
    assert period_from_text(str(period)) == period


@pytest.mark.parametrize("text", ["", "2023", "2023-01-01/2024-13-01", "a/b/c"])
def test_what_is_no_period_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInput, match="2023-01-01/2024-01-01"):
        period_from_text(text)
