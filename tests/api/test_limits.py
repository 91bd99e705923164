"""Requests that are too large are refused before they are read whole."""

from collections.abc import AsyncIterator

import pytest
from tests.api.client import ACTOR, Client

from zonetwin.api import limits

JSON_HEADERS = {**ACTOR, "content-type": "application/json"}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_BODY", 1024 * 1024)
    monkeypatch.setattr(limits, "LARGEST_FILE", 2 * 1024 * 1024)


def test_an_announced_large_body_is_refused(client: Client) -> None:
    answer = client.request("POST", "/api/cases", headers=JSON_HEADERS, content=b" " * (1024 * 1024 + 1))
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:zonetwin:too-large"


def test_a_large_body_of_unknown_length_is_refused_while_it_arrives(client: Client) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b" " * 100_000

    answer = client.request("POST", "/api/cases", headers=JSON_HEADERS, content=endless())
    assert answer.status_code == 413


def test_files_may_be_larger_than_other_bodies(own_client: Client) -> None:
    file = {"file": ("a.bin", b"x" * (1024 * 1024 + 500_000))}
    assert own_client.request("POST", "/api/media", headers=ACTOR, files=file).status_code == 201
    too_large = {"file": ("a.bin", b"x" * (2 * 1024 * 1024 + 1))}
    assert own_client.request("POST", "/api/media", headers=ACTOR, files=too_large).status_code == 413


def test_a_length_that_is_no_number_is_refused(client: Client) -> None:
    headers = {**JSON_HEADERS, "content-length": "-5"}
    assert client.request("POST", "/api/cases", headers=headers, content=b"{}").status_code == 413
