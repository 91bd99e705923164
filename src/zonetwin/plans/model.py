"""Targets: the values a plan wants indicators to have, each anchored to the clause that says so.

The model holds every trap of real plans: a clause repeated in several sections (`duplicate_of`), figures that
are stages, parts, parameters or other measures of others (`parent`, `relation`), floors, ceilings and exact
values, ranges, forecasts, yearly flows, changes without a baseline, aims that only an outside body can score.
Judging is in `progress`; reading a pack's rows in `reading`.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal

from zonetwin.core.gap import Gap
from zonetwin.core.text import Text

Comparator = Literal["=", ">=", "<=", "~", "+"]
Cadence = Literal["cumulative", "annual", "one-off", "standing"]
Direction = Literal["up", "down", "exact", "info"]
Relation = Literal["", "stage", "component", "parameter", "other-measure"]


class Status(StrEnum):
    """How a target stands. `CANNOT_BE_SCORED` always has a reason; context figures are `NOT_A_TARGET`."""

    MET = "met"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    BEHIND = "behind"
    MISSED = "missed"
    CANNOT_BE_SCORED = "cannot-be-scored"
    NOT_A_TARGET = "not-a-target"


@dataclass(frozen=True, slots=True)
class Clause:
    """Where the plan says it: section number, and the span in the plan's text (code points, end exclusive)."""

    section: str
    section_title: Text
    start: int
    end: int
    number_start: int
    number_end: int


@dataclass(frozen=True, slots=True)
class Target:
    """One figure of a plan, typed. `value_max` is set for a range; `unit` is a unit of `core.units`.

    `indicator` is empty when nothing measures it: `unbound` then says why.
    """

    id: str
    plan: str
    sort: Literal["target", "constraint", "forecast", "context"]
    subject: Text
    clause: Clause
    comparator: Comparator
    comparator_basis: Literal["explicit", "unmarked", "convention"]
    value: float
    value_max: float | None
    value_basis: Literal["digit", "hanzi", "word", "enumerated"]
    unit: str
    direction: Direction
    start: date | None
    deadline: date | None
    deadline_basis: Literal["explicit", "inherited", "plan-period", "none"]
    cadence: Cadence
    scope: str
    leads: tuple[str, ...]
    participants: tuple[str, ...]
    parent: str = ""
    relation: Relation = ""
    duplicate_of: str = ""
    indicator: str = ""
    unbound: Gap | None = None
    baseline: float | None = None
    note: Text = field(default=Text("", ""))


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one target stands on a day, with the reason in words.

    `value` is what was measured and verified, `claimed` what is claimed, both in the target's unit; `expected` is
    where an even pace would stand on that day; `share` is value over target (None where that means nothing);
    `required_pace` is what is still needed per month until the deadline. `code` is the reason for programs, such
    as `pace`, `no-deadline` or `unmeasured`.
    """

    target: str
    status: Status
    reason: Text
    value: float | None
    claimed: float | None
    low: float | None
    high: float | None
    expected: float | None
    share: float | None
    required_pace: float | None
    measured_on: date | None
    proof: str
    code: str = ""
