"""http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core: abstract tests A.2.1 to A.2.8 of OGC 17-069r4."""

from datetime import datetime
from typing import Any

import pytest
from tests.api.client import Client
from tests.conformance.links import follow, href
from tests.small_zone import SOUTH, STEP, WEST

ITEMS = "/ogc/collections/building/items"


def test_collections_lead_to_items_of_geojson(ogc: Client, landing: Any) -> None:
    for collection in follow(ogc, landing, "data")["collections"]:
        items = follow(ogc, collection, "items", "application/geo+json")
        assert items["type"] == "FeatureCollection"


def test_pages_have_self_and_next_until_the_end(ogc: Client) -> None:
    address, seen = f"{ITEMS}?limit=100", 0
    while True:
        page = ogc.json(address)
        assert href(page, "self") == address
        seen += page["numberReturned"]
        if not any(link["rel"] == "next" for link in page["links"]):
            break
        assert follow(ogc, page, "describedby", "application/schema+json")["title"]
        address = href(page, "next")
    assert seen == page["numberMatched"] == 240


def test_every_page_has_a_time_stamp_in_rfc_3339(ogc: Client) -> None:
    assert datetime.fromisoformat(ogc.json(ITEMS)["timeStamp"]).tzinfo is not None


@pytest.mark.parametrize(("limit", "expected"), [("1", 1), ("10", 10), ("10000", 240), ("1000000", 240)])
def test_limit_is_never_exceeded(ogc: Client, limit: str, expected: int) -> None:
    assert len(ogc.json(f"{ITEMS}?limit={limit}")["features"]) == expected


@pytest.mark.parametrize("limit", ["0", "-1", "ten"])
def test_an_invalid_limit_is_400(ogc: Client, limit: str) -> None:
    assert ogc.get(f"{ITEMS}?limit={limit}").status_code == 400


def test_bbox_gives_only_what_meets_it(ogc: Client) -> None:
    box = f"{WEST},{SOUTH},{WEST + 2.5 * STEP},{SOUTH + 0.5 * STEP}"
    assert [item["id"] for item in ogc.json(f"{ITEMS}?bbox={box}")["features"]] == [1, 2, 3]
    six = f"{WEST},{SOUTH},0,{WEST + 2.5 * STEP},{SOUTH + 0.5 * STEP},100"
    assert ogc.json(f"{ITEMS}?bbox={six}")["numberMatched"] == 3


@pytest.mark.parametrize("box", ["1,2,3", "a,b,c,d", "0,50,1,40"])
def test_an_invalid_bbox_is_400(ogc: Client, box: str) -> None:
    assert ogc.get(f"{ITEMS}?bbox={box}").status_code == 400


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        *(("2015-01-01T00:00:00Z", 240), ("2005-01-01T00:00:00Z", 0)),
        *(("2005-01-01/2015-01-01", 240), ("2000-01-01/2005-01-01", 0)),
        *(("../2005-01-01", 0), ("2005-01-01/..", 240), ("../..", 240)),
    ],
)
def test_datetime_selects_by_valid_time(ogc: Client, when: str, expected: int) -> None:
    assert ogc.json(f"{ITEMS}?datetime={when}")["numberMatched"] == expected


@pytest.mark.parametrize("when", ["yesterday", "2020-13-01", "2020-01-01/2010-01-01"])
def test_an_invalid_datetime_is_400(ogc: Client, when: str) -> None:
    assert ogc.get(f"{ITEMS}?datetime={when}").status_code == 400


def test_parameters_combine(ogc: Client) -> None:
    box = f"{WEST},{SOUTH},{WEST + 5.5 * STEP},{SOUTH + 0.5 * STEP}"
    found = ogc.json(f"{ITEMS}?bbox={box}&datetime=2015-01-01&use=office&limit=1")
    # of the buildings 1 to 6 the use is office where the number leaves 2 when divided by 3: 2 and 5
    assert (found["numberMatched"], [item["id"] for item in found["features"]]) == (2, [2])


def test_an_unknown_parameter_is_400(ogc: Client) -> None:
    assert ogc.get(f"{ITEMS}?unknown=1").status_code == 400
    assert ogc.get(f"{ITEMS}/1?unknown=1").status_code == 400


def test_a_feature_links_to_itself_and_its_collection(ogc: Client) -> None:
    for feature in ogc.json(f"{ITEMS}?limit=3")["features"]:
        single = ogc.json(f"{ITEMS}/{feature['id']}")
        assert href(single, "self") == f"{ITEMS}/{feature['id']}"
        assert href(single, "collection") == "/ogc/collections/building"
        assert single["properties"] == feature["properties"]


def test_a_feature_that_is_not_there_is_404(ogc: Client) -> None:
    assert ogc.get(f"{ITEMS}/999999").status_code == 404
