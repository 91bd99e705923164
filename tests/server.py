"""A server over a real socket: in a thread of the test, or in a process of its own.

Clients written in C may hold Python's lock while they wait for an answer; they need the server to be apart.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from zonetwin.api.server import build_app, listener
from zonetwin.core.actor import STAFF, Viewer
from zonetwin.zone.zone import Zone, open_zone


@dataclass(frozen=True, slots=True)
class LiveServer:
    """A server that answers at `address`, and the zone it serves."""

    address: str
    zone: Zone


@contextmanager
def live_server(
    folder: Path, *, token: str | None = None, web_folder: Path | None = None, viewer: Viewer = STAFF
) -> Iterator[LiveServer]:
    """Serve a zone's folder on a free port of loopback until the block ends."""
    with open_zone(folder) as zone, listener("127.0.0.1", 0) as listening:
        app = build_app(zone, token=token, web_folder=web_folder, viewer=viewer)
        config = uvicorn.Config(app, log_level="error", server_header=False, timeout_graceful_shutdown=5)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            _wait(lambda: server.started)
            yield LiveServer(f"http://127.0.0.1:{listening.getsockname()[1]}", zone)
        finally:
            server.should_exit = True
            thread.join(timeout=20)
            assert not thread.is_alive(), "the server did not stop"


_SERVE = """
import sys
from pathlib import Path
from zonetwin.api.server import serve
serve(Path(sys.argv[1]), port=0, ready=lambda address: print(address, flush=True))
"""


@contextmanager
def server_apart(folder: Path) -> Iterator[LiveServer]:
    """Serve a zone's folder from a process of its own until the block ends; `zone` is a second, reading one."""
    process = subprocess.Popen([sys.executable, "-c", _SERVE, str(folder)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, "the server did not start"
        with open_zone(folder) as zone:
            yield LiveServer(address, zone)
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()


def _wait(is_true: Callable[[], bool], *, seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, "the server did not start"
        time.sleep(0.01)
