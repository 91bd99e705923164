"""Projects: opened, changed, claimed and verified, put on the map, listed. They are cases of the flow `project`.

A project has a site from the beginning, a feature without a place until someone puts it on the map. Its name
and category are repeated on that feature in the same Change. Every intake takes an idempotency key: the same
key with the same content gets the same answer.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

import shapely

from zonetwin.cases.classes import Classes, read_rules
from zonetwin.cases.fields import CaseChange
from zonetwin.cases.model import Case, CaseDraft, Claim, Verification
from zonetwin.cases.records import CaseFilter, CasePage, list_cases, read_case
from zonetwin.cases.writing import add_evidence, record_claim, record_verification, withdraw
from zonetwin.core.actor import STAFF, Actor, Viewer
from zonetwin.core.errors import InvalidInput
from zonetwin.packs.model import Flow
from zonetwin.store.model import Writer
from zonetwin.zone.media import check_media
from zonetwin.zone.once import request_digest, write_once
from zonetwin.zone.organisations import organisations
from zonetwin.zone.placing import check_place
from zonetwin.zone.project_rows import (
    FLOW,
    ProjectCard,
    ProjectRow,
    finished_rank,
    project_card,
    project_rows,
    shapes_of_sites,
)
from zonetwin.zone.project_writing import add_project, edit_project, occasion_of, put_project, rules_of
from zonetwin.zone.zone import Zone

_PAGE = 200


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """Some projects in order, the cursor of the next page (None at the end), and how many there are in all."""

    items: tuple[ProjectRow, ...]
    next: str | None
    total: int

    def as_json(self) -> dict[str, object]:
        return {"items": [row.as_json() for row in self.items], "next": self.next, "total": self.total}


@dataclass(frozen=True, slots=True)
class ProjectMove:
    """What is entered into a project's ledger: a claim, or with `verifies` the verification of one.

    `organisation` is the actor's where it is left empty. `evidence` lists hashes of kept files, separated by
    spaces.
    """

    on: date
    stage: str = ""
    quantities: Mapping[str, float] | None = None
    note: str = ""
    evidence: str = ""
    verifies: int | None = None
    organisation: str = ""


def list_projects(
    zone: Zone,
    which: CaseFilter,
    viewer: Viewer,
    *,
    placed: bool | None = None,
    late: bool = False,
    sort: str = "id",
    after: str | None = None,
    limit: int = 100,
) -> ProjectPage:
    """List projects page by page.

    Args:
        zone: The zone.
        which: The projects wanted; its flow is set here when it is empty.
        viewer: Who looks.
        placed: Only those on the map, or only those that are not; None for both.
        late: Only those whose planned end has passed without completion being claimed.
        sort: As for `cases.records.list_cases`.
        after: The `next` of the page before.
        limit: Projects on a page, 1 to 1000.

    Raises:
        InvalidInput: an unknown sort, a limit out of range, or a cursor that is none.
    """
    wanted = replace(which, flow=which.flow or FLOW)
    if late:
        flow = read_rules(zone.packs, wanted.flow).flow
        wanted = replace(wanted, late_before=zone.clock.today(), finished_rank=finished_rank(flow))
    if placed is None:
        page = list_cases(zone.store, wanted, sort=sort, after=after, limit=limit)
    else:
        page = _placed_page(zone, wanted, viewer, placed=placed, sort=sort, after=after, limit=limit)
    return ProjectPage(project_rows(zone, page.items, viewer), page.next, page.total)


def create_project(
    zone: Zone,
    draft: CaseDraft,
    *,
    shape: shapely.Geometry | None = None,
    actor: Actor,
    note: str = "",
    idempotency_key: str = "",
) -> ProjectCard:
    """Open a project, on the map when a place (lon/lat) is given.

    Raises:
        InvalidInput: the draft or the place cannot be meant.
        Conflict: there is a project of this key, or the idempotency key came with another request.
    """
    if shape is not None:
        check_place(zone, shape)
    request = request_digest("create", asdict(draft), shapely.to_wkb(shape, hex=True) if shape else "")

    def write(writer: Writer) -> tuple[int, int | None]:
        return add_project(zone, writer, draft, shape=shape, actor=actor).id, None

    number, _ = write_once(zone, actor, "project open", note, idempotency_key, request, write)
    return project_card(zone, number, STAFF)


def change_project(
    zone: Zone, number: int, change: CaseChange, *, actor: Actor, note: str = ""
) -> ProjectCard:
    """Change fields of a project; what they were stays in its history.

    Raises:
        NotFound: there is no such project.
        InvalidInput, Conflict: the new values cannot stand.
    """
    with zone.store.begin(actor=actor, tool="project change", note=note) as writer:
        edit_project(zone, writer, number, change, actor=actor, note=note)
    return project_card(zone, number, STAFF)


def record_move(
    zone: Zone, number: int, move: ProjectMove, *, actor: Actor, idempotency_key: str = ""
) -> ProjectCard:
    """Enter a claim into a project's ledger, or verify one.

    Raises:
        NotFound: there is no such project, claim or kept file.
        InvalidInput, Conflict, Forbidden: it cannot stand (`cases.entries`).
    """
    evidence = check_media(zone, move.evidence)
    organisation = organisations(zone).meant(move.organisation or actor.organisation)
    request = request_digest("move", number, asdict(move), organisation)

    def write(writer: Writer) -> tuple[int, int | None]:
        rules, occasion = rules_of(zone, number), occasion_of(zone, actor)
        given = dict(move.quantities or {})
        if move.verifies is None:
            claim = Claim(move.on, organisation, move.stage, given, move.note, evidence)
            return number, record_claim(zone.store, writer, number, claim, rules, occasion).id
        found = Verification(move.verifies, move.on, organisation, given, move.note, evidence)
        return number, record_verification(zone.store, writer, number, found, rules, occasion).id

    tool = "project claim" if move.verifies is None else "project verify"
    write_once(zone, actor, tool, move.note, idempotency_key, request, write)
    return project_card(zone, number, STAFF)


def withdraw_move(
    zone: Zone, number: int, move: int, *, actor: Actor, note: str, organisation: str = ""
) -> ProjectCard:
    """Take an entry of a project's ledger back; both it and the counter-entry stay there.

    Raises:
        NotFound, Forbidden, Conflict, InvalidInput: it cannot be taken back (`cases.entries`).
    """
    by = organisations(zone).meant(organisation or actor.organisation)
    with zone.store.begin(actor=actor, tool="project withdraw", note=note) as writer:
        rules, occasion = rules_of(zone, number), occasion_of(zone, actor)
        withdraw(zone.store, writer, number, move, rules, occasion, organisation=by, note=note)
    return project_card(zone, number, STAFF)


def attach_evidence(
    zone: Zone, number: int, move: int, hashes: str, *, actor: Actor, note: str = ""
) -> ProjectCard:
    """Add kept files (hashes separated by spaces) as evidence to an entry.

    Raises:
        NotFound: there is no such project, entry or kept file.
        InvalidInput: no hash is given.
    """
    kept = check_media(zone, hashes)
    if not kept:
        raise InvalidInput("No file is named as evidence.", hint="Keep the file first and give its hash.")
    with zone.store.begin(actor=actor, tool="project evidence", note=note) as writer:
        add_evidence(zone.store, writer, number, move, kept)
    return project_card(zone, number, STAFF)


def place_project(
    zone: Zone,
    number: int,
    shape: shapely.Geometry,
    *,
    actor: Actor,
    note: str = "",
    valid_from: date | None = None,
) -> ProjectCard:
    """Put a project on the map, or move it.

    Args:
        zone: The zone.
        number: The project.
        shape: Its place, lon/lat.
        actor: Who places it.
        note: Why, for the Change.
        valid_from: Day from which the place holds; without it the former place was wrong from the start.

    Raises:
        NotFound: there is no such project.
        InvalidInput: the place is far off.
    """
    check_place(zone, shape)
    with zone.store.begin(actor=actor, tool="project place", note=note) as writer:
        put_project(zone, writer, read_case(zone.store, number), shape, valid_from=valid_from)
    return project_card(zone, number, STAFF)


def project_flow(zone: Zone, name: str = FLOW) -> tuple[Flow, Classes]:
    """Give a flow with its categories, for forms.

    Raises:
        NotFound: no chosen pack declares it.
    """
    rules = read_rules(zone.packs, name)
    return rules.flow, rules.classes


def _placed_page(
    zone: Zone, which: CaseFilter, viewer: Viewer, *, placed: bool, sort: str, after: str | None, limit: int
) -> CasePage:
    """Collect cases that are (not) on the map: places are features, so they are looked up page by page."""
    found: list[Case] = []
    everything = list(_all_cases(zone, which, sort=sort))
    shapes = shapes_of_sites(zone, {case.site for case in everything if case.site}, viewer)
    found = [case for case in everything if (case.site in shapes) == placed]
    start = _position_after(found, after)
    items = found[start : start + limit]
    following = str(items[-1].id) if start + limit < len(found) else None
    return CasePage(tuple(items), following, len(found))


def _all_cases(zone: Zone, which: CaseFilter, *, sort: str) -> list[Case]:
    cases: list[Case] = []
    after: str | None = None
    while True:
        page = list_cases(zone.store, which, sort=sort, after=after, limit=_PAGE)
        cases += page.items
        if page.next is None:
            return cases
        after = page.next


def _position_after(cases: list[Case], after: str | None) -> int:
    if after is None:
        return 0
    for position, case in enumerate(cases, start=1):
        if str(case.id) == after:
            return position
    raise InvalidInput(f"{after!r} is not a cursor of this list.", hint="Begin with the first page again.")
