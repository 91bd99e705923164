"""Answers that need not be sent again: an ETag from the change number, and 304 where the client has it.

Everything our JSON and OGC API Features say follows from the record, the day and the question, so the tag is
made of the newest Change, the zone's day, the viewer, the address asked and a mark of this server's start
(the packs may be others after a restart). It is computed before the answer is: an answer that is newer than
its tag costs one more request, the other way round would show stale facts. Tiles and files bring tags of
their own.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_PREFIXES = ("/api/", "/ogc")


@dataclass(frozen=True, slots=True)
class Freshness:
    """Answers 304 for what the client knows, and tags what `app` answers with 200.

    `state_of` gives the words everything depends on: newest Change, day, viewer, start of the server.
    """

    app: ASGIApp
    state_of: Callable[[], str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_tagged(scope):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        tag = self._tag(scope, headers)
        if is_known(headers, tag):
            await send({"type": "http.response.start", "status": 304, "headers": _headers_of(tag)})
            await send({"type": "http.response.body"})
            return

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                known = MutableHeaders(raw=message["headers"])
                if "etag" not in known:
                    known["etag"] = tag
                known.setdefault("cache-control", "no-cache")
            await send(message)

        await self.app(scope, receive, tagged)

    def _tag(self, scope: Scope, headers: Headers) -> str:
        asked = b"\n".join(
            [
                self.state_of().encode(),
                scope["path"].encode(),
                scope.get("query_string", b""),
                headers.get("host", "").encode(),  # links repeat it
                headers.get("accept", "").encode(),
            ]
        )
        return f'W/"{hashlib.blake2b(asked, digest_size=12).hexdigest()}"'


def is_known(headers: Headers, tag: str) -> bool:
    """Tell whether If-None-Match names a tag (compared weakly, RFC 9110 §13.1.2)."""
    known = headers.get("if-none-match", "")
    bare = tag.removeprefix("W/")
    return known.strip() == "*" or any(item.strip().removeprefix("W/") == bare for item in known.split(","))


def _is_tagged(scope: Scope) -> bool:
    return (
        scope["type"] == "http"
        and scope["method"] in ("GET", "HEAD")
        and scope["path"].startswith(_PREFIXES)
        and not scope["path"].startswith("/api/media/")
        and "/tiles/WebMercatorQuad/" not in scope["path"]
    )


def _headers_of(tag: str) -> list[tuple[bytes, bytes]]:
    return [(b"etag", tag.encode()), (b"cache-control", b"no-cache")]
