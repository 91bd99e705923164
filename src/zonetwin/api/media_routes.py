"""Files people attach, and the plan's own text."""

import tempfile
from pathlib import Path as FilePath
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Path, UploadFile
from fastapi.responses import FileResponse, Response

from zonetwin.api.actors import WritingActor
from zonetwin.api.problems import Responses
from zonetwin.api.served import ServedZone
from zonetwin.api.shapes import Shape, TextShape
from zonetwin.zone.attaching import attach
from zonetwin.zone.media import find_media, keep_media, media_path

router = APIRouter(prefix="/api", tags=["files"])

SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf")
"""Types a browser shows in place; everything else is offered to be saved, so that none of it runs here."""

_ANY: Responses = {
    200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}
}


class MediaShape(Shape):
    """A kept file."""

    hash: str
    name: str
    type: str
    size: int


class AttachShape(Shape):
    """A text attached to a plan, and how many of the plan's numbers stand where its rows say."""

    id: int
    plan: str
    file: str
    sha256: str
    characters: int
    is_exact: bool
    anchors_kept: int
    anchors: int
    lost: list[str]
    warnings: list[TextShape]


@router.post("/media", status_code=201)
def keep(
    served: ServedZone, actor: WritingActor, file: Annotated[UploadFile, File(description="The file")]
) -> MediaShape:
    """Keep a file under the hash of its content."""
    kept = keep_media(served.zone, file.file.read(), name=file.filename or "file")
    return MediaShape.model_validate(kept)


@router.get("/media/{digest}", response_model=None, response_class=Response, responses=_ANY)
def media(
    served: ServedZone, digest: Annotated[str, Path(description="SHA-256 of the file's content")]
) -> Response:
    """Give a kept file."""
    path, found = media_path(served.zone, digest), find_media(served.zone, digest)
    sort = found.type if found.type in SHOWN else "application/octet-stream"
    place = "inline" if found.type in SHOWN else "attachment"
    return FileResponse(
        path,
        media_type=sort,
        headers={
            "content-disposition": f"{place}; filename*=UTF-8''{quote(found.name)}",
            "cache-control": "private, max-age=31536000, immutable",
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


@router.post("/documents", status_code=201)
def attach_document(
    served: ServedZone,
    actor: WritingActor,
    file: Annotated[UploadFile, File(description="The plan's text, as a plain text file")],
    plan: Annotated[str, Form(max_length=200, description="Name of the plan, where there are several")] = "",
    note: Annotated[str, Form(max_length=4000, description="A note for the Change")] = "",
) -> AttachShape:
    """Attach the plan's own text, so that targets can show their clauses."""
    with tempfile.TemporaryDirectory() as folder:
        path = FilePath(folder) / (FilePath(file.filename or "").name or "document.txt")
        path.write_bytes(file.file.read())
        report = attach(served.zone, path, actor, plan=plan, note=note)
    return AttachShape.model_validate(report.as_json())
