"""What judging one cadence finds: a status with its sentence and figures, before claims and unknowns are weighed.

One function per cadence, all of them pure; each gives None where nothing was measured. Yearly amounts are in
`years`. `progress` chooses among them and makes the verdict.
"""

from dataclasses import dataclass
from datetime import date

from zonetwin.core.text import Text
from zonetwin.plans import wording
from zonetwin.plans.measured import Measured, level, running_total
from zonetwin.plans.model import Status, Target
from zonetwin.plans.pace import elapsed_share, expected_value, required_pace
from zonetwin.plans.rules import VerdictRules

ORDER = (Status.MISSED, Status.BEHIND, Status.AT_RISK, Status.ON_TRACK, Status.MET)
"""Scored verdicts from worst to best."""

ROUNDING = 1e-9
"""Relative slack of every comparison: a value that went through another unit may miss by its last digit."""

Series = tuple[Measured, ...]
"""Measurements of one indicator in the target's unit, in any order."""


@dataclass(frozen=True, slots=True)
class Question:
    """One target with both its days, asked on one day under one set of rules."""

    target: Target
    start: date
    deadline: date
    today: date
    rules: VerdictRules

    @property
    def is_due(self) -> bool:
        return self.today > self.deadline

    @property
    def last_day(self) -> date:
        """The last day that counts: today, or the deadline once it is past."""
        return min(self.deadline, self.today)


@dataclass(frozen=True, slots=True)
class Finding:
    """A status with its reason, the measurement it stands on, and where an even pace would be."""

    status: Status
    code: str
    reason: Text
    measured: Measured | None = None
    expected: float | None = None
    required: float | None = None


def judge_cumulative(question: Question, series: Series) -> Finding | None:
    """Judge a running total against an even pace until its deadline, and by what was reached after it.

    A total with a ceiling is missed as soon as it lies beyond: nothing brings it back.
    """
    target, start, deadline = question.target, question.start, question.deadline
    found = running_total(series, start, question.last_day) or level(series, question.last_day)
    if found is None or found.value is None or found.is_empty:
        return nothing_known(found)
    value, day = found.value, found.last_day
    expected = expected_value(0.0, target.value, elapsed_share(start, deadline, day))
    if target.direction == "down":
        return _judge_ceiling(question, found, value)
    if answer := _answered(question, found, value):
        return answer
    status = pace_status(value, expected, question.rules)
    reason = wording.paced(target, value, expected, day)
    return Finding(status, "pace", reason, found, expected, required_pace(value, target.value, day, deadline))


def _judge_ceiling(question: Question, found: Measured, value: float) -> Finding:
    target, day = question.target, found.last_day
    if not is_reached(target, value, question.rules):
        return Finding(Status.MISSED, "over", wording.holds(target, value, day, is_kept=False), found)
    reason = wording.holds(target, value, day, is_kept=True)
    return Finding(Status.MET if question.is_due else Status.ON_TRACK, "kept", reason, found)


def judge_one_off(question: Question, series: Series) -> Finding | None:
    """Judge a result that is reached once: by its line since an earlier measurement, else by the time used up."""
    total = running_total(series, question.start, question.last_day)
    found = total or level(series, question.last_day)
    if found is None or found.value is None or found.is_empty:
        return nothing_known(found)
    if answer := _answered(question, found, found.value):
        return answer
    trend = None if total else _on_its_line(question, series, found, found.value)
    return trend or _by_time_used(question, found, found.value)


def _on_its_line(question: Question, series: Series, found: Measured, value: float) -> Finding | None:
    """Judge a level on the straight line from its first measurement to the target; None when there is no line."""
    target, rules, day = question.target, question.rules, found.last_day
    known = [item for item in series if item.value is not None and item.last_day >= question.start]
    first = min(known, key=lambda item: item.period.end, default=found)
    before = first.value
    if before is None or (day - first.last_day).days < rules.trend_days or is_reached(target, before, rules):
        return None
    expected = expected_value(before, target.value, elapsed_share(first.last_day, question.deadline, day))
    sign = -1 if target.direction == "down" else 1
    status = pace_status(sign * (value - before), sign * (expected - before), rules)
    required = required_pace(value, target.value, day, question.deadline)
    return Finding(status, "trend", wording.paced(target, value, expected, day), found, expected, required)


def _by_time_used(question: Question, found: Measured, value: float) -> Finding:
    rules = question.rules
    used = elapsed_share(question.start, question.deadline, found.last_day)
    status = Status.ON_TRACK
    if used >= rules.one_off_at_risk:
        status = Status.BEHIND if used >= rules.one_off_behind else Status.AT_RISK
    reason = wording.open_result(question.target, value, used, found.last_day)
    return Finding(status, "time-used", reason, found)


def judge_standing(question: Question, series: Series) -> Finding | None:
    """Judge what must hold all the time: kept, broken, or too close to its limit to tell."""
    target, rules = question.target, question.rules
    found = level(series, question.last_day)
    if found is None or found.value is None or found.is_empty:
        return nothing_known(found)
    is_kept = is_reached(target, found.value, rules)
    reason = wording.holds(target, found.value, found.last_day, is_kept=is_kept)
    if is_open(target, found, rules):
        return Finding(Status.AT_RISK, "band", reason, found)
    if is_kept:
        return Finding(Status.MET, "kept", reason, found)
    return Finding(Status.MISSED if question.is_due else Status.BEHIND, "broken", reason, found)


def _answered(question: Question, found: Measured, value: float) -> Finding | None:
    """Give the verdict where the value already answers: reached for certain, or the deadline is past.

    Before the deadline a band that only touches the target answers nothing: the pace goes on being judged.
    """
    target, day, rules = question.target, found.last_day, question.rules
    is_uncertain = is_open(target, found, rules)
    if is_reached(target, value, rules) and not is_uncertain:
        return Finding(Status.MET, "reached", wording.met(target, value, day), found)
    if not question.is_due:
        return None
    if day < question.deadline:
        reason = wording.not_measured_to_deadline(question.deadline, day)
        return Finding(Status.CANNOT_BE_SCORED, "not-measured-to-deadline", reason, found)
    if is_uncertain:
        return Finding(Status.AT_RISK, "band", wording.past_deadline(target, value, day), found)
    return Finding(Status.MISSED, "deadline", wording.past_deadline(target, value, day), found)


def is_reached(target: Target, value: float, rules: VerdictRules) -> bool:
    """Tell whether a value is what a target asks for; about-figures within their tolerance."""
    limit, high = target.value, target.value if target.value_max is None else target.value_max
    slack = abs(limit) * (rules.approx_tolerance if target.comparator == "~" else ROUNDING)
    if target.direction == "down":
        return value <= high + slack
    if target.direction == "exact":
        return limit - slack <= value <= high + slack
    return value >= limit - slack


def is_open(target: Target, found: Measured, rules: VerdictRules) -> bool:
    """Tell whether the band lies on both sides of what the target asks for."""
    if found.low is None or found.high is None:
        return False
    return is_reached(target, found.low, rules) != is_reached(target, found.high, rules)


def pace_status(done: float, expected: float, rules: VerdictRules) -> Status:
    """Compare what is done with what an even pace expects; the last digit of a converted unit decides nothing."""
    done += abs(expected) * ROUNDING
    if done >= expected * rules.on_track_share:
        return Status.ON_TRACK
    return Status.AT_RISK if done >= expected * rules.at_risk_share else Status.BEHIND


def worse(first: Status, second: Status) -> Status:
    """Give the worse of two scored verdicts."""
    return min(first, second, key=ORDER.index)


def nothing_known(found: Measured | None) -> Finding | None:
    """Give the finding for a measurement that tells nothing; None where there was no measurement."""
    if found is None:
        return None
    if found.is_empty:
        return Finding(Status.CANNOT_BE_SCORED, "nothing-entered", wording.nothing_entered(), found)
    reason = wording.nothing_known(found.unknown_share)
    return Finding(Status.CANNOT_BE_SCORED, "nothing-known", reason, found)
