"""The ledger of changes, the areas and the organisations of the zone."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query

from zonetwin.api.paging import DEFAULT_LIMIT, Limit
from zonetwin.api.served import ServedZone
from zonetwin.api.shapes import Listed, Shape, TextShape, text_shape
from zonetwin.store.model import Change
from zonetwin.zone.overview import zone_areas, zone_organisations
from zonetwin.zone.placing import unplaced

router = APIRouter(prefix="/api", tags=["zone"])


class ChangeShape(Shape):
    """One Change: who, when, with what, a note, how many rows of what, and where (west, south, east, north)."""

    id: int
    at: datetime
    actor: str
    organisation: str
    tool: str
    note: str
    counts: dict[str, int]
    box: tuple[float, float, float, float] | None


class AreaShape(Shape):
    """A named area of the zone; `box` is null where it has no outline."""

    fid: int
    code: str
    name: TextShape
    level: str
    parent: str
    box: tuple[float, float, float, float] | None


class AreaList(Shape):
    """The areas, from the zone down."""

    items: list[AreaShape]


class OrganisationShape(Shape):
    """An organisation that leads or takes part."""

    code: str
    name: TextShape
    parent: str
    targets: int
    cases: int


class OrganisationList(Shape):
    """The organisations of the record and of the plans."""

    items: list[OrganisationShape]


@router.get("/changes")
def changes(
    served: ServedZone,
    before: Annotated[int | None, Query(ge=1, lt=2**53, description="Only Changes before this one")] = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Listed[ChangeShape]:
    """List the Changes, newest first."""
    found = served.store.changes(before=before, limit=limit)
    more = bool(found) and found[-1].id > 1 and len(found) == limit
    return Listed(
        items=[_change(item) for item in found],
        next=str(found[-1].id) if more else None,
        total=served.store.last_change,
    )


@router.get("/areas")
def areas(served: ServedZone) -> AreaList:
    """List the zone's areas."""
    return AreaList(
        items=[
            AreaShape(
                fid=item.fid,
                code=item.code,
                name=text_shape(item.name),
                level=item.level,
                parent=item.parent,
                box=item.box.as_tuple() if item.box else None,
            )
            for item in zone_areas(served.zone, served.viewer)
        ]
    )


@router.get("/organisations")
def organisations(served: ServedZone) -> OrganisationList:
    """List the organisations, with how many targets and cases each leads."""
    leads = [lead.code for row in served.plan_status().rows for lead in row.leads]
    return OrganisationList(
        items=[
            OrganisationShape(
                code=item.code,
                name=text_shape(item.name),
                parent=item.parent,
                targets=leads.count(item.code),
                cases=item.cases,
            )
            for item in zone_organisations(served.zone, served.viewer)
        ]
    )


class UnplacedShape(Shape):
    """Something named that nobody has put on the map yet: a project's site, or a place of the plan."""

    sort: Literal["project", "place"]
    kind: str
    fid: int
    case: int | None
    key: str
    title: TextShape
    category: str


class UnplacedList(Shape):
    """What has no place yet, projects first."""

    items: list[UnplacedShape]
    total: int


@router.get("/unplaced")
def not_placed(served: ServedZone) -> UnplacedList:
    """List named projects and places that are not on the map."""
    items = [UnplacedShape.model_validate(item.as_json()) for item in unplaced(served.zone, served.viewer)]
    return UnplacedList(items=items, total=len(items))


def _change(item: Change) -> ChangeShape:
    return ChangeShape(
        id=item.id,
        at=item.at,
        actor=item.actor.name,
        organisation=item.actor.organisation,
        tool=item.tool,
        note=item.note,
        counts=dict(item.counts),
        box=item.box.as_tuple() if item.box else None,
    )
