"""What the page says when something is missing: the server, WebGL, a plan, data, a name."""

from pathlib import Path

import httpx
from playwright.sync_api import Route, expect
from tests.browser.browsing import Visit
from tests.browser.conftest import Visiting
from tests.server import LiveServer, live_server
from tests.small_zone import make_zone


def test_server_that_is_away_is_said_and_tried_again(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server)
    page = visit.page
    page.route("**/api/**", lambda route: route.abort())
    page.goto(f"{visit.address}/?lang=en")

    expect(page.locator("main [role=alert]")).to_contain_text("The server cannot be reached")
    expect(page.locator("main [role=alert]")).to_contain_text("zonetwin serve")
    page.unroute("**/api/**")
    page.click("main [role=alert] button")

    expect(page.locator("[data-standing]")).to_be_visible()
    visit.faults.clear()  # the browser logs what was aborted


def test_without_webgl_the_tables_stay_and_the_map_says_so(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server)
    visit.page.add_init_script(
        "const own = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind === 'webgl2' ? null : own.call(this, kind, ...rest) }"
    )
    page = visit.open("/?lang=zh")

    expect(page.locator("[data-problem=no-webgl]")).to_contain_text("WebGL 2")
    assert page.locator("[data-target]").count() > 0
    assert visit.axe() == []


def test_skeleton_stands_while_data_is_on_its_way(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server)
    held: list[Route] = []
    visit.page.route("**/api/plan", lambda route: held.append(route))
    visit.page.goto(f"{visit.address}/?lang=en")

    visit.page.wait_for_selector("main .skeleton")
    assert visit.axe() == []
    for route in held:
        route.continue_()
    visit.page.unroute("**/api/plan")
    expect(visit.page.locator("[data-standing]")).to_be_visible()


def test_zone_without_a_plan_says_how_to_get_one(
    visiting: Visiting, tmp_path: Path, web_folder: Path
) -> None:
    with live_server(make_zone(tmp_path / "small", buildings=20), web_folder=web_folder) as served:
        visit = visiting(served)
        page = visit.open("/?lang=en", with_map=True)
        expect(page.locator("main")).to_contain_text("No plan is loaded")
        page.click("main a:has-text('Open the map')")
        page.wait_for_selector("main[data-view=map]")
        visit.settle(with_map=True)
        assert visit.drawn("park") == 1


def test_writes_of_others_are_seen(visiting: Visiting, own_server: LiveServer) -> None:
    visit = visiting(own_server, actor="甲", organisation="law_enforcement")
    page = visit.open("/projects/1?lang=en")
    before = page.inner_text("[data-case] h2")

    httpx.patch(
        f"{own_server.address}/api/cases/1",
        json={"title_en": "Renamed by someone else"},
        headers={"X-Zonetwin-Actor": "other;testing"},
    ).raise_for_status()

    page.evaluate(
        "document.dispatchEvent(new Event('visibilitychange'))"
    )  # as when one comes back to the page

    assert before != "Renamed by someone else"
    page.wait_for_selector("[data-case] h2:has-text('Renamed by someone else')")


def test_page_of_an_older_build_is_not_broken_by_cached_parts(visit: Visit) -> None:
    page = visit.open("/?lang=en")
    scripts = page.evaluate(
        "performance.getEntriesByType('resource').map(r => r.name).filter(n => n.includes('/assets/'))"
    )

    for address in scripts[:3]:
        assert "immutable" in httpx.get(address).headers["cache-control"]
    assert httpx.get(visit.address).headers["cache-control"] == "no-cache"
