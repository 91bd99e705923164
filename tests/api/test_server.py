"""The process that serves: its lock and address, a second one refused, a token for other addresses."""

import os
import signal
from pathlib import Path

import httpx
import pytest
from tests.api.client import ACTOR
from tests.server import live_server, server_apart
from tests.small_zone import make_zone

from zonetwin.api.server import serve
from zonetwin.cases.records import CaseFilter, list_cases
from zonetwin.core.errors import Conflict, Forbidden, Unavailable
from zonetwin.zone.locking import running_server
from zonetwin.zone.zone import open_zone


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return make_zone(tmp_path / "zone", buildings=5)


def test_the_lock_names_the_server_and_goes_with_it(folder: Path) -> None:
    with server_apart(folder) as running:
        held = running_server(folder)
        assert held is not None
        assert held.address == running.address
        answer = httpx.get(f"{held.address}/health", headers={"x-zonetwin-token": held.token})
        assert answer.json()["zone"] == "small"
    assert running_server(folder) is None


def test_a_second_server_of_a_zone_is_refused(folder: Path) -> None:
    with server_apart(folder) as running, pytest.raises(Conflict, match=running.address):
        serve(folder, port=0)


def test_another_address_needs_a_token(folder: Path) -> None:
    with pytest.raises(Forbidden, match="can be reached"):
        serve(folder, host="0.0.0.0", port=0)


def test_a_port_that_is_taken_is_said_so(folder: Path) -> None:
    with live_server(folder) as running, pytest.raises(Unavailable, match="port"):
        serve(folder, port=int(running.address.rpartition(":")[2]))


def test_writes_are_on_disk_when_they_are_answered(folder: Path) -> None:
    """A server that is killed after its answer has lost nothing of it."""
    body = {"title": "桥", "category": "road", "organisation": "a"}
    with server_apart(folder) as running:
        answer = httpx.post(f"{running.address}/api/cases", headers=ACTOR, json=body)
        held = running_server(folder)
        assert held is not None
        os.kill(held.pid, signal.SIGKILL)
    assert answer.status_code == 201
    with open_zone(folder) as zone:
        assert [case.title for case in list_cases(zone.store, CaseFilter()).items] == ["桥"]


def test_a_server_starts_again_where_one_was_killed(folder: Path) -> None:
    with server_apart(folder):
        held = running_server(folder)
        assert held is not None
        os.kill(held.pid, signal.SIGKILL)
    with server_apart(folder) as running:
        assert httpx.get(f"{running.address}/health").json()["status"] == "ok"
