"""The plan: how it stands as a whole, its targets, and one target with all around it."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query

from zonetwin.api.paging import DEFAULT_LIMIT, After, Limit, part_of
from zonetwin.api.served import ServedZone
from zonetwin.api.shapes import Listed, Shape, TextShape
from zonetwin.api.target_shapes import TargetPageShape, TargetRowShape
from zonetwin.cases.records import read_case
from zonetwin.plans.model import Status
from zonetwin.plans.rows import TargetRow
from zonetwin.zone.judging import judge_target
from zonetwin.zone.project_rows import project_rows

router = APIRouter(prefix="/api", tags=["plan"])


class PlanShape(Shape):
    """A plan and its period."""

    name: str
    title: TextShape
    start: date
    end: date


class SectionStatus(Shape):
    """How the targets of a section stand."""

    section: str
    title: TextShape
    total: int
    by_status: dict[Status, int]


class OrganisationStatus(Shape):
    """How the targets that an organisation leads stand."""

    code: str
    name: TextShape
    total: int
    by_status: dict[Status, int]


class AttachedShape(Shape):
    """A text attached as the plan's own."""

    id: int
    plan: str
    file: str
    sha256: str
    characters: int
    anchors_kept: int
    anchors: int


class PlanStatusShape(Shape):
    """How the zone's plans stand. Counts are over distinct commitments, `total` over all rows."""

    plans: list[PlanShape]
    today: date
    total: int
    distinct: int
    asked: int
    scored: int
    by_status: dict[Status, int]
    sections: list[SectionStatus]
    organisations: list[OrganisationStatus]
    late: list[TargetRowShape]
    attached: list[AttachedShape]


@router.get("/plan")
def plan(served: ServedZone) -> PlanStatusShape:
    """Tell how the zone's plans stand on its day."""
    return PlanStatusShape.model_validate(served.plan_status().as_json())


@router.get("/targets")
def targets(
    served: ServedZone,
    section: Annotated[str | None, Query(description="Number of a section")] = None,
    organisation: Annotated[str | None, Query(description="Code of an organisation in charge")] = None,
    status: Annotated[Status | None, Query(description="A verdict")] = None,
    q: Annotated[str | None, Query(max_length=200, description="Words of the subject, or an id")] = None,
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Listed[TargetRowShape]:
    """List targets in the plan's order."""
    rows = [
        row
        for row in served.plan_status().rows
        if (section is None or row.target.clause.section == section)
        and (organisation is None or organisation in {lead.code for lead in row.leads})
        and (status is None or row.verdict.status == status)
        and _has_words(row, q or "")
    ]
    part, following = part_of(rows, lambda row: row.target.id, after=after, limit=limit)
    items = [TargetRowShape.model_validate(row.as_json()) for row in part]
    return Listed(items=items, next=following, total=len(rows))


@router.get("/targets/{target}")
def target(
    served: ServedZone, target: Annotated[str, Path(description="The target's id")]
) -> TargetPageShape:
    """Give one target with its clause, course, relatives and projects."""
    page = judge_target(served.zone, target)
    cases = [read_case(served.store, item.id) for item in page.cases]
    projects = [row.as_json() for row in project_rows(served.zone, cases, served.viewer)]
    return TargetPageShape.model_validate({**page.as_json(), "projects": projects})


def _has_words(row: TargetRow, words: str) -> bool:
    item = row.target
    text = f"{item.id} {item.subject.zh} {item.subject.en} {item.scope} {item.note.zh} {item.note.en}".lower()
    return all(word in text for word in words.lower().split())
