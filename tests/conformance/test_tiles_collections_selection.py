"""http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection: `collections` chooses what a tile has."""

import mapbox_vector_tile
from tests.api.client import Client

TILE = "/ogc/tiles/WebMercatorQuad/14/6688/13701"


def layers(client: Client, query: str = "") -> set[str]:
    return set(mapbox_vector_tile.decode(client.get(TILE + query).content))


def test_only_the_chosen_collections_are_in_the_tile(ogc: Client) -> None:
    assert layers(ogc, "?collections=building,street") == {"building", "street"}
    assert layers(ogc, "?collections=street") == {"street"}


def test_without_the_parameter_all_are(ogc: Client) -> None:
    assert {"building", "street", "park", "area"} <= layers(ogc)


def test_an_unknown_collection_is_400(ogc: Client) -> None:
    assert ogc.get(f"{TILE}?collections=castle").status_code == 400
    assert ogc.get(f"{TILE}?collections=").status_code == 400
