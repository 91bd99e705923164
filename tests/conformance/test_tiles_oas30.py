"""http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30: the definition describes the tile resources."""

from tests.api.client import Client

MVT = "application/vnd.mapbox-vector-tile"


def test_tiles_of_the_dataset_and_of_each_collection_are_described(ogc: Client) -> None:
    paths = ogc.json("/ogc/api")["paths"]
    end = "WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"
    for base in ("/tiles", "/collections/building/tiles"):
        for path in (base, f"{base}/WebMercatorQuad", f"{base}/{end}"):
            assert path in paths
        assert MVT in paths[f"{base}/{end}"]["get"]["responses"]["200"]["content"]


def test_the_choice_of_collections_is_described(ogc: Client) -> None:
    document = ogc.json("/ogc/api")
    tile = document["paths"]["/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}"]["get"]
    assert {"$ref": "#/components/parameters/collections"} in tile["parameters"]
