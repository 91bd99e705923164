"""http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections: the collections and each one's description."""

from typing import Any

from tests.api.client import Client
from tests.conformance.links import follow, href


def test_collections_are_listed_with_links_to_each(ogc: Client, landing: Any) -> None:
    listed = follow(ogc, landing, "data")
    assert href(listed, "self") == "/ogc/collections"
    for collection in listed["collections"]:
        assert follow(ogc, collection, "self") == collection


def test_a_collection_has_id_title_extent_and_links(ogc: Client) -> None:
    collection = ogc.json("/ogc/collections/building")
    assert (collection["id"], collection["itemType"]) == ("building", "feature")
    (box,) = collection["extent"]["spatial"]["bbox"]
    assert box[0] < box[2]
    assert box[1] < box[3]
    assert collection["extent"]["spatial"]["crs"] == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert href(collection, "items")
    assert href(collection, "describedby", "application/schema+json")


def test_an_unknown_collection_is_not_found(ogc: Client) -> None:
    assert ogc.get("/ogc/collections/castle").status_code == 404
