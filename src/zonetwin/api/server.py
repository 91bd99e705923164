"""The server: all interfaces of one zone in one app, and the process that runs it.

The order in which a request passes: security headers, guard, size limit, compression, tags, HEAD, routes.
Nothing but this module and the command line reads the environment.
"""

import gc
import os
import secrets
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from zonetwin import __version__
from zonetwin.api import (
    case_routes,
    change_routes,
    command_routes,
    feature_routes,
    flow_routes,
    indicator_routes,
    layer_routes,
    media_routes,
    ogc_collections,
    ogc_items,
    ogc_landing,
    ogc_tile_schemes,
    ogc_tiles,
    ogc_tilesets,
    plan_routes,
    proof_routes,
    search_routes,
    workbook_routes,
    zone_routes,
)
from zonetwin.api.compression import Compression
from zonetwin.api.description import describe_completely
from zonetwin.api.freshness import Freshness
from zonetwin.api.guard import Guard, is_loopback
from zonetwin.api.head_requests import HeadRequests
from zonetwin.api.limits import BodyLimit
from zonetwin.api.problems import RESPONSES, add_problem_handlers
from zonetwin.api.security_headers import SecurityHeaders
from zonetwin.api.served import Served, serve_zone
from zonetwin.api.web_files import web_app
from zonetwin.core.actor import STAFF, Viewer
from zonetwin.core.errors import Forbidden, Unavailable
from zonetwin.zone.locking import Server, held_by
from zonetwin.zone.zone import Zone, open_zone

ROUTERS = (
    ogc_tiles.router,  # first: most requests are for tiles
    ogc_tilesets.router,
    ogc_tile_schemes.router,
    ogc_landing.router,
    ogc_collections.router,
    ogc_items.router,
    zone_routes.router,
    layer_routes.router,
    feature_routes.router,
    plan_routes.router,
    case_routes.router,
    flow_routes.router,
    workbook_routes.router,
    indicator_routes.router,
    proof_routes.router,
    change_routes.router,
    search_routes.router,
    media_routes.router,
    command_routes.router,
)


def routed_app() -> FastAPI:
    """Make an app with all routes and no zone: enough to describe the interface."""
    app = FastAPI(
        title="zonetwin",
        version=__version__,
        description="A district's plan, measured on its digital twin.",
        docs_url=None,  # FastAPI's pages load scripts from elsewhere
        redoc_url=None,
        separate_input_output_schemas=False,
    )
    for router in ROUTERS:
        app.include_router(router, responses=RESPONSES)
    add_problem_handlers(app)
    describe_completely(app)
    return app


def build_app(
    zone: Zone, *, token: str | None = None, web_folder: Path | None = None, viewer: Viewer = STAFF
) -> FastAPI:
    """Make the app that serves an open zone.

    Args:
        zone: The zone, open as long as the app is used.
        token: What requests from elsewhere, and commands that name files, must show; None lets none in.
        web_folder: The built web interface; without it the one in the package.
        viewer: Who looks. On this machine that is the staff.
    """
    app = routed_app()
    app.state.served = served = serve_zone(zone, token=token, viewer=viewer)
    _closing(app, served)
    app.router.default = web_app(web_folder)  # not mounted: a wrong method or slash is then seen as such
    app.add_middleware(HeadRequests)
    app.add_middleware(Freshness, state_of=served.state)
    app.add_middleware(Compression)
    app.add_middleware(BodyLimit)
    app.add_middleware(Guard, token=token)
    app.add_middleware(SecurityHeaders)
    return app


def serve(
    zone_folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8600,
    token: str | None = None,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve a zone until the process is told to stop.

    Args:
        zone_folder: The zone.
        host: Address to listen on.
        port: Port; 0 takes a free one.
        token: Asked of requests from elsewhere; needed where `host` is not loopback.
        ready: Called with the address once the server listens.

    Raises:
        Forbidden: another address than loopback was given without a token.
        Conflict: another server holds the zone.
    """
    if not is_loopback(host) and not token:
        raise Forbidden(
            f"{host!r} can be reached from other machines, and there are no accounts yet.",
            hint="Give a token with --token, or listen on 127.0.0.1.",
        )
    with listener(host, port) as listening:
        address = _address(host, listening.getsockname()[1])
        shown = token or secrets.token_urlsafe(24)
        holder = Server(pid=os.getpid(), address=address, token=shown)
        with held_by(zone_folder.resolve(), holder), open_zone(zone_folder) as zone:
            config = uvicorn.Config(
                build_app(zone, token=shown),
                log_level="warning",
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=10,
            )
            _AnnouncedServer(config, address, ready).run(sockets=[listening])


class _AnnouncedServer(uvicorn.Server):
    """A uvicorn server that says when it listens."""

    def __init__(self, config: uvicorn.Config, address: str, ready: Callable[[str], None] | None) -> None:
        super().__init__(config)
        self._address = address
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        # What is there now stays: looking through it again for garbage took 75 ms in one request of a
        # hundred.
        gc.collect()
        gc.freeze()
        if self.started and self._ready is not None:
            self._ready(self._address)


def listener(host: str, port: int) -> socket.socket:
    """Listen at an address; port 0 takes a free one.

    Raises:
        Unavailable: the address or the port cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named because asyncio sends small packets at once only then: an answer took 40 ms
    # otherwise.
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host.strip("[]"), port))
        made.listen(128)
        return made
    except OSError as error:
        made.close()
        raise Unavailable(
            f"Nothing can listen at {host} port {port}: {error.strerror}.", hint="Give another --port, or 0."
        ) from error


def _address(host: str, port: int) -> str:
    """Give the address under which this machine reaches the server."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host).strip("[]")
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _closing(app: FastAPI, served: Served) -> None:
    """Let the command that is running finish before the server goes."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await run_in_threadpool(served.worker.shutdown, wait=True, cancel_futures=True)

    app.router.lifespan_context = lifespan
