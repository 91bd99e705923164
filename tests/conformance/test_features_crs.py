"""http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs: abstract tests of OGC 18-058r1 annex A."""

from typing import Any

import pytest
from tests.api.client import Client
from tests.small_zone import SIDE, SOUTH, WEST

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
ITEMS = "/ogc/collections/building/items"


def first_corner(feature: Any) -> tuple[float, float]:
    x, y = min(map(tuple, feature["geometry"]["coordinates"][0][0]))
    return x, y


def test_every_collection_lists_its_crs_with_the_default_and_the_storage_crs_among_them(ogc: Client) -> None:
    for collection in ogc.json("/ogc/collections")["collections"]:
        assert collection["crs"][0] == CRS84
        assert {f"{EPSG}{code}" for code in (4326, 4490, 3857, 4549)} <= set(collection["crs"])
        assert collection["storageCrs"] in collection["crs"]


def test_without_a_crs_parameter_answers_are_in_crs84(ogc: Client) -> None:
    for path in (ITEMS, f"{ITEMS}/1"):
        assert ogc.get(path).headers["content-crs"] == f"<{CRS84}>"


def test_every_listed_crs_is_answered_and_named_in_the_header(ogc: Client) -> None:
    for uri in ogc.json("/ogc/collections/building")["crs"]:
        for path in (f"{ITEMS}?limit=3&crs={uri}", f"{ITEMS}/1?crs={uri}"):
            answer = ogc.get(path)
            assert answer.status_code == 200
            assert answer.headers["content-crs"] == f"<{uri}>"


def test_epsg_4326_has_the_latitude_first(ogc: Client) -> None:
    assert first_corner(ogc.json(f"{ITEMS}/1?crs={EPSG}4326")) == pytest.approx((SOUTH, WEST))
    assert first_corner(ogc.json(f"{ITEMS}/1?crs={CRS84}")) == pytest.approx((WEST, SOUTH))


@pytest.mark.parametrize("path", [ITEMS, f"{ITEMS}/1"])
def test_a_crs_that_is_not_listed_is_400(ogc: Client, path: str) -> None:
    assert ogc.get(f"{path}?crs={EPSG}27700").status_code == 400


def test_bbox_crs_says_how_bbox_is_read(ogc: Client) -> None:
    lonlat = ogc.json(f"{ITEMS}?bbox={WEST},{SOUTH},{WEST + SIDE},{SOUTH + SIDE}&bbox-crs={CRS84}")
    latlon = ogc.json(f"{ITEMS}?bbox={SOUTH},{WEST},{SOUTH + SIDE},{WEST + SIDE}&bbox-crs={EPSG}4326")
    assert [item["id"] for item in lonlat["features"]] == [1]
    assert latlon["features"] == lonlat["features"]


def test_a_bbox_crs_that_is_not_listed_is_400(ogc: Client) -> None:
    assert ogc.get(f"{ITEMS}?bbox=1,1,2,2&bbox-crs={EPSG}27700").status_code == 400
    assert ogc.get(f"{ITEMS}?bbox-crs={EPSG}27700").status_code == 400


def test_next_links_keep_the_crs(ogc: Client) -> None:
    page = ogc.get(f"{ITEMS}?limit=5&crs={EPSG}4549")
    following = next(link["href"] for link in page.json()["links"] if link["rel"] == "next")
    assert ogc.get(following).headers["content-crs"] == f"<{EPSG}4549>"
