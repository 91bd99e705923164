"""Judging one target: from what was measured to a verdict with its reason in words.

Pure: the thresholds come in as rules, the day as `today`. What is verified decides; claims, bands, unknowns and old
measurements are said beside it. Duplicates and stages of a whole plan are in `ledger`.
"""

from collections.abc import Callable, Iterable
from datetime import date

from zonetwin.core.gap import Gap
from zonetwin.core.text import Text
from zonetwin.plans import wording
from zonetwin.plans.binding import CHANGE_UNIT
from zonetwin.plans.findings import (
    ORDER,
    Finding,
    Question,
    Series,
    is_open,
    judge_cumulative,
    judge_one_off,
    judge_standing,
)
from zonetwin.plans.measured import Measured, level, running_total
from zonetwin.plans.model import Cadence, Status, Target, Verdict
from zonetwin.plans.rules import VerdictRules
from zonetwin.plans.years import judge_annual

_JUDGES: dict[Cadence, Callable[[Question, Series], Finding | None]] = {
    "cumulative": judge_cumulative,
    "annual": judge_annual,
    "one-off": judge_one_off,
    "standing": judge_standing,
}


def judge(
    target: Target,
    series: Iterable[Measured],
    *,
    today: date,
    rules: VerdictRules,
    gap: Gap | None = None,
) -> Verdict:
    """Judge one target on one day.

    Args:
        target: The target; what it duplicates is not looked at here.
        series: Measurements of its indicator in its area, over any periods, in any convertible unit.
        today: The day it is asked on.
        rules: Thresholds.
        gap: Why the indicator gave nothing, where that is known.

    Raises:
        InvalidInput: a measurement is in a unit that measures something else.
    """
    if refused := _not_scorable(target, today):
        return _verdict(target, refused)
    converted = tuple(item.in_unit(target.unit) for item in series)
    if target.comparator == "+" and target.unit != CHANGE_UNIT:
        if target.baseline is None:
            return _verdict(target, _refusal("no-baseline", wording.no_baseline(target)))
        converted = tuple(item.less(target.baseline) for item in converted)
    question = _question(target, today, rules)
    if question is None:
        return _verdict(target, _undated(target, converted, today))
    finding = _JUDGES[target.cadence](question, converted)
    if finding is None:
        return _verdict(target, _gap_finding(gap))
    return _verdict(target, finding, _remarks(question, finding, converted))


def _not_scorable(target: Target, today: date) -> Finding | None:
    if target.sort == "context" or target.direction == "info":
        return Finding(Status.NOT_A_TARGET, "context", wording.context())
    if target.relation == "parameter":
        return Finding(Status.NOT_A_TARGET, "parameter", wording.defines(target.parent))
    if target.unbound:
        return _refusal(target.unbound.code, target.unbound.reason)
    if target.start and today < target.start:
        return _refusal("not-started", wording.not_started(target.start))
    return None


def _refusal(code: str, reason: Text) -> Finding:
    return Finding(Status.CANNOT_BE_SCORED, code, reason)


def _gap_finding(gap: Gap | None) -> Finding:
    return _refusal(gap.code, gap.reason) if gap else _refusal("unmeasured", wording.unmeasured())


def _question(target: Target, today: date, rules: VerdictRules) -> Question | None:
    """Put the question if the target has the days it needs; what must always hold needs none."""
    if target.cadence == "standing":
        return Question(target, target.start or date.min, target.deadline or date.max, today, rules)
    if target.start is None or target.deadline is None:
        return None
    return Question(target, target.start, target.deadline, today, rules)


def _undated(target: Target, series: Series, today: date) -> Finding:
    """Show the value of a target without a date; it has no pace to be judged by."""
    found = (running_total(series, target.start, today) if target.start else None) or level(series, today)
    sentences = [wording.no_deadline(target)]
    if found is not None and found.value is not None:
        sentences.append(wording.stands_at(target, found.value, found.last_day))
    return Finding(Status.CANNOT_BE_SCORED, "no-deadline", wording.joined(sentences), found)


def _remarks(question: Question, finding: Finding, series: Series) -> list[Text]:
    """Say what stands beside the verdict: needed pace, band, claims, unknowns, age and sort of the figure."""
    target, rules, found = question.target, question.rules, finding.measured
    if found is None:
        return []
    remarks = []
    if finding.required is not None and found.value is not None:
        remarks.append(wording.needed(target, finding.required, target.value - found.value))
    if is_open(target, found, rules) and found.low is not None and found.high is not None:
        remarks.append(wording.band_open(target, found.low, found.high))
    remarks += _claims(question, finding, series)
    if found.value is not None and found.unknown_share >= rules.unknown_share > 0:
        remarks.append(wording.unknown_part(found.unknown_share))
    if (question.last_day - found.last_day).days > rules.stale_days:
        remarks.append(wording.measured_long_ago(found.last_day, question.today))
    if found.last_day > question.deadline:
        remarks.append(wording.measured_late(question.deadline, found.last_day))
    if target.sort == "forecast":
        remarks.append(wording.forecast())
    return remarks


def _claims(question: Question, finding: Finding, series: Series) -> list[Text]:
    """Say so when verifying every claim would make the verdict better."""
    found = finding.measured
    if found is None or found.claimed is None or found.claimed == found.value:
        return []
    judged = _JUDGES[question.target.cadence](question, tuple(item.as_claimed() for item in series))
    if judged is None or judged.status not in ORDER or finding.status not in ORDER:
        return []
    if ORDER.index(judged.status) <= ORDER.index(finding.status):
        return []
    return [wording.claims_ahead(question.target, found.claimed, judged.status)]


def _verdict(target: Target, finding: Finding, remarks: Iterable[Text] = ()) -> Verdict:
    found = finding.measured
    value = found.value if found else None
    return Verdict(
        target=target.id,
        status=finding.status,
        reason=wording.joined([finding.reason, *remarks]),
        value=value,
        claimed=found.claimed if found else None,
        low=found.low if found else None,
        high=found.high if found else None,
        expected=finding.expected,
        share=_share(target, value),
        required_pace=finding.required,
        measured_on=found.last_day if found else None,
        proof=found.proof if found else "",
        code=finding.code,
    )


def _share(target: Target, value: float | None) -> float | None:
    """Give value over target; it means nothing for ceilings, exact values and targets of zero."""
    if value is None or target.direction != "up" or target.value == 0:
        return None
    return value / target.value
