"""The overview: one answer, the same counts as the server's, what is late, and its objects on the map."""

import httpx
from tests.browser.browsing import Visit
from tests.server import LiveServer


def _plan(server: LiveServer) -> dict[str, object]:
    answer: dict[str, object] = httpx.get(f"{server.address}/api/plan").json()
    return answer


def test_counts_on_the_screen_are_those_of_the_server(visit: Visit, server: LiveServer) -> None:
    by_status = _plan(server)["by_status"]
    assert isinstance(by_status, dict)

    page = visit.open("/?lang=zh")

    shown = {name: int(page.inner_text(f"[data-count={name}] .value")) for name in by_status}
    assert shown == by_status


def test_answer_says_how_much_is_scored(visit: Visit, server: LiveServer) -> None:
    plan = _plan(server)

    page = visit.open("/?lang=en")

    assert f"{plan['scored']} of {plan['asked']} scored" in page.inner_text("[data-standing]")
    assert page.inner_text("header time") == plan["today"]


def test_late_targets_stand_in_the_order_of_the_server(visit: Visit, server: LiveServer) -> None:
    late = _plan(server)["late"]
    assert isinstance(late, list)

    page = visit.open("/?lang=en")
    page.click("text=/Show \\d+ more/")

    shown = page.eval_on_selector_all("[data-target]", "rows => rows.map(row => row.dataset.target)")
    assert shown == [row["id"] for row in late]


def test_pin_of_a_target_draws_its_objects(visit: Visit, server: LiveServer) -> None:
    visit.open("/?lang=en", with_map=True)
    target = _counted_target(server)
    rows = httpx.get(f"{server.address}/api/proofs/{target['proof']}/rows.geojson").json()

    visit.open(f"/?lang=en&target={target['id']}", with_map=True)

    visit.until(
        f"document.querySelector('[data-caption]').innerText.includes('of {rows['total']:,} objects')"
    )
    visit.map_idle()
    assert visit.drawn("zt-objects-mark") == len({item["properties"]["feature"] for item in rows["features"]})


def _counted_target(server: LiveServer) -> dict[str, object]:
    """Find a target with a few placed objects."""
    for row in httpx.get(f"{server.address}/api/targets?limit=1000").json()["items"]:
        if row["indicator"] and row["measured"] and row["measured"]["value"]:
            page: dict[str, object] = httpx.get(f"{server.address}/api/targets/{row['id']}").json()
            rows = httpx.get(f"{server.address}/api/proofs/{page['proof']}/rows.geojson").json()
            if 1 < len(rows["features"]) < 50:
                return page
    raise AssertionError("the demonstration has no target with a few placed objects")


def test_next_steps_lead_to_what_is_missing(visit: Visit) -> None:
    page = visit.open("/?lang=en")

    page.click("[data-step=unplaced] a")
    visit.settle()

    assert "placed=no" in page.url
    assert page.locator("main[data-view=projects]").count() == 1
