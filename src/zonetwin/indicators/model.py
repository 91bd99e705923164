"""What an indicator gives: measurements, and the rows that prove them.

How a measurement is computed is in `evaluate`, how it is proved and re-run in `proof`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from zonetwin.core.gap import Gap
from zonetwin.core.period import Period

ROW_COLUMNS = ("area", "feature", "counted", "claimed", "of", "low", "high", "reason")
"""Columns of a proof: one row per counted object. `feature` is `kind/fid`; `reason` is null where it counts."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """One value of an indicator in one area over one period.

    `value` uses only what is known (and, for cases, verified); `claimed` also what is only claimed. `low` and
    `high` are the band. `unknown` is the weight (in the unit of `of`: persons, m², cases) whose answer is not
    known, `unknown_reasons` splits it by reason code. `value` is None when nothing at all is known. `data_date` is
    the day of the newest data read, `proof` names the stored rows.
    """

    indicator: str
    area: str
    period: Period
    value: float | None
    claimed: float | None
    unit: str
    low: float | None
    high: float | None
    counted: int
    of: float | None
    unknown: float
    unknown_reasons: Mapping[str, float]
    data_date: date | None
    proof: str


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """An indicator that gave nothing, and why."""

    indicator: str
    gap: Gap


@dataclass(frozen=True, slots=True)
class Proof:
    """What a set of measurements stands on; with it they can be computed again.

    `state` names the analysis state (change number, at, known, scenario); `version` the declaration; `rows` the
    number of rows and `digest` their hash.
    """

    id: str
    indicator: str
    version: str
    state: str
    period: Period
    today: date
    rows: int
    digest: str
    made_at: datetime
    environment: Mapping[str, str]
