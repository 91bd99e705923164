"""Errors as problem documents: kind, place, what was seen, what to do; never a trace."""

import pytest
from fastapi import FastAPI
from tests.api.client import ACTOR, Client

from zonetwin.api.problems import MEDIA_TYPE, add_problem_handlers
from zonetwin.core.errors import Conflict, InvalidPack, Issue


def failing(error: Exception) -> Client:
    app = FastAPI()
    add_problem_handlers(app)

    @app.get("/fail")
    def fail() -> None:
        raise error

    return Client(app)


def test_an_error_is_a_problem_with_status_code_and_hint() -> None:
    answer = failing(Conflict("It is closed.", hint="Open it again.")).get("/fail")
    assert answer.headers["content-type"] == MEDIA_TYPE
    assert answer.status_code == 409
    assert answer.json() == {
        "type": "urn:zonetwin:conflict",
        "title": "Conflict",
        "status": 409,
        "detail": "It is closed.",
        "hint": "Open it again.",
    }


def test_faults_of_a_file_are_listed_with_file_and_line() -> None:
    answer = failing(InvalidPack([Issue("kinds.yaml", 3, "Unknown unit.", "Write m2.")])).get("/fail")
    assert answer.json()["issues"] == [
        {"file": "kinds.yaml", "line": 3, "message": "Unknown unit.", "hint": "Write m2."}
    ]


def test_an_unforeseen_error_tells_nothing_of_the_inside() -> None:
    answer = failing(RuntimeError("secret path /srv/zone")).get("/fail")
    assert answer.status_code == 500
    assert answer.json()["type"] == "urn:zonetwin:internal"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_a_wrong_parameter_names_place_seen_and_expected(client: Client) -> None:
    answer = client.get("/api/targets?limit=0&status=lost")
    assert answer.status_code == 422
    issues = {item["file"]: item for item in answer.json()["issues"]}
    assert issues["query.limit"]["message"] == "Seen '0'."
    assert "greater than or equal to 1" in issues["query.limit"]["hint"]
    assert "'met'" in issues["query.status"]["hint"]


def test_a_wrong_body_names_its_field(client: Client) -> None:
    answer = client.request("POST", "/api/cases", headers=ACTOR, json={"title": 3, "colour": "red"})
    places = {item["file"] for item in answer.json()["issues"]}
    assert {"body.title", "body.colour", "body.category"} <= places


@pytest.mark.parametrize("path", ["/api/none", "/ogc/none", "/api/zone/more", "/ogc/collections/none/items"])
def test_what_is_not_there_is_a_problem_too(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_a_wrong_method_is_a_problem_too(client: Client) -> None:
    answer = client.request("DELETE", "/api/zone", headers=ACTOR)
    assert answer.status_code == 405
    assert answer.headers["content-type"] == MEDIA_TYPE


def test_a_body_that_is_not_json_is_a_problem_too(client: Client) -> None:
    headers = {**ACTOR, "content-type": "application/json"}
    answer = client.request("POST", "/api/cases", headers=headers, content=b"{not json")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == MEDIA_TYPE
