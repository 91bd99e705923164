"""http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets: tiles of a collection, from its page."""

import mapbox_vector_tile
from tests.api.client import Client
from tests.conformance.links import follow

TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"


def test_a_collection_leads_to_its_tilesets(ogc: Client) -> None:
    (item,) = follow(ogc, ogc.json("/ogc/collections/building"), TILESETS)["tilesets"]
    assert [layer["id"] for layer in follow(ogc, item, "self")["layers"]] == ["building"]


def test_a_collections_tile_has_only_that_collection(ogc: Client) -> None:
    tile = ogc.get("/ogc/collections/park/tiles/WebMercatorQuad/14/6688/13701")
    assert set(mapbox_vector_tile.decode(tile.content)) == {"park", "park-label"}


def test_collections_without_places_have_no_such_link(ogc: Client) -> None:
    links = ogc.json("/ogc/collections/organisation")["links"]
    assert TILESETS not in {link["rel"] for link in links}
