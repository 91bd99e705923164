"""http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt: tiles are Mapbox Vector Tiles, ids those of the features."""

import mapbox_vector_tile
import pytest
from tests.api.client import Client

TILE = "/ogc/collections/building/tiles/WebMercatorQuad/15/13376/27402"
MVT = "application/vnd.mapbox-vector-tile"


def test_a_tile_is_a_vector_tile_under_its_media_type(ogc: Client) -> None:
    answer = ogc.get(TILE)
    assert answer.headers["content-type"] == MVT
    layer = mapbox_vector_tile.decode(answer.content)["building"]
    assert (layer["extent"], layer["version"]) == (4096, 2)


def test_ids_and_attributes_are_those_of_the_features(ogc: Client) -> None:
    layer = mapbox_vector_tile.decode(ogc.get(TILE).content)["building"]
    assert layer["features"]
    for drawn in layer["features"][:10]:
        feature = ogc.json(f"/ogc/collections/building/items/{drawn['id']}")
        known = {name: value for name, value in feature["properties"].items() if value is not None}
        assert drawn["properties"].items() <= known.items()
        assert drawn["properties"]["height_m"] == pytest.approx(feature["properties"]["height_m"])


def test_the_same_tile_comes_with_and_without_compression(ogc: Client) -> None:
    packed = ogc.get(TILE, headers={"accept-encoding": "gzip"})
    plain = ogc.get(TILE, headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < len(plain.content)
