"""`zone.lock`: who serves a zone, and where.

The server holds an exclusive lock on the file and writes its address and token into it, so that commands given
meanwhile go through the server and a second server refuses to start. The lock ends with the process however that
ends: a stale file left by a killed server counts for nothing.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from zonetwin.core.errors import Conflict

FILE = "zone.lock"


@dataclass(frozen=True, slots=True)
class Server:
    """A running server: its process, local address (`http://127.0.0.1:8600`) and the token it accepts."""

    pid: int
    address: str
    token: str


def running_server(folder: Path) -> Server | None:
    """Find the server that holds a zone now, None when there is none."""
    file = folder / FILE
    if not file.exists():
        return None
    with file.open("r+", encoding="utf-8") as handle:
        if _try_lock(handle.fileno()):
            return None
        text = handle.read()
    return Server(**json.loads(text)) if text else None


@contextmanager
def held_by(folder: Path, server: Server) -> Iterator[None]:
    """Hold a zone as its server until the block ends.

    Raises:
        Conflict: another server holds it; the message gives its address.
    """
    file = folder / FILE
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as handle:
        if not _try_lock(handle.fileno()):
            other = handle.read()
            address = json.loads(other)["address"] if other else "an address not yet known"
            raise Conflict(
                f"The zone is already served at {address}.",
                hint="Open that address, or stop that server first.",
            )
        handle.seek(0)
        handle.truncate()
        handle.write(json.dumps(asdict(server)))
        handle.flush()
        try:
            yield
        finally:
            handle.seek(0)
            handle.truncate()


def _try_lock(descriptor: int) -> bool:
    """Take the lock if it is free. It is given back when the descriptor is closed."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
