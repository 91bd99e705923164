"""A phone, 390 pixels wide: nothing runs out at the side, everything can be reached."""

import pytest
from playwright.sync_api import expect
from tests.browser.browsing import PHONE
from tests.browser.conftest import Visiting
from tests.server import LiveServer

PAGES = (
    "/?",
    "/plan?",
    "/plan/T087?",
    "/projects?",
    "/projects/100?",
    "/projects/new?",
    "/map?",
    "/map?sel=building/1&",
    "/map?table=building&",
)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_runs_out_at_the_side(
    visiting: Visiting, server: LiveServer, path: str, language: str
) -> None:
    visit = visiting(server, size=PHONE)
    page = visit.open(f"{path}lang={language}")

    wide = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(item => {
            const box = item.getBoundingClientRect();
            if (!box.width || box.right <= innerWidth + 1) return false;
            for (let up = item.parentElement; up; up = up.parentElement) {
                const flow = getComputedStyle(up).overflowX;
                const scrolls = flow === 'auto' || flow === 'scroll';
                if (scrolls && up.getBoundingClientRect().right <= innerWidth + 1) return false;
                if (up.classList.contains('unseen') || up.matches('svg, .slot')) return false;
            }
            return !item.closest('.unseen, .slot');
        }).map(item => item.outerHTML.slice(0, 120))"""
    )
    assert wide == []
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_views_are_at_the_thumb(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server, size=PHONE)
    page = visit.open("/?lang=zh")
    box = page.locator("nav[aria-label=主导航]").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] == pytest.approx(PHONE[1], abs=1)

    page.click("nav a:has-text('地图')")
    page.wait_for_selector("main[data-view=map]")


def test_layers_open_over_the_map_and_close_again(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server, size=PHONE)
    page = visit.open("/map?lang=zh", with_map=True)
    assert page.locator("[data-layer]").count() == 0

    page.click("button:has-text('显示图层')")
    expect(page.locator("[data-layer=building]")).to_be_visible()
    page.click(".hide")
    expect(page.locator("[data-layer]")).to_have_count(0)


def test_card_of_a_link_leaves_its_object_in_sight(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server, size=PHONE)
    page = visit.open("/map?lang=zh&sel=building/1", with_map=True)

    card = page.locator(".right").bounding_box()
    assert card is not None
    middle = page.evaluate(
        """() => { const m = window.zonetwin.map, b = m.getCanvas().getBoundingClientRect();
            const f = m.querySourceFeatures('zt-chosen')[0].geometry.coordinates.flat(3);
            const {y} = m.project([f[0], f[1]]); return b.y + y; }"""
    )
    assert 50 < middle < card["y"]
