"""What day it is in a zone, and what instant it is.

A zone may pin its day (`today` in zone.toml), so that a demonstration or a rehearsal stands inside the plan's
period. The recording clock is never pinned: a change happened when it happened. Nothing else asks the machine
for the time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def machine_now() -> datetime:
    """Give the present instant in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """A zone's two clocks: `today` (valid time, may be pinned) and `now` (recorded time, aware UTC)."""

    zone: ZoneInfo
    pinned: date | None = None
    now: Callable[[], datetime] = field(default=machine_now)

    def today(self) -> date:
        """Give the zone's current or pinned day."""
        return self.pinned or self.now().astimezone(self.zone).date()

    @property
    def is_pinned(self) -> bool:
        return self.pinned is not None
