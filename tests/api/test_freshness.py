"""What a client has already is answered 304, until a Change, another question or another day."""

import pytest
from tests.api.client import Client, client_of
from tests.small_zone import ACTOR

from zonetwin.api.server import build_app
from zonetwin.core.actor import PUBLIC
from zonetwin.zone.zone import Zone

PATHS = [
    "/api/zone",
    "/api/kinds",
    "/api/layers",
    "/api/style.json",
    "/api/plan",
    "/ogc/collections/building/items",
]


def tag_of(client: Client, path: str) -> str:
    return str(client.get(path).headers["etag"])


def revise(zone: Zone) -> None:
    with zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.revise("building", 1, {"name": "changed"})


@pytest.mark.parametrize("path", PATHS)
def test_a_known_answer_is_not_sent_again(client: Client, path: str) -> None:
    answer = client.get(path, headers={"if-none-match": tag_of(client, path)})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == tag_of(client, path)


def test_a_change_makes_every_answer_new(own_zone: Zone, own_client: Client) -> None:
    known = {path: tag_of(own_client, path) for path in PATHS}
    revise(own_zone)
    for path, tag in known.items():
        answer = own_client.get(path, headers={"if-none-match": tag})
        assert (answer.status_code, answer.headers["etag"] != tag) == (200, True)


def test_another_question_has_another_tag(client: Client) -> None:
    tags = {tag_of(client, f"/ogc/collections/building/items?limit={limit}") for limit in (1, 2, 3)}
    assert len(tags) == 3


def test_another_viewer_has_another_tag(zone: Zone, client: Client) -> None:
    public = client_of(build_app(zone, viewer=PUBLIC))
    assert tag_of(public, "/api/kinds") != tag_of(client, "/api/kinds")


def test_one_of_many_known_tags_and_the_star_count(client: Client) -> None:
    tag = tag_of(client, "/api/zone")
    for known in (f'"other", {tag}', tag.removeprefix("W/"), "*"):
        assert client.get("/api/zone", headers={"if-none-match": known}).status_code == 304


def test_errors_and_writes_have_no_tag(client: Client) -> None:
    assert "etag" not in client.get("/api/features/building/99999").headers
    assert "etag" not in client.request("POST", "/api/cases", json={}).headers


def test_a_tile_is_known_until_something_in_it_changes(own_zone: Zone, own_client: Client) -> None:
    path = "/ogc/collections/building/tiles/WebMercatorQuad/14/6688/13701"
    tag = tag_of(own_client, path)
    assert own_client.get(path, headers={"if-none-match": tag}).status_code == 304
    with own_zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.revise("park", 1, {"name": "changed"})
    assert own_client.get(path, headers={"if-none-match": tag}).status_code == 304
    with own_zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.end("building", 1, valid_to=own_zone.clock.today())
    answer = own_client.get(path, headers={"if-none-match": tag})
    assert (answer.status_code, answer.headers["etag"] != tag) == (200, True)
