"""Errors as problem documents (RFC 9457): what was seen, what was expected, what to do next.

Every error leaves through here: those of zonetwin by their class, wrong parameters with place, value seen
and what was expected, and anything unforeseen as a plain 500 that tells nothing of the program's inside.
"""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, TypeAlias

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from zonetwin.core.errors import InvalidPack, TwinError

MEDIA_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)


class ProblemIssue(BaseModel):
    """One fault of a file or of a request: `file` is the file, or the place in the request."""

    file: str
    line: int
    message: str
    hint: str


class Problem(BaseModel):
    """A problem document as RFC 9457 has it, with a hint, and the single faults where there are several."""

    type: str
    title: str
    status: int
    detail: str
    hint: str
    issues: list[ProblemIssue] | None = None


class BadRequest(TwinError):
    """The request itself is malformed."""

    status = 400
    code = "bad-request"


Responses: TypeAlias = dict[int | str, dict[str, Any]]  # as FastAPI takes them

RESPONSES: Responses = {
    "default": {
        "description": "What went wrong, and what to do",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}
"""The answer every operation may give instead of its own."""


def add_problem_handlers(app: FastAPI) -> None:
    """Answer every exception of an app with a problem document."""
    app.add_exception_handler(TwinError, _twin_error)
    app.add_exception_handler(RequestValidationError, _invalid_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unforeseen)


def problem_of(error: TwinError, *, status: int | None = None) -> dict[str, object]:
    """Describe an error as a problem document."""
    issues = None
    if isinstance(error, InvalidPack):
        issues = [
            ProblemIssue(file=item.file, line=item.line, message=item.message, hint=item.hint)
            for item in error.issues
        ]
    shown = status or error.status
    return Problem(
        type=f"urn:zonetwin:{error.code}",
        title=_title(shown),
        status=shown,
        detail=error.message,
        hint=error.hint,
        issues=issues,
    ).model_dump(exclude_none=True)


def problem_response(
    error: TwinError, *, status: int | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """Answer with an error's problem document."""
    return JSONResponse(
        problem_of(error, status=status),
        status_code=status or error.status,
        media_type=MEDIA_TYPE,
        headers=dict(headers or {}),
    )


def _twin_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, TwinError)
    return problem_response(error, status=_status_at(request, error.status))


def _invalid_request(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    issues = [
        ProblemIssue(
            file=".".join(str(part) for part in item["loc"]),
            line=0,
            message=f"Seen {_shown(item.get('input'))}.",
            hint=f"Expected: {item['msg']}.",
        )
        for item in error.errors()
    ]
    status = _status_at(request, 422)
    places = ", ".join(issue.file for issue in issues)
    problem = Problem(
        type="urn:zonetwin:invalid-input",
        title=_title(status),
        status=status,
        detail=f"The request has {len(issues)} fault(s), at {places}.",
        hint=issues[0].hint if issues else "",
        issues=issues,
    )
    return JSONResponse(problem.model_dump(exclude_none=True), status_code=status, media_type=MEDIA_TYPE)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    missing = error.status_code == 404
    problem = Problem(
        type="urn:zonetwin:not-found" if missing else "urn:zonetwin:bad-request",
        title=_title(error.status_code),
        status=error.status_code,
        detail=f"There is nothing at {request.url.path!r}." if missing else str(error.detail),
        hint="The interface is described at /openapi.json." if missing else "",
    )
    return JSONResponse(
        problem.model_dump(exclude_none=True),
        status_code=error.status_code,
        media_type=MEDIA_TYPE,
        headers=dict(error.headers or {}),
    )


def _unforeseen(request: Request, error: Exception) -> Response:
    logger.error("request failed", exc_info=error, extra={"method": request.method})
    return JSONResponse(unforeseen_problem(), status_code=500, media_type=MEDIA_TYPE)


def unforeseen_problem() -> dict[str, object]:
    """Describe an error nobody foresaw, without its inside."""
    return Problem(
        type="urn:zonetwin:internal",
        title=_title(500),
        status=500,
        detail="The server failed on this request.",
        hint="The server's log says why. Nothing of the request was stored.",
    ).model_dump(exclude_none=True)


def _status_at(request: Request, status: int) -> int:
    """Give 400 for what OGC API calls an invalid parameter (OGC 17-069r4 §7.5.1), 422 elsewhere."""
    return 400 if status == 422 and request.url.path.startswith("/ogc") else status


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _title(status: int) -> str:
    return HTTPStatus(status).phrase
