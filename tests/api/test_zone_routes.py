"""The zone at a glance, its kinds and its layers over HTTP."""

import mapbox_vector_tile
import pytest
from tests.api.client import Client, client_of

from zonetwin import __version__
from zonetwin.api.server import build_app
from zonetwin.core.actor import PUBLIC
from zonetwin.zone.zone import Zone


def test_health_names_zone_change_and_version(client: Client) -> None:
    assert client.json("/health") == {"status": "ok", "zone": "small", "change": 1, "version": __version__}


def test_the_zone_tells_its_day_marks_and_counts(client: Client) -> None:
    zone = client.json("/api/zone")
    assert zone["title"] == {"zh": "小区域", "en": "Small zone"}
    assert (zone["today"], zone["today_pinned"], zone["synthetic"]) == ("2025-06-30", True, True)
    assert zone["data_date"] == "2025-03-01"
    assert zone["counts"]["building"] == 240
    assert zone["bounds"] == pytest.approx([121.04, 31.34, 121.09, 31.39])
    assert zone["sources"][0]["attribution"] == "© the survey"
    assert zone["provisional_area"] is False


def test_kinds_have_titles_units_and_codes(client: Client) -> None:
    kinds = {item["name"]: item for item in client.json("/api/kinds")["items"]}
    properties = {item["name"]: item for item in kinds["building"]["properties"]}
    assert (kinds["building"]["geometry"], kinds["building"]["count"]) == ("polygon", 240)
    assert properties["height_m"]["unit_symbol"] == {"zh": "米", "en": "m"}
    assert "residential" in properties["use"]["codes"]


def test_layers_bring_their_legends_and_counts(client: Client) -> None:
    tree = client.json("/api/layers")
    layers = {item["name"]: item for item in tree["layers"]}
    orders = [item["order"] for item in tree["layers"]]
    assert orders == sorted(orders, reverse=True)
    assert [group["order"] for group in tree["groups"]] == sorted(group["order"] for group in tree["groups"])
    assert layers["building"]["count"] == 240
    assert layers["building"]["extrude"] == "height_m"
    assert layers["building"]["legend"][0]["symbol"]["fill"][0].startswith("#")
    assert {item["group"] for item in tree["layers"]} <= {group["name"] for group in tree["groups"]}


@pytest.mark.parametrize(("theme", "page"), [("light", "#eef1f4"), ("dark", "#12161c")])
def test_the_style_is_over_this_servers_tiles(client: Client, theme: str, page: str) -> None:
    style = client.json(f"/api/style.json?theme={theme}&language=en")
    (tiles,) = style["sources"]["zonetwin"]["tiles"]
    assert tiles.startswith("http://127.0.0.1:8600/ogc/tiles/WebMercatorQuad/{z}/{y}/{x}?collections=")
    assert style["layers"][0]["paint"]["background-color"] == page
    assert style["sources"]["zonetwin"]["attribution"] == "© the survey"


def test_the_styles_tiles_hold_the_styles_layers(client: Client) -> None:
    style = client.json("/api/style.json")
    address = style["sources"]["zonetwin"]["tiles"][0].replace("http://127.0.0.1:8600", "")
    tile = client.get(address.format(z=14, y=6688, x=13701))
    assert tile.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    held = set(mapbox_vector_tile.decode(tile.content))
    assert {"building", "park", "park-label", "street", "area"} <= held
    assert held <= {layer["source-layer"] for layer in style["layers"][1:]}


def test_the_public_sees_no_kind_of_persons_anywhere(zone: Zone, client: Client) -> None:
    public = client_of(build_app(zone, viewer=PUBLIC))
    assert "resident" in client.get("/api/kinds").text
    for path in (
        "/api/zone",
        "/api/kinds",
        "/api/layers",
        "/api/style.json",
        "/ogc/collections",
        "/ogc/tiles/WebMercatorQuad",
        "/ogc/api",
    ):
        assert "resident/" not in public.get(path).text
        assert '"resident"' not in public.get(path).text, path
    for path in (
        *("/ogc/collections/resident", "/ogc/collections/resident/items", "/api/features/resident/1"),
        "/ogc/collections/resident/tiles/WebMercatorQuad/14/6688/13701",
    ):
        assert public.get(path).status_code == 404
    assert public.get("/ogc/tiles/WebMercatorQuad/14/6688/13701?collections=resident").status_code == 400


def test_areas_come_from_the_zone_down(client: Client) -> None:
    areas = client.json("/api/areas")["items"]
    assert [(item["code"], item["level"], item["parent"]) for item in areas] == [
        ("zone", "zone", ""),
        ("office-1", "office", "zone"),
    ]
    assert areas[1]["box"] == pytest.approx([121.04, 31.34, 121.06, 31.39])


def test_organisations_are_listed_with_their_names(client: Client) -> None:
    names = {item["code"]: item["name"]["zh"] for item in client.json("/api/organisations")["items"]}
    assert names == {"a": "规划建设局", "b": "教育局"}
