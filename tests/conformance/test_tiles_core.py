"""http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core: tiles are got by a template, absent ones are told so."""

import pytest
from tests.api.client import ADDRESS, Client


def test_a_tile_is_got_by_filling_in_the_template(ogc: Client) -> None:
    (tileset,) = ogc.json("/ogc/tiles")["tilesets"]
    (template,) = [link for link in tileset["links"] if link["rel"] == "item"]
    assert template["templated"] is True
    address = template["href"].replace(ADDRESS, "")
    for name, value in (("{tileMatrix}", "14"), ("{tileRow}", "6688"), ("{tileCol}", "13701")):
        address = address.replace(name, value)
    answer = ogc.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == template["type"]


def test_a_tile_with_nothing_in_it_is_204(ogc: Client) -> None:
    answer = ogc.get("/ogc/tiles/WebMercatorQuad/14/0/0")
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    "tile",
    [
        "WebMercatorQuad/23/0/0",
        "WebMercatorQuad/-1/0/0",
        "WebMercatorQuad/2/4/0",
        "WebMercatorQuad/2/0/4",
        "Other/0/0/0",
    ],
)
def test_tiles_outside_the_scheme_are_404(ogc: Client, tile: str) -> None:
    assert ogc.get(f"/ogc/tiles/{tile}").status_code == 404


def test_a_tile_address_that_is_no_number_is_400(ogc: Client) -> None:
    assert ogc.get("/ogc/tiles/WebMercatorQuad/a/b/c").status_code == 400
