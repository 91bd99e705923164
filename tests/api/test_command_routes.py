"""Commands: streamed progress, one at a time, errors as the last line; reads go on meanwhile."""

import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import httpx
import pytest
from tests.api.client import ACTOR, Client
from tests.server import LiveServer, live_server
from tests.small_zone import ACTOR as TESTS
from tests.small_zone import make_zone

from zonetwin.core.actor import Actor
from zonetwin.core.errors import Conflict
from zonetwin.core.text import Text
from zonetwin.zone import commands
from zonetwin.zone.commands import Command
from zonetwin.zone.progress import Progress
from zonetwin.zone.zone import Zone

TOKEN = "of-the-lock"


def lines_of(answer: httpx.Response) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.text.splitlines()]


def run(
    client: Client, command: str, headers: Mapping[str, str] = ACTOR, **arguments: object
) -> httpx.Response:
    return client.request("POST", f"/api/commands/{command}", headers=dict(headers), json=arguments)


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> dict[str, Command]:
    """The commands, for a test to add its own."""
    found = dict(commands.COMMANDS)
    monkeypatch.setattr(commands, "COMMANDS", found)
    monkeypatch.setattr("zonetwin.api.command_routes.COMMANDS", found)
    return found


def test_measuring_streams_progress_and_ends_with_the_result(own_client: Client) -> None:
    answer = run(own_client, "measure", indicators=["building_density"])
    assert answer.headers["content-type"] == "application/x-ndjson"
    *progress, last = lines_of(answer)
    assert [line["progress"]["total"] for line in progress] == [1, 1]
    values = {item["area"]: item["value"] for item in last["result"]["measurements"]}
    assert set(values) == {"zone", "office-1"}


def test_a_refused_command_ends_with_its_problem(own_client: Client) -> None:
    *_, last = lines_of(run(own_client, "measure", indicators=["nothing"]))
    assert (last["error"]["status"], last["error"]["type"]) == (404, "urn:zonetwin:not-found")


def test_an_argument_the_command_does_not_take_is_told(own_client: Client) -> None:
    *_, last = lines_of(run(own_client, "measure", colour="red"))
    assert last["error"]["status"] == 422


def test_an_unknown_command_is_not_found(client: Client) -> None:
    assert run(client, "destroy").status_code == 404


def test_a_crash_in_a_command_tells_nothing_of_the_inside(
    own_client: Client, known: dict[str, Command]
) -> None:
    def crash(
        zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress
    ) -> dict[str, object]:
        raise RuntimeError("secret")

    known["crash"] = Command(crash, frozenset())
    (last,) = lines_of(run(own_client, "crash"))
    assert last["error"]["status"] == 500
    assert "secret" not in json.dumps(last)


def test_files_of_the_machine_need_the_locks_token_in_a_header(client: Client) -> None:
    for headers in (
        ACTOR,
        {**ACTOR, "x-zonetwin-token": "wrong"},
        {**ACTOR, "cookie": f"zonetwin_token={TOKEN}"},
    ):
        answer = run(client, "import", headers, path="/etc/hostname")
        assert answer.status_code == 403


@pytest.fixture
def live(tmp_path: Any) -> Iterator[LiveServer]:
    with live_server(make_zone(tmp_path / "live", buildings=20), token=TOKEN) as running:
        yield running


def test_commands_run_one_after_the_other_and_reads_go_on(
    live: LiveServer, known: dict[str, Command]
) -> None:
    running, most = 0, 0
    both_sent, release = threading.Event(), threading.Event()

    def slow(
        zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress
    ) -> dict[str, object]:
        nonlocal running, most
        running += 1
        most = max(most, running)
        progress(0, 1, Text("开始", "Started"))
        both_sent.wait(10)
        with zone.store.begin(actor=actor, tool="slow") as writer:
            writer.revise("building", 1, {"name": str(arguments["name"])})
        release.wait(10)
        running -= 1
        return {"name": arguments["name"]}

    known["slow"] = Command(slow, frozenset({"name"}))
    answers: dict[str, list[dict[str, Any]]] = {}

    def send(name: str) -> None:
        answer = httpx.post(
            f"{live.address}/api/commands/slow", headers=ACTOR, json={"name": name}, timeout=30
        )
        answers[name] = lines_of(answer)

    threads = [threading.Thread(target=send, args=(name,)) for name in ("first", "second")]
    for thread in threads:
        thread.start()
    both_sent.set()
    assert httpx.get(f"{live.address}/ogc/collections/building/items?limit=5").status_code == 200
    assert httpx.get(f"{live.address}/health").status_code == 200
    release.set()
    for thread in threads:
        thread.join()
    assert most == 1
    assert {name: lines[-1] for name, lines in answers.items()} == {
        name: {"result": {"name": name}} for name in ("first", "second")
    }
    names = [item["note"] for item in httpx.get(f"{live.address}/api/changes?limit=2").json()["items"]]
    assert len(names) == 2


def test_a_writer_in_a_request_waits_for_the_commands_change(live: LiveServer) -> None:
    started, release = threading.Event(), threading.Event()

    def hold() -> None:
        with live.zone.store.begin(actor=TESTS, tool="test") as writer:
            writer.revise("building", 2, {"name": "held"})
            started.set()
            release.wait(10)

    holder = threading.Thread(target=hold)
    holder.start()
    started.wait(10)
    threading.Timer(0.3, release.set).start()
    body = {"title": "桥", "category": "road", "organisation": "a"}
    answer = httpx.post(f"{live.address}/api/cases", headers=ACTOR, json=body, timeout=30)
    holder.join()
    assert answer.status_code == 201
    assert live.zone.store.last_change == 3


def test_a_conflict_is_told_with_its_status(own_client: Client, known: dict[str, Command]) -> None:
    def refuse(
        zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress
    ) -> dict[str, object]:
        raise Conflict("No.", hint="Later.")

    known["refuse"] = Command(refuse, frozenset())
    assert lines_of(run(own_client, "refuse"))[-1]["error"]["hint"] == "Later."
