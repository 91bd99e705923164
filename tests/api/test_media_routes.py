"""Files people attach: kept by content, given back in a way that none of them can run here."""

import hashlib

import pytest
from tests.api.client import ACTOR, Client


def kept(client: Client, name: str, content: bytes) -> dict[str, object]:
    answer = client.request("POST", "/api/media", headers=ACTOR, files={"file": (name, content)})
    assert answer.status_code == 201, answer.text
    document: dict[str, object] = answer.json()
    return document


def test_a_file_is_named_by_its_content(own_client: Client) -> None:
    first, second = kept(own_client, "a.png", b"picture"), kept(own_client, "b.png", b"picture")
    assert first == second
    assert first["hash"] == hashlib.sha256(b"picture").hexdigest()
    assert (first["name"], first["type"], first["size"]) == ("a.png", "image/png", 7)


def test_a_picture_is_shown_in_place(own_client: Client) -> None:
    answer = own_client.get(f"/api/media/{kept(own_client, 'a.png', b'picture')['hash']}")
    assert (answer.content, answer.headers["content-type"]) == (b"picture", "image/png")
    assert answer.headers["content-disposition"].startswith("inline")
    assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "script.js", "noname"])
def test_what_could_run_is_only_offered_to_be_saved(own_client: Client, name: str) -> None:
    answer = own_client.get(f"/api/media/{kept(own_client, name, b'<script>1</script>')['hash']}")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"].startswith("sandbox")


def test_chinese_names_and_line_breaks_cannot_break_the_header(own_client: Client) -> None:
    digest = kept(own_client, "现场\r\nX: 1.png", b"picture 2")["hash"]
    answer = own_client.get(f"/api/media/{digest}")
    assert "\n" not in answer.headers["content-disposition"]
    assert "%E7%8E%B0%E5%9C%BA" in answer.headers["content-disposition"]


def test_what_is_not_kept_is_not_found(client: Client) -> None:
    assert client.get(f"/api/media/{'0' * 64}").status_code == 404
    assert client.get("/api/media/..%2f..%2fzone.toml").status_code == 404


def test_an_empty_file_is_refused(own_client: Client) -> None:
    answer = own_client.request("POST", "/api/media", headers=ACTOR, files={"file": ("a.png", b"")})
    assert answer.status_code == 422
