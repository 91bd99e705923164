"""OWSLib reads us: landing page, collections, pages, filters and the API definition."""

from typing import Any

import pytest
from owslib.ogcapi.features import Features
from tests.server import LiveServer
from tests.small_zone import SIDE, SOUTH, STEP, WEST

pytestmark = pytest.mark.foreign


@pytest.fixture(scope="module")
def owslib(server: LiveServer) -> Any:
    return Features(f"{server.address}/ogc/")


def test_collections_are_those_of_the_record(owslib: Any, server: LiveServer) -> None:
    assert owslib.feature_collections() == list(server.zone.packs.kinds)
    assert owslib.collection("building")["id"] == "building"


def test_the_declared_classes_are_read(owslib: Any) -> None:
    assert "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core" in owslib.conformance()["conformsTo"]


def test_the_api_definition_is_found(owslib: Any) -> None:
    assert owslib.api()["openapi"].startswith("3.0")


def test_items_are_read_with_limit_box_time_and_property(owslib: Any) -> None:
    assert owslib.collection_items("building", limit=7)["numberReturned"] == 7
    box = [WEST, SOUTH, WEST + STEP + SIDE, SOUTH + SIDE]
    found = owslib.collection_items("building", bbox=box)
    assert [item["id"] for item in found["features"]] == [1, 2]
    assert owslib.collection_items("building", datetime_="2005-01-01")["numberMatched"] == 0
    assert owslib.collection_items("building", use="office")["numberMatched"] == 80


def test_a_feature_is_read_by_its_id(owslib: Any) -> None:
    assert owslib.collection_item("building", "7")["properties"]["key"] == "b/7"


def test_the_schema_and_queryables_are_read(owslib: Any) -> None:
    assert "storeys" in owslib.collection_queryables("building")["properties"]
