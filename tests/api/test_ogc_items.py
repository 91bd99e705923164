"""Pages of features: complete, each feature once, refined to exact places, counted right, as they were in time."""

from datetime import date
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer
from tests.api.client import Client
from tests.small_zone import (
    ACTOR,
    SIDE,
    SOUTH,
    STEP,
    WEST,
    building_outline,
    building_use,
    features,
    trail_line,
)

from zonetwin.core.source import Source
from zonetwin.zone.zone import Zone

ITEMS = "/ogc/collections/building/items"


def ids(document: dict[str, Any]) -> list[int]:
    return [feature["id"] for feature in document["features"]]


def all_pages(client: Client, address: str) -> list[dict[str, Any]]:
    pages = []
    while address:
        page = client.json(address.replace("http://127.0.0.1:8600", ""))
        pages.append(page)
        address = next((link["href"] for link in page["links"] if link["rel"] == "next"), "")
    return pages


@pytest.mark.parametrize("limit", [1, 7, 80, 239, 240, 241, 1000])
def test_pages_hold_every_feature_once_and_count_all(client: Client, limit: int) -> None:
    pages = all_pages(client, f"{ITEMS}?limit={limit}")
    assert [number for page in pages for number in ids(page)] == list(range(1, 241))
    assert {page["numberMatched"] for page in pages} == {240}
    assert all(page["numberReturned"] == len(page["features"]) for page in pages)
    assert len(pages) == -(-240 // limit)


def test_pages_keep_what_was_asked(client: Client) -> None:
    address = f"{ITEMS}?limit=20&use=office&crs=http://www.opengis.net/def/crs/EPSG/0/4326"
    pages = all_pages(client, address)
    expected = [number for number in range(1, 241) if building_use(number) == "office"]
    assert [number for page in pages for number in ids(page)] == expected
    x, y = pages[-1]["features"][0]["geometry"]["coordinates"][0][0][0]
    assert x < y  # latitude first on every page


boxes = st.tuples(
    st.floats(WEST - 0.002, WEST + 0.022),
    st.floats(SOUTH - 0.002, SOUTH + 0.014),
    st.floats(0, 0.01),
    st.floats(0, 0.01),
)


@settings(max_examples=60, deadline=None)
@given(box=boxes, limit=st.integers(1, 50))
def test_a_box_gives_exactly_the_features_that_meet_it(client: Client, box: Any, limit: int) -> None:
    west, south, width, height = box
    bounds = (west, south, west + width, south + height)
    region = shapely.box(*bounds)
    expected = [number for number in range(1, 241) if building_outline(number).intersects(region)]
    pages = all_pages(client, f"{ITEMS}?limit={limit}&bbox={','.join(map(repr, bounds))}")
    assert [number for page in pages for number in ids(page)] == expected
    assert {page["numberMatched"] for page in pages} == {len(expected)}


@settings(max_examples=60, deadline=None)
@given(box=boxes, limit=st.integers(1, 4))
def test_diagonals_meet_a_box_only_where_they_run(client: Client, box: Any, limit: int) -> None:
    west, south, width, height = box
    bounds = (west, south, west + width, south + height)
    expected = [number for number in range(1, 26) if trail_line(number).intersects(shapely.box(*bounds))]
    address = f"/ogc/collections/trail/items?limit={limit}&bbox={','.join(map(repr, bounds))}"
    pages = all_pages(client, address)
    assert [number for page in pages for number in ids(page)] == expected
    assert {page["numberMatched"] for page in pages} == {len(expected)}


def test_envelopes_that_meet_a_box_are_not_enough(client: Client) -> None:
    """The park has a bay: its hole's middle is inside the envelope, but no part of the park is there."""
    hole = (WEST + 0.0018, SOUTH - 0.0029, WEST + 0.0019, SOUTH - 0.0028)
    document = client.json(f"/ogc/collections/park/items?bbox={','.join(map(str, hole))}")
    assert (document["numberMatched"], ids(document)) == (0, [])


def test_features_without_a_place_are_listed_but_meet_no_box(client: Client) -> None:
    everything = client.json("/ogc/collections/organisation/items")
    assert [feature["geometry"] for feature in everything["features"]] == [None, None]
    assert client.json("/ogc/collections/organisation/items?bbox=-180,-90,180,90")["numberMatched"] == 0


def test_a_box_over_the_antimeridian_reads_both_sides(own_zone: Zone, own_client: Client) -> None:
    with own_zone.store.begin(actor=ACTOR, tool="test") as writer:
        places: list[shapely.Geometry | None] = [
            *(
                shapely.Point(179.5, 10),
                shapely.Point(-179.5, 10),
                shapely.Point(0, 10),
                shapely.Point(178, 50),
            ),
        ]
        writer.add("site", features(places, key=list("abcd")), source=writer.add_source(Source("x")))
    pages = all_pages(own_client, "/ogc/collections/site/items?limit=1&bbox=179,0,-179,20")
    assert [ids(page) for page in pages] == [[1], [2]]
    assert {page["numberMatched"] for page in pages} == {2}


@pytest.mark.parametrize("code", [4326, 4490, 3857, 4549])
def test_coordinates_come_in_the_crs_and_its_order_of_axes(client: Client, code: int) -> None:
    uri = f"http://www.opengis.net/def/crs/EPSG/0/{code}"
    answer = client.get(f"{ITEMS}/7?crs={uri}")
    assert answer.headers["content-crs"] == f"<{uri}>"
    ring = np.array(answer.json()["geometry"]["coordinates"][0][0])
    lonlat = np.array(building_outline(7).exterior.coords)
    expected = np.column_stack(
        Transformer.from_crs("OGC:CRS84", f"EPSG:{code}").transform(lonlat[:, 0], lonlat[:, 1])
    )
    tolerance = 1e-9 if code in (4326, 4490) else 1e-4
    # the same corners, whatever the ring begins with
    assert np.sort(ring, axis=0) == pytest.approx(np.sort(expected, axis=0), abs=tolerance)


def test_a_box_may_be_in_the_zones_crs(client: Client) -> None:
    to_zone = Transformer.from_crs("OGC:CRS84", "EPSG:4549")
    south, west = to_zone.transform(WEST + SIDE / 4, SOUTH + SIDE / 4)
    north, east = to_zone.transform(WEST + STEP + SIDE / 4, SOUTH + SIDE / 2)
    crs = "http://www.opengis.net/def/crs/EPSG/0/4549"
    found = client.json(f"{ITEMS}?bbox={south},{west},{north},{east}&bbox-crs={crs}")
    assert ids(found) == [1, 2]


@pytest.mark.parametrize(
    ("when", "name", "expected"),
    [
        ("2009-12-31", None, 0),
        ("2010-01-01", "old", 1),
        ("2024-12-31", "old", 1),
        ("2025-01-01", "new", 1),
        ("2025-06-01", None, 0),
        ("../2009-12-31", None, 0),
        ("2000-01-01/2012-01-01", "old", 1),
        ("2020-01-01/2025-03-01", "new", 1),
        ("2025-06-01/..", None, 0),
        ("2025-05-31/..", "new", 1),
        ("../..", "new", 1),
    ],
)
def test_features_are_given_as_they_were_valid(
    own_zone: Zone, own_client: Client, when: str, name: str | None, expected: int
) -> None:
    """Building 1: old from 2010, new from 2025-01-01, gone from 2025-06-01."""
    with own_zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.revise("building", 1, {"name": "old", "estate": "one"})
    with own_zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.revise("building", 1, {"name": "new"}, valid_from=date(2025, 1, 1))
    with own_zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.end("building", 1, valid_to=date(2025, 6, 1))
    found = own_client.json(f"{ITEMS}?datetime={when}&estate=one")
    assert [feature["properties"]["name"] for feature in found["features"]] == [name][:expected]
    assert found["numberMatched"] == expected


def test_features_without_known_time_are_always_valid(client: Client) -> None:
    assert client.json("/ogc/collections/street/items?datetime=1900-01-01")["numberMatched"] == 2


def test_a_feature_has_links_to_itself_and_its_collection(client: Client) -> None:
    feature = client.json(f"{ITEMS}/7")
    links = {link["rel"]: link["href"] for link in feature["links"]}
    assert links == {
        "self": f"http://127.0.0.1:8600{ITEMS}/7",
        "collection": "http://127.0.0.1:8600/ogc/collections/building",
    }
    assert feature["properties"]["valid_from"] == "2010-01-01"


@pytest.mark.parametrize("fid", ["0", "99999", "x", "-1", "1.0", "9" * 40, "%E4%B8%80"])
def test_a_feature_that_is_not_there_is_not_found(client: Client, fid: str) -> None:
    assert client.get(f"{ITEMS}/{fid}").status_code == 404


def test_links_are_repeated_in_the_header(client: Client) -> None:
    answer = client.get(f"{ITEMS}?limit=5")
    following = next(link["href"] for link in answer.json()["links"] if link["rel"] == "next")
    assert f'<{following}>; rel="next"' in answer.headers["link"]


def test_a_count_is_right_again_after_a_change(own_zone: Zone, own_client: Client) -> None:
    assert own_client.json(f"{ITEMS}?limit=1")["numberMatched"] == 20
    with own_zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.end("building", 20, valid_to=date(2025, 1, 1))
    assert own_client.json(f"{ITEMS}?limit=1")["numberMatched"] == 19


def test_numbers_and_booleans_are_filters(client: Client) -> None:
    assert ids(client.json("/ogc/collections/street/items?car=false")) == [2]
    assert client.json(f"{ITEMS}?storeys=2")["numberMatched"] == sum(
        number % 30 + 1 == 2 for number in range(1, 241)
    )
