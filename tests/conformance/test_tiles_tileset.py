"""http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset: each tileset is described with its scheme and links."""

import pytest
from tests.api.client import Client
from tests.conformance.links import follow, href

SCHEME = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad"
ADDRESSES = ["/ogc/tiles/WebMercatorQuad", "/ogc/collections/building/tiles/WebMercatorQuad"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_tileset_names_its_scheme_crs_and_sort(ogc: Client, address: str) -> None:
    tileset = ogc.json(address)
    assert tileset["dataType"] == "vector"
    assert tileset["crs"] == "http://www.opengis.net/def/crs/EPSG/0/3857"
    assert tileset["tileMatrixSetURI"] == SCHEME
    assert href(tileset, "self") == address
    assert tileset["boundingBox"]["lowerLeft"][0] < tileset["boundingBox"]["upperRight"][0]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_scheme_is_a_link_away_and_is_the_common_one(ogc: Client, address: str) -> None:
    scheme = follow(ogc, ogc.json(address), "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme")
    assert (scheme["id"], scheme["uri"]) == ("WebMercatorQuad", SCHEME)
    first, second = scheme["tileMatrices"][:2]
    # OGC 17-083r4 annex D.1: scale denominator of zoom 0, halved with each zoom
    assert first["scaleDenominator"] == pytest.approx(559082264.028718)
    assert second["scaleDenominator"] == pytest.approx(279541132.014359)
    assert first["cellSize"] == pytest.approx(156543.033928041)
    assert (second["matrixWidth"], second["matrixHeight"]) == (2, 2)
    assert first["pointOfOrigin"] == pytest.approx([-20037508.3427892, 20037508.3427892])


def test_layers_name_their_attributes(ogc: Client) -> None:
    layers = {layer["id"]: layer for layer in ogc.json(ADDRESSES[0])["layers"]}
    assert layers["building"]["geometryDimension"] == 2
    assert layers["park-label"]["geometryDimension"] == 0
    assert "geometryDimension" not in layers["facility"]
    assert layers["building"]["propertiesSchema"]["properties"]["storeys"]["type"] == "integer"


def test_a_collection_without_places_has_no_tileset(ogc: Client) -> None:
    assert ogc.get("/ogc/collections/organisation/tiles/WebMercatorQuad").status_code == 404
    assert ogc.get("/ogc/collections/building/tiles/Other").status_code == 404
