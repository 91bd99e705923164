"""Judging a yearly amount: every full year by itself, the current one by its pace.

A full year that was missed caps the verdict at at-risk while the plan runs, and makes it missed at the end.
"""

from dataclasses import dataclass, field
from datetime import date

from zonetwin.core.text import Text
from zonetwin.plans import wording
from zonetwin.plans.findings import Finding, Question, Series, is_reached, pace_status, worse
from zonetwin.plans.measured import DAY, Measured, running_total, year_parts
from zonetwin.plans.model import Status
from zonetwin.plans.pace import elapsed_share, expected_value, required_pace


@dataclass(slots=True)
class _Years:
    """The years so far: which full ones were done, which are not known, and the measurements to show."""

    done: dict[int, bool] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    sentences: list[Text] = field(default_factory=list)
    latest: Measured | None = None
    current: Measured | None = None

    @property
    def has_missed(self) -> bool:
        return not all(self.done.values())


def judge_annual(question: Question, series: Series) -> Finding | None:
    """Judge a yearly amount; None when no year was measured."""
    years = _years_so_far(question, series)
    if years.latest is None:
        return None
    if question.is_due:
        return _at_the_end(years, years.latest)
    if years.current is None or years.current.value is None:
        status = Status.AT_RISK if years.has_missed else Status.ON_TRACK
        return Finding(status, "years", wording.joined(years.sentences), years.latest)
    return _by_this_year(question, years, years.current, years.current.value)


def _years_so_far(question: Question, series: Series) -> _Years:
    target, years = question.target, _Years()
    for part in year_parts(question.start, question.last_day):
        year = part.start.year
        is_full = question.is_due or question.today > date(year, 12, 31)
        found = running_total(series, part.start, part.end - DAY)
        if (
            found is None
            or found.value is None
            or found.is_empty
            or (is_full and found.period.end < part.end)
        ):
            years.unknown += [year] if is_full else []
            continue
        is_done = is_reached(target, found.value, question.rules)
        years.latest = found
        years.sentences.append(
            wording.year_result(target, year, found.value, is_full=is_full, is_done=is_done)
        )
        if is_full:
            years.done[year] = is_done
        else:
            years.current = found
    if years.unknown:
        years.sentences.append(wording.years_unknown(years.unknown))
    return years


def _at_the_end(years: _Years, latest: Measured) -> Finding:
    reason = wording.joined(years.sentences)
    if years.has_missed:
        return Finding(Status.MISSED, "years", reason, latest)
    if years.unknown:
        return Finding(Status.CANNOT_BE_SCORED, "years-unknown", reason, latest)
    return Finding(Status.MET, "years", reason, latest)


def _by_this_year(question: Question, years: _Years, current: Measured, value: float) -> Finding:
    """Judge by the current year's pace; reached in the last year with all years known and done, it is met."""
    target, day = question.target, current.last_day
    end = min(date(day.year, 12, 31), question.deadline)
    expected = expected_value(0.0, target.value, elapsed_share(current.period.start, end, day))
    status = pace_status(value, expected, question.rules)
    if is_reached(target, value, question.rules):
        is_all = end == question.deadline and not years.unknown
        status = Status.MET if is_all else Status.ON_TRACK
    if years.has_missed:
        status = worse(status, Status.AT_RISK)
    pace = wording.year_pace(target, expected, day)
    required = required_pace(value, target.value, day, end)
    return Finding(status, "years", wording.joined([*years.sentences, pace]), current, expected, required)
