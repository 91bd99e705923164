"""Whole JSON and text answers are compressed where the client takes it; all else passes unchanged."""

import gzip
import json

import pytest
from starlette.datastructures import Headers
from tests.api.client import Client

from zonetwin.api.compression import accepts_gzip, packed

GZIP, PLAIN = {"accept-encoding": "gzip"}, {"accept-encoding": "identity"}


def test_large_json_is_compressed_and_says_so(client: Client) -> None:
    answer = client.get("/api/kinds", headers=GZIP)
    assert answer.headers["content-encoding"] == "gzip"
    assert "accept-encoding" in answer.headers["vary"]
    assert answer.json() == client.get("/api/kinds", headers=PLAIN).json()


def test_the_length_is_that_of_the_compressed_body(client: Client) -> None:
    answer = client.get("/ogc/collections/building/items?limit=100", headers=GZIP)
    whole = client.get("/ogc/collections/building/items?limit=100", headers=PLAIN)
    assert int(answer.headers["content-length"]) < int(whole.headers["content-length"]) / 3


def test_small_answers_and_clients_without_gzip_get_plain_bytes(client: Client) -> None:
    assert "content-encoding" not in client.get("/health", headers=GZIP).headers
    assert "content-encoding" not in client.get("/api/kinds", headers=PLAIN).headers


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip", True),
        ("br, gzip;q=0.5", True),
        ("GZIP", True),
        ("gzip;q=0", False),
        ("br", False),
        ("", False),
    ],
)
def test_weights_of_accept_encoding_are_read(accepted: str, expected: bool) -> None:
    assert accepts_gzip(Headers({"accept-encoding": accepted})) is expected


def test_the_same_body_gives_the_same_bytes() -> None:
    body = json.dumps(list(range(2000))).encode()
    assert packed(body) == packed(body)
    assert gzip.decompress(packed(body)) == body
