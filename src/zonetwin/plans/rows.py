"""A target with its verdict and everything resolved that a list shows: titles, units, organisations."""

from collections.abc import Mapping
from dataclasses import dataclass

from zonetwin.core.text import Text
from zonetwin.core.units import symbol
from zonetwin.plans import wording
from zonetwin.plans.ledger import leads_of, participants_of
from zonetwin.plans.model import Status, Target, Verdict
from zonetwin.plans.plan import Organisation, Plan

UNSCORED = (Status.CANNOT_BE_SCORED, Status.NOT_A_TARGET)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target of one plan as it stands; `leads` and `participants` are those of the repeated row if need be."""

    target: Target
    verdict: Verdict
    leads: tuple[Organisation, ...]
    participants: tuple[Organisation, ...]

    @property
    def is_scored(self) -> bool:
        return self.verdict.status not in UNSCORED

    @property
    def aim(self) -> Text:
        """What is asked for, with comparator and unit: `≥ 3,000 mu`."""
        return wording.aim_text(self.target)

    def as_json(self) -> dict[str, object]:
        target, verdict = self.target, self.verdict
        return {
            "id": target.id,
            "plan": target.plan,
            "section": target.clause.section,
            "section_title": target.clause.section_title.as_json(),
            "subject": target.subject.as_json(),
            "aim": self.aim.as_json(),
            "comparator": target.comparator,
            "value": target.value,
            "value_max": target.value_max,
            "unit": target.unit,
            "unit_symbol": symbol(target.unit).as_json(),
            "direction": target.direction,
            "deadline": target.deadline.isoformat() if target.deadline else None,
            "cadence": target.cadence,
            "leads": [organisation_json(item) for item in self.leads],
            "duplicate_of": target.duplicate_of,
            "parent": target.parent,
            "relation": target.relation,
            "indicator": target.indicator,
            "status": verdict.status.value,
            "code": verdict.code,
            "reason": verdict.reason.as_json(),
            "measured": _measured_json(target, verdict),
            "share": verdict.share,
            "expected": verdict.expected,
            "required_pace": verdict.required_pace,
            "measured_on": verdict.measured_on.isoformat() if verdict.measured_on else None,
            "sort": target.sort,
        }


def rows_of_plan(plan: Plan, verdicts: Mapping[str, Verdict]) -> tuple[TargetRow, ...]:
    """Put each target of a plan together with its verdict and organisations, in the plan's order."""
    by_id = {target.id: target for target in plan.targets}
    return tuple(
        TargetRow(
            target,
            verdicts[target.id],
            tuple(plan.organisation(code) for code in leads_of(target, by_id)),
            tuple(plan.organisation(code) for code in participants_of(target, by_id)),
        )
        for target in plan.targets
    )


def organisation_json(organisation: Organisation) -> dict[str, object]:
    return {"code": organisation.code, "name": organisation.title.as_json()}


def _measured_json(target: Target, verdict: Verdict) -> dict[str, object] | None:
    if verdict.value is None and verdict.claimed is None:
        return None
    return {
        "value": verdict.value,
        "claimed": verdict.claimed,
        "low": verdict.low,
        "high": verdict.high,
        "unit": target.unit,
    }
