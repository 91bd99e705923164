"""The targets of a plan judged together: duplicates, parameters and stages stand in relation to other rows.

A duplicate takes the verdict of the row it repeats. Where it is bound to another indicator, its verb is another
(begun here, completed there): then it is judged by its own, so that a start is never taken for a completion.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from zonetwin.core.gap import Gap
from zonetwin.plans import wording
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Status, Target, Verdict
from zonetwin.plans.progress import judge
from zonetwin.plans.rules import VerdictRules


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is there about one indicator: its measurements, or why there are none."""

    series: tuple[Measured, ...] = ()
    gap: Gap | None = None


def judge_targets(
    targets: Iterable[Target], evidence: Mapping[str, Evidence], *, today: date, rules: VerdictRules
) -> dict[str, Verdict]:
    """Judge all targets of a plan.

    Args:
        targets: Rows of one plan; originals of duplicates are among them.
        evidence: By indicator.
        today: The day it is asked on.
        rules: Thresholds.

    Returns:
        A verdict for each target, by its id, in the order given.
    """
    by_id = {target.id: target for target in targets}
    own = {
        target.id: _judge(target, evidence, today=today, rules=rules)
        for target in by_id.values()
        if is_judged_alone(target, by_id)
    }
    judged = {
        name: own[name] if name in own else _taken_over(target, own[target.duplicate_of])
        for name, target in by_id.items()
    }
    return {name: _related(by_id[name], verdict, by_id, judged) for name, verdict in judged.items()}


def is_judged_alone(target: Target, by_id: Mapping[str, Target]) -> bool:
    """Tell whether a target is judged by its own measurements: no duplicate, or one with an indicator of its own."""
    if not target.duplicate_of:
        return True
    return bool(target.indicator) and target.indicator != by_id[target.duplicate_of].indicator


def leads_of(target: Target, by_id: Mapping[str, Target]) -> tuple[str, ...]:
    """Give the organisations in charge; a goal that names none has those of the task it repeats."""
    if target.leads or not target.duplicate_of:
        return target.leads
    return by_id[target.duplicate_of].leads


def participants_of(target: Target, by_id: Mapping[str, Target]) -> tuple[str, ...]:
    """Give the organisations taking part, through the repeated row where the target names none in charge."""
    if target.leads or not target.duplicate_of:
        return target.participants
    return by_id[target.duplicate_of].participants


def _judge(target: Target, evidence: Mapping[str, Evidence], *, today: date, rules: VerdictRules) -> Verdict:
    found = evidence.get(target.indicator, Evidence())
    return judge(target, found.series, today=today, rules=rules, gap=found.gap)


def _taken_over(target: Target, verdict: Verdict) -> Verdict:
    note = wording.same_as(target.duplicate_of)
    return replace(verdict, target=target.id, reason=wording.joined([note, verdict.reason]))


def _related(
    target: Target, verdict: Verdict, by_id: Mapping[str, Target], judged: Mapping[str, Verdict]
) -> Verdict:
    """Add what the rows around a target say: its missed stages, and the row it repeats in another verb."""
    notes = []
    root = target.id
    if target.duplicate_of and is_judged_alone(target, by_id):
        notes.append(wording.differs_from(target.duplicate_of))
    elif target.duplicate_of:
        root = target.duplicate_of
    missed = [
        child.id
        for child in by_id.values()
        if child.parent == root and child.relation == "stage" and judged[child.id].status is Status.MISSED
    ]
    if missed:
        notes.append(wording.stage_missed(missed))
    return replace(verdict, reason=wording.joined([verdict.reason, *notes])) if notes else verdict
