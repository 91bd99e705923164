"""How a plan stands as a whole: how many targets could be judged, how they stand, and which are late.

Counts are over distinct commitments: a row that repeats another is left out, so nothing counts twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from zonetwin.core.text import Text
from zonetwin.plans.model import Status
from zonetwin.plans.plan import Plan
from zonetwin.plans.records import AttachedText
from zonetwin.plans.rows import TargetRow

LATE = (Status.MISSED, Status.BEHIND, Status.AT_RISK)
"""Verdicts that need someone to act, worst first."""


@dataclass(frozen=True, slots=True)
class Group:
    """The distinct targets of one section or organisation, by verdict. `name` is the section or the code."""

    name: str
    title: Text
    total: int
    by_status: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class PlanStatus:
    """All targets of a zone's plans with their verdicts, and the summary over distinct ones.

    `total` counts rows, `distinct` commitments, `asked` those of them that are targets at all, `scored` those that
    could be judged. `late` is worst first. An organisation counts for every target it leads; targets without one
    are not in `organisations`, so its totals do not add up to `distinct`.
    """

    plans: tuple[Plan, ...]
    today: date
    rows: tuple[TargetRow, ...]
    total: int
    distinct: int
    asked: int
    scored: int
    by_status: Mapping[str, int]
    sections: tuple[Group, ...]
    organisations: tuple[Group, ...]
    late: tuple[TargetRow, ...]
    attached: tuple[AttachedText, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "plans": [
                {
                    "name": plan.name,
                    "title": plan.title.as_json(),
                    "start": plan.start.isoformat(),
                    "end": plan.end.isoformat(),
                }
                for plan in self.plans
            ],
            "today": self.today.isoformat(),
            "total": self.total,
            "distinct": self.distinct,
            "asked": self.asked,
            "scored": self.scored,
            "by_status": dict(self.by_status),
            "sections": [_group_json(group, "section", "title") for group in self.sections],
            "organisations": [_group_json(group, "code", "name") for group in self.organisations],
            "late": [row.as_json() for row in self.late],
            "attached": [
                {
                    "id": item.id,
                    "plan": item.plan,
                    "file": item.file,
                    "sha256": item.sha256,
                    "characters": item.characters,
                    "anchors_kept": item.anchors_kept,
                    "anchors": item.anchors,
                }
                for item in self.attached
            ],
        }


def summarise(
    plans: tuple[Plan, ...],
    rows: tuple[TargetRow, ...],
    *,
    today: date,
    attached: Iterable[AttachedText] = (),
) -> PlanStatus:
    """Sum up the judged rows of all plans of a zone."""
    distinct = [row for row in rows if not row.target.duplicate_of]
    by_status = count_by_status(distinct)
    return PlanStatus(
        plans=plans,
        today=today,
        rows=rows,
        total=len(rows),
        distinct=len(distinct),
        asked=len(distinct) - by_status[Status.NOT_A_TARGET.value],
        scored=sum(row.is_scored for row in distinct),
        by_status=by_status,
        sections=_by_section(plans, rows),
        organisations=_by_organisation(plans, distinct),
        late=late_rows(distinct),
        attached=tuple(attached),
    )


def count_by_status(rows: Iterable[TargetRow]) -> dict[str, int]:
    """Count rows by verdict; every verdict is there, with 0 where no row has it."""
    counted = Counter(row.verdict.status.value for row in rows)
    return {status.value: counted[status.value] for status in Status}


def late_rows(rows: Iterable[TargetRow]) -> tuple[TargetRow, ...]:
    """List what is missed, behind or at risk: worst verdict first, then the least share, then the plan's order."""
    late = [(index, row) for index, row in enumerate(rows) if row.verdict.status in LATE]
    late.sort(key=lambda item: (LATE.index(item[1].verdict.status), _reached(item[1]), item[0]))
    return tuple(row for _, row in late)


def _reached(row: TargetRow) -> float:
    """Give the share of what was expected by now, or of the whole, by which the late are ordered."""
    verdict = row.verdict
    if verdict.expected and verdict.value is not None:
        return verdict.value / verdict.expected
    return verdict.share if verdict.share is not None else 1.0


def _by_section(plans: tuple[Plan, ...], rows: tuple[TargetRow, ...]) -> tuple[Group, ...]:
    """Group by section in the plan's order. Goal sections count their own rows, also those a task repeats."""
    groups = []
    for plan in plans:
        for section in plan.sections:
            found = [
                row
                for row in rows
                if row.target.plan == plan.name and row.target.clause.section == section.name
            ]
            if found:
                groups.append(Group(section.name, section.title, len(found), count_by_status(found)))
    return tuple(groups)


def _by_organisation(plans: tuple[Plan, ...], rows: list[TargetRow]) -> tuple[Group, ...]:
    """Group by each organisation in charge, another spelling under its own body."""
    groups = []
    for plan in plans:
        for organisation in plan.organisations:
            codes = {organisation.code} | {
                item.code for item in plan.organisations if item.same_as == organisation.code
            }
            found = [
                row
                for row in rows
                if row.target.plan == plan.name and codes & {lead.code for lead in row.leads}
            ]
            if found and not organisation.same_as:
                groups.append(
                    Group(organisation.code, organisation.title, len(found), count_by_status(found))
                )
    return tuple(groups)


def _group_json(group: Group, name: str, title: str) -> dict[str, object]:
    return {
        name: group.name,
        title: group.title.as_json(),
        "total": group.total,
        "by_status": dict(group.by_status),
    }
