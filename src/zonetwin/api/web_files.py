"""The web interface's files: hashed assets for ever, the page afresh, every unknown path the page again.

Where the interface was not built, a plain page in both languages says how to build it.
"""

import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from zonetwin.api.compression import accepts_gzip, packed
from zonetwin.api.freshness import is_known

NOT_BUILT = Path(__file__).with_name("not_built.html")
IMMUTABLE = "public, max-age=31536000, immutable"
NOT_PAGES = ("/api/", "/ogc/", "/health", "/openapi.json")
_TYPES = {
    ".mjs": "text/javascript",
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
_PACKED = (".js", ".mjs", ".css", ".html", ".svg", ".json", ".wasm", ".webmanifest")
_LARGEST_KEPT = 256


@dataclass(frozen=True, slots=True)
class WebFiles:
    """Serves a folder of built web files as an ASGI app."""

    folder: Path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, "Only GET and HEAD are answered here.", headers={"allow": "GET, HEAD"})
        path = str(scope["path"])
        if path.startswith(NOT_PAGES) or path == "/ogc":
            raise HTTPException(404)
        file = self._file(path)
        if file is None and path.startswith("/assets/"):
            raise HTTPException(404)  # an asset of an older build: a page in its place would confuse
        file = file or self.folder / "index.html"
        if not file.is_file():
            return HTMLResponse(NOT_BUILT.read_bytes(), headers={"cache-control": "no-cache"})
        return _served(file, Headers(scope=scope), immutable=path.startswith("/assets/"))

    def _file(self, path: str) -> Path | None:
        """Find the file of a path; nothing outside the folder is ever found."""
        if "\0" in path or "\\" in path:
            return None
        file = (self.folder / path.lstrip("/")).resolve()
        return file if file.is_relative_to(self.folder.resolve()) and file.is_file() else None


def _served(file: Path, headers: Headers, *, immutable: bool) -> Response:
    seen = file.stat()
    tag = f'W/"{seen.st_mtime_ns:x}-{seen.st_size:x}"'
    own = {"etag": tag, "cache-control": IMMUTABLE if immutable else "no-cache"}
    if is_known(headers, tag):
        return Response(status_code=304, headers=own)
    pack = accepts_gzip(headers) and file.suffix in _PACKED
    if pack:
        own |= {"content-encoding": "gzip", "vary": "accept-encoding"}
    body = _content(file, seen.st_mtime_ns, pack)
    return Response(body, headers=own, media_type=media_type(file))


def media_type(file: Path) -> str:
    """Give a file's media type; what browsers are strict about does not depend on the machine's tables."""
    return _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "application/octet-stream"


@lru_cache(maxsize=_LARGEST_KEPT)
def _content(file: Path, changed: int, pack: bool) -> bytes:
    """Read a file, once per state of it (`changed` is part of the key only)."""
    content = file.read_bytes()
    return packed(content) if pack else content


def web_app(folder: Path | None) -> ASGIApp:
    """Serve the web files of a folder, or of the installed package where none is given."""
    return WebFiles(folder or Path(__file__).parents[1] / "_web")
