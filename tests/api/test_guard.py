"""Who is let in: this machine by a loopback name, others with the token, no page of another site."""

from typing import Any

import pytest
from tests.api.client import ACTOR, ADDRESS, Client

from zonetwin.api.guard import COOKIE, is_loopback
from zonetwin.api.server import build_app
from zonetwin.zone.zone import Zone

TOKEN = "a-long-token"
ELSEWHERE = "192.0.2.7"


@pytest.fixture(scope="module")
def guarded(zone: Zone) -> Client:
    return Client(build_app(zone, token=TOKEN))


def remote(client: Client, **headers: str) -> Client:
    return Client(client.app, peer=ELSEWHERE, address="http://twin.example:8600", headers=headers)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        *((name, True) for name in ("localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "::1", "[::1]")),
        *(
            (name, False)
            for name in ("127.0.0.1.example.org", "localhost.example", "0.0.0.0", "::", "", "10.0.0.1")
        ),
    ],
)
def test_loopback_names_are_told_from_others(name: str, expected: bool) -> None:
    assert is_loopback(name) is expected


def test_this_machine_needs_no_token(guarded: Client) -> None:
    assert guarded.get("/health").status_code == 200


@pytest.mark.parametrize("host", ["twin.example", "127.0.0.1.evil.example:8600", "evil.example:8600"])
def test_a_rebound_host_name_is_refused(client: Client, host: str) -> None:
    answer = client.get("/health", headers={"host": host})
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


def test_another_machine_is_refused_even_under_a_loopback_name(client: Client) -> None:
    assert Client(client.app, peer=ELSEWHERE).get("/health").status_code == 403


def test_another_machine_is_let_in_with_the_token(guarded: Client) -> None:
    assert remote(guarded).get("/health").status_code == 403
    assert remote(guarded, **{"x-zonetwin-token": TOKEN}).get("/health").status_code == 200
    assert remote(guarded, authorization=f"Bearer {TOKEN}").get("/health").status_code == 200
    assert remote(guarded, authorization="Bearer wrong").get("/health").status_code == 403
    assert remote(guarded, cookie=f"{COOKIE}={TOKEN}").get("/health").status_code == 200


@pytest.mark.parametrize("shown", ["", "a-long-toke", "a-long-tokens", "%C3%89"])
def test_a_wrong_token_is_refused(guarded: Client, shown: str) -> None:
    assert remote(guarded, cookie=f"{COOKIE}={shown}").get("/health").status_code == 403


def test_an_empty_token_never_opens_a_server_without_one(client: Client) -> None:
    assert remote(client, **{"x-zonetwin-token": ""}).get("/health").status_code == 403


def test_a_visit_with_the_token_sets_a_cookie_and_hides_it(guarded: Client) -> None:
    answer = remote(guarded).get(f"/plan?token={TOKEN}&language=en")
    assert (answer.status_code, answer.headers["location"]) == (303, "/plan?language=en")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("path", ["/%2Fevil.example/", "/%5Cevil.example/", "/%2F%5C%2Fevil.example/"])
def test_the_way_back_from_a_visit_never_leads_to_another_host(guarded: Client, path: str) -> None:
    answer = remote(guarded).get(f"{path}?token={TOKEN}")
    assert answer.headers["location"] == "/evil.example/"


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_pages_of_other_sites_cannot_write(client: Client, headers: dict[str, str]) -> None:
    answer = client.request("POST", "/api/cases", headers={**ACTOR, **headers}, json={})
    assert answer.status_code == 403


def test_our_own_page_can_write(client: Client) -> None:
    answer = client.request("POST", "/api/cases", headers={**ACTOR, "origin": ADDRESS}, json={})
    assert answer.status_code == 422  # let in: now its content is looked at


def test_a_write_without_an_actor_is_refused(client: Client) -> None:
    for method, path in _writes(client):
        answer = client.request(method, path, json={}, files=None)
        assert answer.status_code in (400, 422), path
        assert client.request(method, path).status_code in (400, 422), path


def _writes(client: Client) -> list[tuple[str, str]]:
    paths: dict[str, Any] = client.app.openapi()["paths"]
    values = {
        "{kind}": "building",
        "{fid}": "1",
        "{case}": "1",
        "{move}": "1",
        "{proof}": "x",
        "{command}": "measure",
    }
    found = []
    for path, operations in paths.items():
        for name, value in values.items():
            path = path.replace(name, value)
        found += [(method, path) for method in operations if method not in ("get", "head", "parameters")]
    assert len(found) > 8
    return found


def test_every_write_operation_asks_for_the_actor(client: Client) -> None:
    paths: dict[str, Any] = client.app.openapi()["paths"]
    for path, operations in paths.items():
        for method, operation in operations.items():
            names = {item["name"].lower() for item in operation.get("parameters", ())}
            assert ("x-zonetwin-actor" in names) == (method != "get"), (method, path)


@pytest.mark.parametrize("actor", ["", ";bureau", "%20;x", "%ff", "a%0Ab"])
def test_an_actor_without_a_readable_name_is_refused(client: Client, actor: str) -> None:
    answer = client.request("PATCH", "/api/cases/1", headers={"x-zonetwin-actor": actor}, json={})
    assert answer.status_code == 400
    assert "name;organisation" in answer.json()["hint"]
