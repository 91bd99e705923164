"""Projects: listed, opened, changed, claimed and verified, put on the map. They are cases of a flow."""

from typing import Annotated

from fastapi import APIRouter, Header, Path, Query

from zonetwin.api.actors import WritingActor
from zonetwin.api.case_shapes import (
    CaseChanged,
    CaseCreated,
    CaseRowShape,
    CaseShape,
    MoveSent,
    PlaceSent,
    WithdrawalSent,
)
from zonetwin.api.paging import DEFAULT_LIMIT, After, Limit
from zonetwin.api.problems import BadRequest
from zonetwin.api.served import ServedZone
from zonetwin.api.shapes import Listed
from zonetwin.cases.records import CaseFilter
from zonetwin.zone.placing import geometry_from_geojson
from zonetwin.zone.project_rows import ProjectCard, project_card
from zonetwin.zone.projects import (
    change_project,
    create_project,
    list_projects,
    place_project,
    record_move,
    withdraw_move,
)

router = APIRouter(prefix="/api/cases", tags=["projects"])

CaseId = Annotated[int, Path(description="The project's id", ge=1, lt=2**53)]
OnceKey = Annotated[
    str,
    Header(
        alias="Idempotency-Key", max_length=200, description="Repeated with the same content, it writes once"
    ),
]


@router.get("")
def cases(
    served: ServedZone,
    flow: Annotated[str, Query(description="Name of the flow")] = "project",
    category: Annotated[str | None, Query(description="Categories, joined by commas")] = None,
    stage: Annotated[str, Query(description="The stage claimed")] = "",
    organisation: Annotated[str, Query(description="Code of the organisation in charge")] = "",
    target: Annotated[str, Query(description="Id of a target the project counts towards")] = "",
    placed: Annotated[bool | None, Query(description="Only those on the map, or only those not")] = None,
    late: Annotated[bool, Query(description="Only those late on the zone's day")] = False,
    q: Annotated[str, Query(max_length=200, description="Words of the title or key")] = "",
    sort: Annotated[str, Query(description="id, key, title, organisation, stage or planned_end")] = "id",
    after: After = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Listed[CaseRowShape]:
    """List projects."""
    which = CaseFilter(
        flow=flow,
        categories=tuple(part for part in (category or "").split(",") if part),
        stage=stage,
        organisation=organisation,
        target=target,
        words=q,
    )
    page = list_projects(
        served.zone, which, served.viewer, placed=placed, late=late, sort=sort, after=after, limit=limit
    )
    return Listed[CaseRowShape].model_validate(page.as_json())


@router.post("", status_code=201)
def create(served: ServedZone, actor: WritingActor, sent: CaseCreated, once: OnceKey = "") -> CaseShape:
    """Open a project, on the map when a place is given."""
    shape = None if sent.geometry is None else geometry_from_geojson(sent.geometry)
    return _card(create_project(served.zone, sent.draft(), shape=shape, actor=actor, idempotency_key=once))


@router.get("/{case}")
def case(served: ServedZone, case: CaseId) -> CaseShape:
    """Give one project with its ledger."""
    return _card(project_card(served.zone, case, served.viewer))


@router.patch("/{case}")
def change(served: ServedZone, case: CaseId, actor: WritingActor, sent: CaseChanged) -> CaseShape:
    """Change fields of a project; what they were stays in its history."""
    return _card(change_project(served.zone, case, sent.change(), actor=actor, note=sent.change_note))


@router.post("/{case}/moves", status_code=201)
def move(
    served: ServedZone, case: CaseId, actor: WritingActor, sent: MoveSent, once: OnceKey = ""
) -> CaseShape:
    """Enter a claim, or the verification of one by another organisation."""
    return _card(record_move(served.zone, case, sent.move(), actor=actor, idempotency_key=once))


@router.post("/{case}/moves/{move}/withdrawal")
def withdraw(
    served: ServedZone,
    case: CaseId,
    move: Annotated[int, Path(description="Id of the entry", ge=1, lt=2**53)],
    actor: WritingActor,
    sent: WithdrawalSent,
) -> CaseShape:
    """Take an entry back; both it and the counter-entry stay in the ledger."""
    return _card(
        withdraw_move(served.zone, case, move, actor=actor, note=sent.note, organisation=sent.organisation)
    )


@router.put("/{case}/place")
def place(served: ServedZone, case: CaseId, actor: WritingActor, sent: PlaceSent) -> CaseShape:
    """Put a project on the map, or move it."""
    shape = geometry_from_geojson(sent.geometry)
    return _card(
        place_project(served.zone, case, shape, actor=actor, note=sent.note, valid_from=sent.valid_from)
    )


@router.delete("/{case}")
def cancel(
    served: ServedZone,
    case: CaseId,
    actor: WritingActor,
    note: Annotated[str, Query(max_length=4000, description="Why it is cancelled")] = "",
) -> CaseShape:
    """Cancel a project: claim the flow's stage that ends it without success, as of the zone's day."""
    found = project_card(served.zone, case, served.viewer)
    closed = [stage for stage in found.next if stage.closed]
    if not closed:
        raise BadRequest(
            f"From {found.row.case.stage!r} the project cannot be cancelled.", hint="See its `next` stages."
        )
    sent = MoveSent(stage=closed[0].name, on=served.zone.clock.today(), note=note)
    return _card(record_move(served.zone, case, sent.move(), actor=actor))


def _card(card: ProjectCard) -> CaseShape:
    return CaseShape.model_validate(card.as_json())
