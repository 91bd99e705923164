"""How large a request may be: small for JSON, larger where files are sent. Counted while it arrives."""

from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zonetwin.api.problems import problem_response
from zonetwin.core.errors import TwinError

LARGEST_BODY = 4 * 1024 * 1024
LARGEST_FILE = 64 * 1024 * 1024
FILE_PATHS = ("/api/media", "/api/projects.xlsx", "/api/documents")


class TooLarge(TwinError):
    """The request's body is larger than this place takes."""

    status = 413
    code = "too-large"


@dataclass(frozen=True, slots=True)
class BodyLimit:
    """Refuses bodies that are too large, by their announced length or as soon as too much has arrived."""

    app: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = LARGEST_FILE if scope["path"].startswith(FILE_PATHS) else LARGEST_BODY
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit:
            await problem_response(_too_large(limit))(scope, receive, send)
            return
        arrived = 0

        async def counted() -> Message:
            nonlocal arrived
            message = await receive()
            arrived += len(message.get("body", b""))
            if arrived > limit:
                raise HTTPException(413, f"The body is larger than {limit // 1024 // 1024} MiB.")
            return message

        await self.app(scope, counted, send)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(
        f"The body is larger than {limit // 1024 // 1024} MiB.", hint="Send less, or use the command line."
    )
