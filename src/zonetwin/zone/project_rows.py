"""Projects as people read them: rows of a list and the card of one project, with names, place and lateness.

A project is late when its planned end has passed and its completion is not yet claimed; how late it finished
is no longer counted here. What is claimed and what is verified stand side by side everywhere.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import shapely

from zonetwin.cases.classes import Rules, read_rules
from zonetwin.cases.flow import next_stages, stage_named
from zonetwin.cases.ledger import standing_moves, unverified_claims
from zonetwin.cases.model import Case, CaseMove, Edit, Quantity
from zonetwin.cases.records import read_dossier, read_edits
from zonetwin.core.actor import Viewer
from zonetwin.core.text import Text
from zonetwin.core.units import symbol
from zonetwin.packs.model import Flow, Stage
from zonetwin.store.model import Selection
from zonetwin.zone.organisations import organisation_names
from zonetwin.zone.zone import Zone

FLOW = "project"
FINISHED = "complete"
"""The stage that ends the time a project was planned to take."""

_EMPTY = Text("", "")


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project in a list. `site` is `kind/fid`; `shape` its place in lon/lat, None while it is not placed."""

    case: Case
    category: Text
    work: Text
    organisation: Text
    stage: Text
    verified_stage: Text
    quantities: tuple[tuple[Quantity, Text], ...]
    late_days: int | None
    shape: shapely.Geometry | None

    @property
    def point(self) -> tuple[float, float] | None:
        """A point of the place, lon/lat."""
        if self.shape is None:
            return None
        point = shapely.point_on_surface(self.shape)
        return (point.x, point.y)

    def as_json(self) -> dict[str, object]:
        case, point = self.case, self.point
        return {
            "id": case.id,
            "key": case.key,
            "title": case.title,
            "title_en": case.title_en,
            "category": case.category,
            "category_title": self.category.as_json(),
            "work": case.work,
            "work_title": self.work.as_json(),
            "organisation": {"code": case.organisation, "name": self.organisation.as_json()},
            "stage": case.stage,
            "stage_title": self.stage.as_json(),
            "verified_stage": case.verified_stage or None,
            "verified_stage_title": self.verified_stage.as_json() if case.verified_stage else None,
            "planned_start": _iso(case.planned_start),
            "planned_end": _iso(case.planned_end),
            "opened_on": case.opened_on.isoformat(),
            "late_days": self.late_days,
            "site": case.site or None,
            "area": case.area or None,
            "placed": point is not None,
            "point": list(point) if point else None,
            "quantities": [_quantity_json(quantity, title) for quantity, title in self.quantities],
            "targets": list(case.targets),
        }


@dataclass(frozen=True, slots=True)
class ProjectCard:
    """A project with all around it: its ledger, what may follow, and what was changed in its fields.

    `moves` has every entry, those taken back too; `standing` the ids of those that hold.
    """

    row: ProjectRow
    participants: tuple[tuple[str, Text], ...]
    moves: tuple[CaseMove, ...]
    standing: frozenset[int]
    unverified: tuple[int, ...]
    next: tuple[Stage, ...]
    edits: tuple[Edit, ...]
    stages: Mapping[str, Text]
    organisations: Mapping[str, Text]

    def as_json(self) -> dict[str, object]:
        shape = self.row.shape
        return {
            **self.row.as_json(),
            "participants": [{"code": code, "name": name.as_json()} for code, name in self.participants],
            "note": self.row.case.note,
            "moves": [self._move_json(move) for move in self.moves],
            "next": [{"stage": stage.name, "title": stage.title.as_json()} for stage in self.next],
            "unverified": list(self.unverified),
            "edits": [_edit_json(edit) for edit in self.edits],
            "geometry": None if shape is None else json.loads(shapely.to_geojson(shape)),
        }

    def _move_json(self, move: CaseMove) -> dict[str, object]:
        return {
            "id": move.id,
            "start": move.start,
            "stage": move.end,
            "stage_title": self.stages.get(move.end, _EMPTY).as_json(),
            "on": move.on.isoformat(),
            "recorded_at": move.recorded_at.isoformat(),
            "actor": move.actor,
            "organisation": {
                "code": move.organisation,
                "name": named(move.organisation, self.organisations).as_json(),
            },
            "quantities": dict(move.quantities),
            "note": move.note,
            "evidence": move.evidence.split(),
            "verifies": move.verifies,
            "withdraws": move.withdraws,
            "withdrawn": move.withdraws is None and move.id not in self.standing,
        }


def project_card(zone: Zone, number: int, viewer: Viewer) -> ProjectCard:
    """Read one project with all around it.

    Raises:
        NotFound: there is no such case.
    """
    dossier = read_dossier(zone.store, number)
    rules = read_rules(zone.packs, dossier.case.flow)
    names = organisation_names(zone)
    (row,) = project_rows(zone, [dossier.case], viewer)
    return ProjectCard(
        row=row,
        participants=tuple((code, named(code, names)) for code in dossier.case.participants),
        moves=dossier.moves,
        standing=frozenset(move.id for move in standing_moves(dossier.moves)),
        unverified=tuple(unverified_claims(dossier.moves)),
        next=tuple(next_stages(rules.flow, dossier.case.stage)),
        edits=tuple(read_edits(zone.store, number)),
        stages={stage.name: stage.title for stage in rules.flow.stages},
        organisations=names,
    )


def project_rows(zone: Zone, cases: Iterable[Case], viewer: Viewer) -> tuple[ProjectRow, ...]:
    """Give the rows of some cases, in their order."""
    listed = list(cases)
    names = organisation_names(zone) if listed else {}
    shapes = shapes_of_sites(zone, {case.site for case in listed if case.site}, viewer)
    rules = {flow: read_rules(zone.packs, flow) for flow in {case.flow for case in listed}}
    today = zone.clock.today()
    return tuple(_row(case, rules[case.flow], names, shapes.get(case.site), today) for case in listed)


def shapes_of_sites(zone: Zone, sites: Iterable[str], viewer: Viewer) -> dict[str, shapely.Geometry]:
    """Read the places of features given as `kind/fid`; those without a place are left out."""
    by_kind: dict[str, list[int]] = {}
    for site in sites:
        kind, _, fid = site.partition("/")
        by_kind.setdefault(kind, []).append(int(fid))
    found: dict[str, shapely.Geometry] = {}
    for kind, fids in by_kind.items():
        if kind in zone.store.kinds:
            table = zone.store.read(kind, viewer, Selection(fids=fids, columns=("geom",)))
            pairs = zip(table["fid"].to_pylist(), table["geom"].to_pylist(), strict=True)
            found |= {f"{kind}/{fid}": shapely.from_wkb(wkb) for fid, wkb in pairs if wkb is not None}
    return found


def late_days(case: Case, flow: Flow, today: date) -> int | None:
    """Count the days since the planned end while completion is not claimed.

    0 before that day and on it; None without a planned end, once completion is claimed, and once cancelled.
    """
    stage = stage_named(flow, case.stage)
    if case.planned_end is None or stage.closed or stage.rank >= finished_rank(flow):
        return None
    return max((today - case.planned_end).days, 0)


def finished_rank(flow: Flow) -> int:
    """Give the rank of the stage that ends a project's planned time: `complete`, else the last that is not closed."""
    ranks = {stage.name: stage.rank for stage in flow.stages if not stage.closed}
    return ranks.get(FINISHED, max(ranks.values()))


def named(code: str, names: Mapping[str, Text]) -> Text:
    """Give the name of an organisation, its code where the zone does not know it."""
    return names.get(code, Text(code, code))


def _row(
    case: Case, rules: Rules, names: Mapping[str, Text], shape: shapely.Geometry | None, today: date
) -> ProjectRow:
    classes = rules.classes
    category = classes.categories.get(case.category)
    return ProjectRow(
        case=case,
        category=category.title if category else Text(case.category, case.category),
        work=classes.works.get(case.work, _EMPTY),
        organisation=named(case.organisation, names),
        stage=stage_named(rules.flow, case.stage).title,
        verified_stage=stage_named(rules.flow, case.verified_stage).title if case.verified_stage else _EMPTY,
        quantities=tuple((item, classes.quantities[item.name].title) for item in case.quantities),
        late_days=late_days(case, rules.flow, today),
        shape=shape,
    )


def _quantity_json(quantity: Quantity, title: Text) -> dict[str, object]:
    return {
        "name": quantity.name,
        "title": title.as_json(),
        "unit": quantity.unit,
        "unit_symbol": symbol(quantity.unit).as_json(),
        "planned": quantity.planned,
        "claimed": quantity.claimed,
        "verified": quantity.verified,
    }


def _edit_json(edit: Edit) -> dict[str, object]:
    return {
        "field": edit.field,
        "before": edit.before,
        "after": edit.after,
        "recorded_at": edit.recorded_at.isoformat(),
        "actor": edit.actor,
        "organisation": edit.organisation,
        "note": edit.note,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
