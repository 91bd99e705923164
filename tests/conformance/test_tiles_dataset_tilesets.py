"""http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets: tiles of everything, from the landing page."""

from typing import Any

from tests.api.client import Client
from tests.conformance.links import follow

TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"


def test_the_landing_page_leads_to_the_datasets_tilesets(ogc: Client, landing: Any) -> None:
    (item,) = follow(ogc, landing, TILESETS)["tilesets"]
    layers = {layer["id"] for layer in follow(ogc, item, "self")["layers"]}
    placed = {
        collection["id"]
        for collection in ogc.json("/ogc/collections")["collections"]
        if any(link["rel"] == TILESETS for link in collection["links"])
    }
    assert {name for name in layers if not name.endswith("-label")} == placed
