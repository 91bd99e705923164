"""The address is the view: a link opens it, the back button goes back, a reload changes nothing."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.browsing import Visit
from tests.browser.conftest import Visiting
from tests.server import LiveServer


def test_link_opens_the_very_view(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server, size=(1280, 720))
    choices = "layers=-facility,parcel:0.5&sel=building/1"
    address = f"/map?table=building&lang=en&theme=dark&at=121.06,31.37,15.5,20,55&{choices}"
    page = visit.open(address, with_map=True)

    camera = page.evaluate(
        """() => {
            const map = window.zonetwin.map, {lng, lat} = map.getCenter();
            return [lng, lat, map.getZoom(), map.getBearing(), map.getPitch()];
        }"""
    )
    assert camera == pytest.approx([121.06, 31.37, 15.5, 20, 55], abs=0.01)
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.get_attribute("html", "lang") == "en-GB"
    assert not page.is_checked("[data-layer=facility] input[type=checkbox]")
    assert page.is_checked("[data-layer=parcel] input[type=checkbox]")
    assert page.locator("[data-feature='building/1']").count() == 1
    assert page.locator("[data-table]").count() == 1
    assert page.url == visit.address + address


def test_moving_the_map_is_written_and_a_reload_comes_back_to_it(visit: Visit) -> None:
    page = visit.open("/map?lang=en", with_map=True)

    page.click("button[aria-label='Zoom in']")
    page.wait_for_url(re.compile("at="))
    zoom = page.evaluate("window.zonetwin.map.getZoom()")
    page.reload()
    visit.settle(with_map=True)

    assert page.evaluate("window.zonetwin.map.getZoom()") == pytest.approx(zoom, abs=0.01)


def test_back_goes_back_through_pages(visit: Visit) -> None:
    page = visit.open("/?lang=en")
    page.click("nav a:has-text('Plan')")
    page.wait_for_selector("main[data-view=plan]")
    visit.settle()
    page.click("[data-line=T087] a")
    page.wait_for_selector("[data-target-page=T087]")

    page.go_back()
    page.wait_for_selector("main[data-view=plan]:not(:has([data-target-page]))")
    page.go_back()
    page.wait_for_selector("main[data-view=overview]")


def test_search_words_are_in_the_link(visit: Visit) -> None:
    page = visit.open("/?lang=en&search=xx")

    expect(page.locator("dialog input")).to_have_value("xx")
    page.wait_for_selector("[role=option]")


def test_unknown_paths_open_the_overview(visit: Visit) -> None:
    page = visit.open("/no/such/place?lang=en")

    assert page.locator("main[data-view=overview]").count() == 1
