"""One feature's card: its place, source, area and past, and putting it on the map."""

from datetime import date

import pytest
from tests.api.client import ACTOR, Client
from tests.small_zone import ACTOR as TESTS
from tests.small_zone import SOUTH, WEST, features

from zonetwin.core.source import Source
from zonetwin.zone.zone import Zone


def test_a_card_has_properties_place_source_and_smallest_area(client: Client) -> None:
    card = client.json("/api/features/building/7")
    assert card["feature"] == "building/7"
    assert card["properties"]["name"] == "夏东人才公寓"
    assert card["geometry"]["type"] == "MultiPolygon"
    assert (card["source"]["name"], card["source"]["synthetic"]) == ("survey", True)
    # building 7 begins at 121.056, inside the office's 121.04 .. 121.06; building 17 at 121.066 lies outside
    # it
    assert card["area"] == "office-1"
    assert client.json("/api/features/building/17")["area"] == "zone"


def test_the_past_stays_with_who_and_why(own_zone: Zone, own_client: Client) -> None:
    with own_zone.store.begin(actor=TESTS, tool="test", note="renamed") as writer:
        writer.revise("building", 7, {"name": "东苑"}, valid_from=date(2025, 1, 1))
    newest, oldest = own_client.json("/api/features/building/7")["history"]
    assert (newest["properties"]["name"], newest["note"], newest["valid_to"]) == ("东苑", "renamed", None)
    assert (oldest["properties"]["name"], oldest["note"], oldest["valid_to"]) == (
        *("夏东人才公寓", "made"),
        "2025-01-01",
    )
    assert (newest["actor"], oldest["replaced_at"] is not None) == ("Tests", True)


def test_a_closed_feature_is_still_found(own_zone: Zone, own_client: Client) -> None:
    with own_zone.store.begin(actor=TESTS, tool="test", note="torn down") as writer:
        writer.end("building", 3, valid_to=date(2025, 2, 1))
    (version,) = own_client.json("/api/features/building/3")["history"]
    assert version["valid_to"] == "2025-02-01"
    assert own_client.get("/ogc/collections/building/items/3").status_code == 404


def test_what_is_not_there_is_not_found(client: Client) -> None:
    assert client.get("/api/features/building/99999").status_code == 404
    assert client.get("/api/features/castle/1").status_code == 404
    assert client.get("/api/features/building/99999999999999999999").status_code == 422


def test_an_unplaced_feature_is_listed_until_it_is_placed(own_zone: Zone, own_client: Client) -> None:
    with own_zone.store.begin(actor=TESTS, tool="test") as writer:
        table = features([None], key=["m"], name=["青阳港"], category=["river"])
        (fid,) = writer.add("site", table, source=writer.add_source(Source("plan")))
    (item,) = own_client.json("/api/unplaced")["items"]
    assert (item["sort"], item["fid"], item["title"]["zh"]) == ("place", fid, "青阳港")
    body = {"geometry": {"type": "Point", "coordinates": [WEST, SOUTH]}, "note": "from the map"}
    placed = own_client.request("PUT", f"/api/features/site/{fid}/place", headers=ACTOR, json=body)
    assert placed.json()["geometry"] == body["geometry"]
    assert placed.json()["history"][0]["note"] == "from the map"
    assert own_client.json("/api/unplaced")["items"] == []


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [WEST, SOUTH]},
        {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]},
        {"type": "Point"},
        {"type": "Circle", "coordinates": [WEST, SOUTH]},
        {},
    ],
)
def test_a_place_of_the_wrong_sort_is_refused(own_client: Client, geometry: dict[str, object]) -> None:
    body = {"geometry": geometry}
    answer = own_client.request("PUT", "/api/features/park/1/place", headers=ACTOR, json=body)
    assert answer.status_code == 422
