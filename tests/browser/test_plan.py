"""The plan: all targets, narrowed down by the address; one target with its course, rows, proof and clause."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import expect
from tests.browser.browsing import Visit
from tests.browser.conftest import Visiting
from tests.server import LiveServer


def test_all_targets_are_listed(visit: Visit) -> None:
    page = visit.open("/plan?lang=zh")

    assert page.locator("[data-line]").count() == 138


def test_verdict_and_words_narrow_the_list_and_stand_in_the_address(visit: Visit, server: LiveServer) -> None:
    wanted = httpx.get(f"{server.address}/api/targets?status=missed&limit=1000").json()["total"]
    page = visit.open("/plan?lang=en")

    page.click(".chip:has-text('Missed')")
    expect(page.locator("[data-line]")).to_have_count(wanted)
    assert "status=missed" in page.url

    page.fill("input[type=search]", "no such target")
    expect(page.locator("[data-line]")).to_have_count(0)
    page.click("main .empty button")
    expect(page.locator("[data-line]")).to_have_count(138)


def test_groups_by_organisation_repeat_joint_targets(visit: Visit) -> None:
    page = visit.open("/plan?lang=en&group=organisation")

    assert page.locator("[data-line]").count() > 138


def test_target_page_shows_value_course_rows_and_formula(visit: Visit, server: LiveServer) -> None:
    target = httpx.get(f"{server.address}/api/targets/T087").json()
    total = httpx.get(f"{server.address}/api/proofs/{target['proof']}/rows?limit=1").json()["total"]

    page = visit.open("/plan/T087?lang=en", with_map=True)

    page.wait_for_selector("[data-chart] svg")
    assert page.inner_text("[data-verified] .big") == f"{target['measured']['value']:.4g}"
    assert page.locator("[data-proof-rows] tbody tr").count() == min(50, total)
    page.click("text=Formula (SQL)")
    assert "select" in page.inner_text("pre")


def test_rows_of_a_target_are_drawn_and_lead_to_their_project(visit: Visit) -> None:
    page = visit.open("/plan/T087?lang=en", with_map=True)
    visit.until("document.querySelector('[data-caption]').innerText.includes('objects')")
    visit.map_idle()
    assert visit.drawn("zt-objects-mark") > 0

    page.click("[data-proof-rows] tbody a >> nth=0")
    visit.settle()

    assert page.locator("[data-case]").count() == 1


def test_computing_a_proof_again_gives_the_same(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server, actor="审计员")
    page = visit.open("/plan/T087?lang=zh")

    page.click("button:has-text('复算')")

    expect(page.locator("[data-rerun]")).to_have_attribute("data-rerun", "same")


def test_unscored_target_says_why(visit: Visit, server: LiveServer) -> None:
    row = httpx.get(f"{server.address}/api/targets?status=cannot-be-scored&limit=1").json()["items"][0]

    page = visit.open(f"/plan/{row['id']}?lang=en")

    assert row["reason"]["en"] in page.inner_text("[data-target-page]")


def test_unknown_target_says_so(visiting: Visiting, server: LiveServer) -> None:
    visit = visiting(server)
    page = visit.open("/plan/T999?lang=en")

    expect(page.locator("[role=alert]")).to_contain_text("Not found")
    visit.faults.clear()  # the browser logs the 404 itself


@pytest.mark.real
def test_attached_plan_shows_the_clause_with_its_figure_marked(
    visiting: Visiting, own_server: LiveServer, real_data: Path
) -> None:
    visit = visiting(own_server, actor="档案员")
    page = visit.open("/plan/T038?lang=zh")

    page.click("text=附上原文")
    page.set_input_files("dialog input[type=file]", real_data.parent / "plan" / "action_plan.txt")
    page.click("dialog button[type=submit]")

    # T038: 征迁 50 万平方米
    expect(page.locator("blockquote mark")).to_have_text("50")
