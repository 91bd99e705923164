"""The map: what is drawn, what is hidden, what a click selects, and what stays when the theme changes."""

import pytest
from playwright.sync_api import expect
from tests.browser.browsing import Visit


@pytest.fixture
def centre(visit: Visit) -> str:
    """An address part that looks at the middle of the zone from near by."""
    bounds = visit.page.request.get(f"{visit.address}/api/zone").json()["bounds"]
    west, south, east, north = bounds
    return f"at={(west + east) / 2:.6f},{(south + north) / 2:.6f},15.6"


@pytest.mark.parametrize(
    "layer", ["building-flat", "street", "water_area", "park", "facility-point", "area-line"]
)
def test_layers_of_the_packs_are_drawn(visit: Visit, centre: str, layer: str) -> None:
    visit.open(f"/map?lang=zh&{centre}", with_map=True)

    assert visit.drawn(layer) > 0


def test_whole_zone_is_shown_first_with_its_control_lines(visit: Visit) -> None:
    page = visit.open("/map?lang=zh", with_map=True)

    lines = page.evaluate(
        "() => [...new Set(window.zonetwin.map.queryRenderedFeatures()"
        ".filter(f => f.layer.id.startsWith('control_line-line')).map(f => f.properties.line))].sort()"
    )
    items = page.request.get(f"{visit.address}/ogc/collections/control_line/items?limit=1000").json()
    assert lines == sorted({item["properties"]["line"] for item in items["features"]})
    assert len(lines) > 1
    assert "at=" not in page.url


def test_buildings_are_raised_when_the_map_is_tilted(visit: Visit, centre: str) -> None:
    page = visit.open(f"/map?lang=en&{centre}", with_map=True)
    assert visit.drawn("building") == 0

    page.click("button:has-text('3D')")
    visit.until("window.zonetwin.map.getPitch() > 50")
    visit.drawn_with("building")

    assert visit.drawn("building-flat") == 0


def test_layer_is_hidden_and_faded_by_the_tree(visit: Visit, centre: str) -> None:
    page = visit.open(f"/map?lang=en&{centre}", with_map=True)

    page.uncheck("[data-layer=building] input[type=checkbox]")
    visit.until("window.zonetwin.map.queryRenderedFeatures({layers: ['building-flat']}).length === 0")
    assert "layers=-building" in page.url

    page.check("[data-layer=parcel] input[type=checkbox]")
    visit.drawn_with("parcel")


def test_click_on_the_map_opens_the_object_and_marks_its_row(visit: Visit, centre: str) -> None:
    page = visit.open(f"/map?lang=en&{centre}&table=building", with_map=True)
    x, y, building = visit.at("building-flat")

    page.mouse.click(x, y)

    expect(page.locator(f"[data-feature='building/{building['id']}']")).to_be_visible()
    assert f"sel=building/{building['id']}" in page.url
    visit.drawn_with("zt-chosen-line")
    assert visit.drawn("zt-chosen-line") == 1
    rows = page.locator("[data-table] tr.chosen")
    if rows.count():  # the row is there unless a thousand others stand before it
        assert str(building["id"]) in rows.inner_text()


def test_row_of_the_table_selects_on_the_map(visit: Visit, centre: str) -> None:
    page = visit.open(f"/map?lang=en&{centre}&table=park", with_map=True)

    page.click("[data-table] tbody tr:not(.room) >> nth=0")

    visit.drawn_with("zt-chosen-line")
    assert visit.drawn("zt-chosen-line") == 1


def test_table_counts_what_is_in_view(visit: Visit, centre: str) -> None:
    page = visit.open(f"/map?lang=en&{centre}&table=building", with_map=True)
    total = int(page.get_attribute("[data-table] [data-total]", "data-total") or 0)
    box = page.evaluate("window.zonetwin.map.getBounds().toArray().flat()")

    items = page.request.get(
        f"{visit.address}/ogc/collections/building/items?limit=1&bbox={','.join(map(str, box))}"
    ).json()

    assert total == items["numberMatched"] > 0


def test_card_shows_properties_source_and_history(visit: Visit) -> None:
    page = visit.open("/map?lang=en&sel=building/1")

    card = page.inner_text("[data-feature='building/1']")
    assert "Floor area" in card
    assert "district.gpkg" in card
    assert "recorded" in card
    assert "模拟数据 SYNTHETIC" in card


def test_theme_and_language_keep_what_is_selected(visit: Visit) -> None:
    page = visit.open("/map?lang=en&theme=light&sel=building/1", with_map=True)
    visit.drawn_with("zt-chosen-line")
    assert visit.drawn("zt-chosen-line") == 1
    colour = "window.zonetwin.map.getPaintProperty('background', 'background-color')"
    before = page.evaluate(colour)

    page.keyboard.press("t")
    page.keyboard.press("l")
    visit.settle(with_map=True)
    visit.until(f"({colour}) !== {before!r}")
    visit.map_idle()

    assert visit.drawn("zt-chosen-line") == 1
    assert "lang=zh" in page.url
    assert "theme=dark" in page.url


def test_marks_stand_on_the_map(visit: Visit) -> None:
    page = visit.open("/map?lang=zh", with_map=True)

    footer = page.inner_text(".credits")
    assert "模拟数据 SYNTHETIC" in footer
    assert "审图号" in footer
    assert "来源" in footer
    assert page.inner_text(".maplibregl-ctrl-scale").endswith("m")
