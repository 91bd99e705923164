"""http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list: resources list their tilesets."""

import pytest
from tests.api.client import Client
from tests.conformance.links import follow


@pytest.mark.parametrize("address", ["/ogc/tiles", "/ogc/collections/building/tiles"])
def test_each_listed_tileset_leads_to_its_description(ogc: Client, address: str) -> None:
    listed = ogc.json(address)["tilesets"]
    assert listed
    for item in listed:
        described = follow(ogc, item, "self")
        assert {name: described[name] for name in ("dataType", "crs", "tileMatrixSetURI")} == {
            name: item[name] for name in ("dataType", "crs", "tileMatrixSetURI")
        }


def test_the_tile_schemes_are_listed(ogc: Client) -> None:
    for item in ogc.json("/ogc/tileMatrixSets")["tileMatrixSets"]:
        assert follow(ogc, item, "self")["id"] == item["id"]
