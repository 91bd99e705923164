"""http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson: answers are valid RFC 7946 documents."""

from typing import Any

import pytest
import shapely
from shapely.geometry import shape
from tests.api.client import Client

GEOJSON = "application/geo+json"


@pytest.mark.parametrize("kind", ["building", "park", "street", "facility", "park_gate", "organisation"])
def test_pages_and_features_are_geojson(ogc: Client, kind: str) -> None:
    page = ogc.get(f"/ogc/collections/{kind}/items")
    assert page.headers["content-type"] == GEOJSON
    document = page.json()
    assert document["type"] == "FeatureCollection"
    for feature in document["features"]:
        check_feature(feature)
    number = document["features"][0]["id"]
    single = ogc.get(f"/ogc/collections/{kind}/items/{number}")
    assert single.headers["content-type"] == GEOJSON
    check_feature(single.json())


def check_feature(feature: Any) -> None:
    """Check what RFC 7946 §3 asks of a Feature; positions are lon, lat."""
    assert feature["type"] == "Feature"
    assert isinstance(feature["properties"], dict)
    if feature["geometry"] is None:
        return
    geometry = shape(feature["geometry"])
    assert geometry.is_valid
    west, south, east, north = shapely.bounds(geometry).tolist()
    assert 121 < west <= east < 122
    assert 31 < south <= north < 32


def test_rings_are_closed(ogc: Client) -> None:
    for feature in ogc.json("/ogc/collections/park/items")["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            for ring in polygon:
                assert ring[0] == ring[-1]
                assert len(ring) >= 4


def test_a_collection_links_to_its_items_as_geojson(ogc: Client) -> None:
    links = ogc.json("/ogc/collections/building")["links"]
    assert GEOJSON in {link["type"] for link in links if link["rel"] == "items"}
