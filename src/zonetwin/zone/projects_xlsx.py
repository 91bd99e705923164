"""The bureau's workbook of projects: exported, compared with the record, and applied once a person has agreed.

A comparison names the state of the record it was made in and the file's content; applying refuses when
projects have changed since. All of a workbook is applied in one Change.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import shapely

from zonetwin.cases.classes import Rules, read_rules
from zonetwin.cases.model import Claim, Verification
from zonetwin.cases.records import PUBLISHED, read_dossiers
from zonetwin.cases.sheet import (
    PROGRESS,
    PROJECTS,
    Names,
    SheetCase,
    progress_columns,
    project_columns,
    workbook_rows,
)
from zonetwin.cases.writing import record_entries
from zonetwin.core.actor import Actor, Viewer
from zonetwin.core.errors import Conflict, InvalidInput, NotFound
from zonetwin.core.text import Language
from zonetwin.io.xlsx_projects import read_workbook, write_workbook
from zonetwin.store.model import Writer
from zonetwin.zone.ledger_diff import NewEntry
from zonetwin.zone.media import keep_media_file, media_path
from zonetwin.zone.organisations import organisation_names, organisations
from zonetwin.zone.project_rows import FLOW, shapes_of_sites
from zonetwin.zone.project_sheet import SheetIssue, SheetReading, read_sheets
from zonetwin.zone.project_writing import SITE, add_project, edit_project, occasion_of, put_project
from zonetwin.zone.projects_diff import ProjectDiff, compare_projects
from zonetwin.zone.zone import Zone

_WATCHED = (*PUBLISHED, SITE, "organisation")


@dataclass(frozen=True, slots=True)
class WorkbookDiff:
    """What a workbook would do: `projects` in its order, those that stay as they are included; `token` to apply it."""

    token: str
    projects: tuple[ProjectDiff, ...]
    issues: tuple[SheetIssue, ...]

    @property
    def added(self) -> list[ProjectDiff]:
        return [project for project in self.projects if project.draft is not None]

    @property
    def unchanged(self) -> int:
        return sum(project.is_unchanged for project in self.projects)

    def as_json(self) -> dict[str, object]:
        return {
            "token": self.token,
            "added": [
                {
                    "key": item.key,
                    "title": item.title,
                    "placed": item.shape is not None,
                    "moves": len(item.entries),
                }
                for item in self.added
            ],
            "changed": [
                {
                    "key": change.key,
                    "field": change.field,
                    "title": change.title.as_json(),
                    "before": change.before,
                    "after": change.after,
                }
                for item in self.projects
                for change in item.fields
            ],
            "moves": [
                _entry_json(item.key, entry)
                for item in self.projects
                if item.draft is None
                for entry in item.entries
            ],
            "unchanged": self.unchanged,
            "issues": [issue.as_json() for issue in self.issues],
        }


@dataclass(frozen=True, slots=True)
class WorkbookApplied:
    """What was done: projects added, projects changed in a field or place, ledger entries made; the Change's id."""

    added: int
    changed: int
    moves: int
    change: int
    issues: tuple[SheetIssue, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "added": self.added,
            "changed": self.changed,
            "moves": self.moves,
            "change": self.change,
            "issues": [issue.as_json() for issue in self.issues],
        }


def export_projects(zone: Zone, path: Path, viewer: Viewer, *, language: Language = "zh") -> int:
    """Write all projects as the bureau's workbook and give their number.

    Raises:
        NotFound: no chosen pack declares projects.
    """
    rules = read_rules(zone.packs, FLOW)
    dossiers = sorted(
        read_dossiers(zone.store, FLOW), key=lambda dossier: (dossier.case.key, dossier.case.id)
    )
    shapes = shapes_of_sites(zone, {dossier.case.site for dossier in dossiers if dossier.case.site}, viewer)
    cases = []
    for dossier in dossiers:
        shape = shapes.get(dossier.case.site)
        point = None if shape is None else shapely.point_on_surface(shape)
        lon, lat = (None, None) if point is None else (round(point.x, 7), round(point.y, 7))
        cases.append(SheetCase(dossier, lon, lat))
    names = Names(rules, organisation_names(zone), language)
    columns = {
        PROJECTS.in_language(language): project_columns(rules.classes),
        PROGRESS.in_language(language): progress_columns(rules.classes),
    }
    write_workbook(path, workbook_rows(cases, names), columns)
    return len(cases)


def diff_projects(zone: Zone, path: Path, *, language: Language = "zh", keep: bool = False) -> WorkbookDiff:
    """Compare a workbook with the record and write nothing there.

    Args:
        zone: The zone.
        path: The workbook.
        language: Language of the values shown before and after.
        keep: Whether the workbook is kept with the zone's media, so that the token alone can apply it.

    Raises:
        NotFound: there is no such file.
        InvalidInput: it is not a workbook, or none of its sheets has the headings of projects.
    """
    if not path.is_file():
        raise NotFound(f"There is no file {path.name!r} there.", hint="Check the path.")
    digest = keep_media_file(zone, path).hash if keep else _digest(path)
    return _compared(zone, path, digest, language)


def apply_projects(zone: Zone, path: Path | None = None, *, token: str, actor: Actor) -> WorkbookApplied:
    """Apply a workbook that was compared before; rows with errors are left out, as the comparison said.

    Args:
        zone: The zone.
        path: The workbook; None where the comparison kept it.
        token: The comparison's token.
        actor: Who applies it.

    Raises:
        InvalidInput: the token is none, or belongs to another file.
        NotFound: the workbook is not there.
        Conflict: projects have changed since the comparison.
    """
    state, digest = _parsed(token)
    file = media_path(zone, digest) if path is None else path
    if path is not None and _digest(path) != digest:
        raise InvalidInput(f"{path.name!r} is not the file that was compared.", hint="Compare it again.")
    diff = _compared(zone, file, digest, "zh")
    note = f"{path.name if path else 'workbook'} {digest[:16]}"
    rules = read_rules(zone.packs, FLOW)
    with zone.store.begin(actor=actor, tool="projects import", note=note) as writer:
        if state != _state(zone):
            raise Conflict(
                "Projects have changed since this workbook was compared.",
                hint="Compare it again and look anew.",
            )
        for project in diff.projects:
            _apply(zone, writer, project, rules, actor)
        changed = sum(project.draft is None and bool(project.fields) for project in diff.projects)
        moves = sum(len(project.entries) for project in diff.projects)
        return WorkbookApplied(len(diff.added), changed, moves, writer.change, diff.issues)


def _compared(zone: Zone, path: Path, digest: str, language: Language) -> WorkbookDiff:
    rules = read_rules(zone.packs, FLOW)
    classes = rules.classes
    state = _state(zone)
    book = read_workbook(path, project_columns(classes), progress_columns(classes))
    reading: SheetReading = read_sheets(book, rules, organisations(zone))
    projects = compare_projects(zone, reading, occasion_of(zone, Actor("comparison")), language)
    issues = sorted(
        reading.issues, key=lambda issue: (issue.sheet, issue.row, len(issue.column), issue.column)
    )
    return WorkbookDiff(f"{state}.{digest}", tuple(projects), tuple(issues))


def _apply(zone: Zone, writer: Writer, project: ProjectDiff, rules: Rules, actor: Actor) -> None:
    if project.draft is not None:
        number = add_project(zone, writer, project.draft, shape=project.shape, actor=actor).id
    else:
        assert project.case is not None
        number = project.case
        if project.change is not None:
            case = edit_project(zone, writer, number, project.change, actor=actor, note="from a workbook")
            if project.shape is not None:
                put_project(zone, writer, case, project.shape)
    record_entries(zone.store, writer, number, project.entries, rules, occasion_of(zone, actor))


def _entry_json(key: str, entry: NewEntry) -> Mapping[str, object]:
    return {
        "key": key,
        "on": entry.on.isoformat(),
        "stage": entry.stage if isinstance(entry, Claim) else "",
        "organisation": entry.organisation,
        "verifies": isinstance(entry, Verification),
        "quantities": dict(entry.quantities),
        "note": entry.note,
    }


def _state(zone: Zone) -> int:
    """Give the newest Change that touched what a comparison looks at."""
    return max(zone.store.kind_change(table) for table in _WATCHED)


def _digest(path: Path) -> str:
    if not path.is_file():
        raise NotFound(f"There is no file {path.name!r} there.", hint="Check the path.")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _parsed(token: str) -> tuple[int, str]:
    state, _, digest = token.partition(".")
    if not state.isdigit() or not digest:
        raise InvalidInput(f"{token!r} is not the token of a comparison.", hint="Compare the workbook first.")
    return int(state), digest
