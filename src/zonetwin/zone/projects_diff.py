"""The bureau's workbook against the record: which projects are new, which fields differ, what is entered where.

Nothing is written here. The answer can be shown to a person and carried out by `projects_xlsx`. Projects and
ledger entries that the workbook leaves out stay as they are; columns it leaves out are not touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import shapely

from zonetwin.cases.fields import CaseChange, case_from_draft, changed_case, check_fields, field_edits
from zonetwin.cases.model import Case, CaseDraft, Dossier
from zonetwin.cases.records import read_dossiers
from zonetwin.cases.sheet import SEPARATOR, Names, project_columns
from zonetwin.cases.writing import Occasion
from zonetwin.core.actor import STAFF
from zonetwin.core.errors import TwinError
from zonetwin.core.text import Language, Text
from zonetwin.zone.ledger_diff import LedgerDiff, NewEntry, compare_ledger
from zonetwin.zone.placing import check_place
from zonetwin.zone.project_rows import FLOW, shapes_of_sites
from zonetwin.zone.project_sheet import SheetEntry, SheetProject, SheetReading
from zonetwin.zone.zone import Zone

_SAME_PLACE = 1e-6
"""Degrees between two points that are one: about a tenth of a metre, what seven decimals can carry."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: its name, its heading, and both values as people read them."""

    key: str
    field: str
    title: Text
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ProjectDiff:
    """What the workbook does to one project.

    `draft` is set for a new one, else `case` is its number. `fields` tells people what `change` will do.
    """

    key: str
    title: str
    case: int | None
    draft: CaseDraft | None
    change: CaseChange | None
    fields: tuple[FieldChange, ...]
    shape: shapely.Geometry | None
    entries: tuple[NewEntry, ...]

    @property
    def is_unchanged(self) -> bool:
        return self.draft is None and not self.fields and self.shape is None and not self.entries


def compare_projects(
    zone: Zone, reading: SheetReading, occasion: Occasion, language: Language
) -> list[ProjectDiff]:
    """Compare every project of the workbook with the record; faults are added to the reading."""
    dossiers = {dossier.case.key: dossier for dossier in read_dossiers(zone.store, FLOW)}
    shapes = shapes_of_sites(zone, {d.case.site for d in dossiers.values() if d.case.site}, STAFF)
    names = Names(reading.rules, reading.organisations.names, language)
    entries = _by_key(reading.entries)
    found: list[ProjectDiff] = []
    for project in reading.projects:
        dossier = dossiers.get(project.key)
        own = entries.pop(project.key, [])
        if dossier is None:
            diff = _new_project(zone, project, own, reading, occasion)
        else:
            shape = shapes.get(dossier.case.site)
            diff = _known_project(zone, project, dossier, shape, own, reading, occasion, names)
        if diff is not None:
            found.append(diff)
    for key, own in entries.items():
        if key in dossiers:
            ledger = compare_ledger(dossiers[key], own, reading, occasion)
            case = dossiers[key].case
            found.append(ProjectDiff(key, case.title, case.id, None, None, (), None, ledger.entries))
        else:
            _report_unknown(own, reading)
    return found


def _new_project(
    zone: Zone,
    project: SheetProject,
    entries: Iterable[SheetEntry],
    reading: SheetReading,
    occasion: Occasion,
) -> ProjectDiff | None:
    planned = {name: amount for name, amount in project.planned.items() if amount is not None}
    draft = CaseDraft(
        flow=FLOW,
        key=project.key,
        title=_text(project, "title"),
        title_en=_text(project, "title_en"),
        category=_text(project, "category"),
        work=_text(project, "work"),
        organisation=_text(project, "organisation"),
        participants=_listed(project, "participants"),
        planned_start=_day(project.fields.get("planned_start")),
        planned_end=_day(project.fields.get("planned_end")),
        targets=_listed(project, "targets"),
        planned=planned,
        note=_text(project, "note"),
    )
    try:
        case = case_from_draft(draft, reading.rules, today=occasion.today)
        shape = _place(zone, project)
    except TwinError as error:
        reading.add_issue(project.row, "", project.key, error.message, hint=error.hint)
        return None
    ledger = compare_ledger(Dossier(case), entries, reading, occasion)
    _compare_derived(project, ledger, reading)
    return ProjectDiff(project.key, draft.title, None, draft, None, (), shape, ledger.entries)


def _known_project(
    zone: Zone,
    project: SheetProject,
    dossier: Dossier,
    shape: shapely.Geometry | None,
    entries: Iterable[SheetEntry],
    reading: SheetReading,
    occasion: Occasion,
    names: Names,
) -> ProjectDiff | None:
    case = dossier.case
    change = CaseChange(**{**project.fields, "planned": project.planned})  # type: ignore[arg-type]
    try:
        after = changed_case(case, change, dossier.moves, reading.rules)
        check_fields(after, reading.rules)
    except TwinError as error:
        reading.add_issue(project.row, "", project.key, error.message, hint=error.hint)
        return None
    ledger = compare_ledger(replace(dossier, case=after), entries, reading, occasion)
    _compare_derived(project, ledger, reading)
    moved = _moved(zone, project, shape, reading)
    fields = _field_changes(case, after, names)
    if moved is not None:
        fields.append(FieldChange(case.key, "point", _POINT, _written(shape), _written(moved)))
    return ProjectDiff(
        case.key, case.title, case.id, None, change if fields else None, tuple(fields), moved, ledger.entries
    )


def _moved(
    zone: Zone, project: SheetProject, shape: shapely.Geometry | None, reading: SheetReading
) -> shapely.Geometry | None:
    """Give the place a row moves a project to; a drawn outline is never replaced by a point."""
    if project.point is None or (shape is not None and _is_there(project.point, shape)):
        return None
    if shape is not None and not isinstance(shape, shapely.Point):
        reading.add_issue(
            project.row,
            "lon",
            f"{project.point[0]}, {project.point[1]}",
            "the point this project was exported with",
            hint="It is drawn with its outline; move that on the map.",
            severity="warning",
        )
        return None
    try:
        return _place(zone, project)
    except TwinError as error:
        reading.add_issue(
            project.row, "lon", str(project.point), error.message, hint=error.hint, severity="warning"
        )
        return None


def _place(zone: Zone, project: SheetProject) -> shapely.Point | None:
    if project.point is None:
        return None
    point = shapely.Point(project.point)
    check_place(zone, point)
    return point


def _is_there(point: tuple[float, float], shape: shapely.Geometry) -> bool:
    held = shapely.point_on_surface(shape)
    return abs(held.x - point[0]) <= _SAME_PLACE and abs(held.y - point[1]) <= _SAME_PLACE


def _compare_derived(project: SheetProject, ledger: LedgerDiff, reading: SheetReading) -> None:
    """Warn where a row says of stage or done amounts what the ledger does not."""
    case = ledger.dossier.case
    for name, stage in (("stage", case.stage), ("verified_stage", case.verified_stage)):
        said = project.derived.get(name)
        titles = {item.name: item.title for item in reading.rules.flow.stages}
        title = titles[stage] if stage else Text("", "")
        if said is not None and said not in (title.zh, title.en, stage):
            _warn_derived(reading, project, name, str(said), title.zh or "—")
    done = {quantity.name: quantity for quantity in case.quantities}
    for column, said in project.derived.items():
        sort, _, name = column.partition(":")
        if not name:
            continue
        quantity = done.get(name)
        known = None if quantity is None else quantity.claimed if sort == "claimed" else quantity.verified
        if known is None or round(known, 6) != round(float(said), 6):
            _warn_derived(reading, project, column, f"{said:g}", "—" if known is None else f"{known:g}")


def _warn_derived(
    reading: SheetReading, project: SheetProject, column: str, seen: str, expected: str
) -> None:
    reading.add_issue(
        project.row,
        column,
        seen,
        expected,
        hint="This follows from the sheet 进展: add a row there, with the day.",
        severity="warning",
    )


def _field_changes(before: Case, after: Case, names: Names) -> list[FieldChange]:
    return [
        FieldChange(
            before.key, field, _title(field, names), _shown(field, old, names), _shown(field, new, names)
        )
        for field, (old, new) in field_edits(before, after).items()
    ]


def _title(field: str, names: Names) -> Text:
    for column in project_columns(names.rules.classes):
        if column.name == field:
            return Text(column.title("zh"), column.title("en"))
    return Text(field, field)


def _shown(field: str, text: str, names: Names) -> str:
    """Give a field's text as people read it: codes by their names."""
    if not text:
        return ""
    if field == "category":
        return names.category(text)
    if field == "work":
        return names.work(text)
    if field == "organisation":
        return names.organisation(text)
    if field == "participants":
        return SEPARATOR.join(map(names.organisation, text.split(";")))
    return text.replace(";", SEPARATOR) if field == "targets" else text


def _report_unknown(entries: Iterable[SheetEntry], reading: SheetReading) -> None:
    for entry in entries:
        if entry.key:
            reading.add_issue(
                entry.row,
                "key",
                entry.key,
                "the number of a project",
                hint="Add the project to the sheet 项目, or correct the faults of its row there.",
            )


def _by_key(entries: Iterable[SheetEntry]) -> dict[str, list[SheetEntry]]:
    found: dict[str, list[SheetEntry]] = {}
    for entry in entries:
        found.setdefault(entry.key, []).append(entry)
    return found


def _text(project: SheetProject, name: str) -> str:
    value = project.fields.get(name, "")
    return value if isinstance(value, str) else SEPARATOR.join(value)


def _listed(project: SheetProject, name: str) -> tuple[str, ...]:
    value = project.fields.get(name, ())
    return value if isinstance(value, tuple) else ()


def _day(value: str | tuple[str, ...] | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


def _written(shape: shapely.Geometry | None) -> str:
    if shape is None:
        return ""
    point = shapely.point_on_surface(shape)
    return f"{point.x:.6f}, {point.y:.6f}"


_POINT = Text("位置", "Place")
