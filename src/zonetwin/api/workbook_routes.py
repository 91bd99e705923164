"""The bureau's workbook of projects: downloaded, compared, and applied once a person has agreed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from fastapi.responses import Response
from pydantic import Field

from zonetwin.api.actors import WritingActor
from zonetwin.api.case_shapes import Sent
from zonetwin.api.problems import BadRequest, Responses
from zonetwin.api.served import ServedZone
from zonetwin.api.shapes import Shape, TextShape
from zonetwin.core.text import Language
from zonetwin.zone.projects_xlsx import apply_projects, diff_projects, export_projects

router = APIRouter(prefix="/api", tags=["projects"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORKBOOK: Responses = {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}


class AddedProject(Shape):
    """A project that the workbook would open."""

    key: str
    title: str
    placed: bool
    moves: int


class ChangedField(Shape):
    """A field that the workbook would change, in the words of people."""

    key: str
    field: str
    title: TextShape
    before: str
    after: str


class NewMove(Shape):
    """An entry that the workbook would make in the ledger of a project."""

    key: str
    on: date
    stage: str
    organisation: str
    verifies: bool
    quantities: dict[str, float]
    note: str


class SheetIssueShape(Shape):
    """A fault at a cell: an `error` leaves its row out, a `warning` does not."""

    sheet: str
    row: int
    column: str
    heading: str
    seen: str
    expected: str
    hint: str
    severity: str


class WorkbookDiffShape(Shape):
    """What a workbook would do, and the token to have it done."""

    token: str
    added: list[AddedProject]
    changed: list[ChangedField]
    moves: list[NewMove]
    unchanged: int
    issues: list[SheetIssueShape]


class WorkbookApplySent(Sent):
    """The token of the comparison that a person has looked at."""

    token: Annotated[str, Field(max_length=200)]


class WorkbookAppliedShape(Shape):
    """What was done, in which Change."""

    added: int
    changed: int
    moves: int
    change: int
    issues: list[SheetIssueShape]


@router.get("/projects.xlsx", response_model=None, response_class=Response, responses=_WORKBOOK)
def download(
    served: ServedZone, language: Annotated[Language, Query(description="Language of the headings")] = "zh"
) -> Response:
    """Give all projects as the bureau's workbook."""
    with _folder() as folder:
        export_projects(served.zone, folder / "projects.xlsx", served.viewer, language=language)
        content = (folder / "projects.xlsx").read_bytes()
    name = {"content-disposition": 'attachment; filename="projects.xlsx"'}
    return Response(content, media_type=XLSX, headers=name)


@router.post("/projects.xlsx")
def compare(
    served: ServedZone,
    actor: WritingActor,
    file: Annotated[UploadFile, File(description="The workbook")],
    dry_run: Annotated[bool, Query(description="Must be true: applying takes the token")] = True,
    language: Annotated[Language, Query(description="Language of the values shown")] = "zh",
) -> WorkbookDiffShape:
    """Compare a workbook with the record; no project is changed."""
    if not dry_run:
        raise BadRequest(
            "A workbook is compared before it is applied.",
            hint="Post it with dry_run=true, then post the token to /api/projects.xlsx/apply.",
        )
    with _folder() as folder:
        path = folder / (Path(file.filename or "").name or "projects.xlsx")
        path.write_bytes(file.file.read())
        diff = diff_projects(served.zone, path, language=language, keep=True)
    return WorkbookDiffShape.model_validate(diff.as_json())


@router.post("/projects.xlsx/apply")
def apply(served: ServedZone, actor: WritingActor, sent: WorkbookApplySent) -> WorkbookAppliedShape:
    """Apply a workbook that was compared, in one Change; refused when projects have changed since."""
    return WorkbookAppliedShape.model_validate(
        apply_projects(served.zone, token=sent.token, actor=actor).as_json()
    )


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)
