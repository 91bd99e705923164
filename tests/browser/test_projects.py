"""Projects on a server of their own: reported, refused, verified, placed, opened, taken out and brought back."""

from pathlib import Path

import httpx
import openpyxl
import pytest
from playwright.sync_api import Page, expect
from tests.browser.browsing import Visit
from tests.browser.conftest import Visiting
from tests.server import LiveServer

LEAD, OTHER = "planning_construction", "law_enforcement"


@pytest.fixture
def project(own_server: LiveServer) -> dict[str, object]:
    """A project that is only conceived, led by the planning bureau."""
    found: dict[str, object] = httpx.get(
        f"{own_server.address}/api/cases?stage=conceived&organisation={LEAD}&placed=false&limit=1"
    ).json()["items"][0]
    return found


def _case(server: LiveServer, project: dict[str, object]) -> dict[str, object]:
    answer: dict[str, object] = httpx.get(f"{server.address}/api/cases/{project['id']}").json()
    return answer


def _report(page: Page, stage: str) -> None:
    page.click("button:has-text('填报进展')")
    page.select_option("[data-form=claim] select", label=stage)
    page.fill("[data-form=claim] textarea", "开工令已签发")
    page.set_input_files(
        "[data-form=claim] input[type=file]", {"name": "令.txt", "mimeType": "text/plain", "buffer": b"order"}
    )
    page.click("[data-form=claim] button[type=submit]")


def _become(page: Page, organisation: str) -> None:
    page.click("header .who")
    page.select_option("dialog select", organisation)
    page.click("dialog button[type=submit]")
    expect(page.locator("dialog")).to_have_count(0)


def test_claim_counts_once_another_organisation_verified_it(
    visiting: Visiting, own_server: LiveServer, project: dict[str, object]
) -> None:
    visit = visiting(own_server, actor="李工", organisation=LEAD)
    page = visit.open(f"/projects/{project['id']}?lang=zh")

    _report(page, "启动")
    expect(page.locator("[data-stage=started]")).to_have_attribute("data-state", "claimed")

    page.click("[data-move] button:has-text('核实')")
    page.click("[data-form=verify] button[type=submit]")
    expect(page.locator("[data-form=verify] [role=alert]")).to_be_visible()  # the same organisation may not

    _become(page, OTHER)
    page.click("[data-form=verify] button[type=submit]")
    expect(page.locator("[data-stage=started]")).to_have_attribute("data-state", "verified")

    case = _case(own_server, project)
    assert (case["stage"], case["verified_stage"]) == ("started", "started")
    moves = case["moves"]
    assert isinstance(moves, list)
    assert [move["organisation"]["code"] for move in moves] == [LEAD, OTHER]
    assert moves[0]["note"] == "开工令已签发"
    assert len(moves[0]["evidence"]) == 1
    visit.faults.clear()  # the browser logs the refusal itself


def test_nobody_writes_without_a_name(
    visiting: Visiting, own_server: LiveServer, project: dict[str, object]
) -> None:
    visit = visiting(own_server)
    page = visit.open(f"/projects/{project['id']}?lang=zh")

    page.click("button:has-text('填报进展')")
    page.fill("dialog input", "李工")
    page.select_option("dialog select", LEAD)
    page.click("dialog button[type=submit]")

    expect(page.locator("[data-form=claim]")).to_be_visible()


def test_wrong_claim_is_withdrawn_and_stays_in_the_ledger(
    visiting: Visiting, own_server: LiveServer, project: dict[str, object]
) -> None:
    visit = visiting(own_server, actor="李工", organisation=LEAD)
    page = visit.open(f"/projects/{project['id']}?lang=zh")
    _report(page, "启动")
    expect(page.locator("[data-stage=started]")).to_have_attribute("data-state", "claimed")

    page.click("[data-move] button:has-text('撤回')")
    page.fill("[data-form=withdraw] textarea", "填错了项目")
    page.click("[data-form=withdraw] button[type=submit]")

    expect(page.locator("[data-stage=started]")).to_have_attribute("data-state", "open")
    assert page.locator("[data-move]").count() == 2


def test_project_is_put_where_the_map_is_clicked(
    visiting: Visiting, own_server: LiveServer, project: dict[str, object]
) -> None:
    visit = visiting(own_server, actor="李工", organisation=LEAD)
    page = visit.open(f"/projects/{project['id']}?lang=zh")

    page.click("button:has-text('在地图上落点')")
    visit.map_idle()
    box = page.locator(".maplibregl-canvas").bounding_box()
    assert box is not None
    x, y = box["width"] / 2, box["height"] / 2
    place = page.evaluate("([x, y]) => window.zonetwin.map.unproject([x, y]).toArray()", [x, y])
    page.mouse.click(box["x"] + x, box["y"] + y)
    visit.until("window.zonetwin.map.queryRenderedFeatures({layers: ['zt-draft-point']}).length > 0")
    page.click("button:has-text('保存位置')")
    expect(page.locator("button:has-text('重新落点')")).to_be_visible()

    point = _case(own_server, project)["point"]
    assert isinstance(point, list)
    # a screen pixel is some metres at this zoom, less than 1e-4 degrees
    assert point == pytest.approx(place, abs=1e-4)


def test_new_project_is_opened_with_its_quantities(visiting: Visiting, own_server: LiveServer) -> None:
    visit = visiting(own_server, actor="李工", organisation=LEAD)
    page = visit.open("/projects/new?lang=zh&target=T087")

    page.fill("[data-form=create] input >> nth=0", "青石步道")
    page.select_option("[data-form=create] select >> nth=0", "trail")
    page.select_option("[data-form=create] select >> nth=2", LEAD)
    page.fill("[data-form=create] fieldset input", "1.5")
    page.click("[data-form=create] button[type=submit]")
    page.wait_for_selector("[data-case]")

    made = httpx.get(f"{own_server.address}/api/cases?q=青石步道").json()["items"]
    assert [(row["category"], row["targets"]) for row in made] == [("trail", ["T087"])]
    assert made[0]["quantities"][0]["planned"] == 1.5


def test_workbook_comes_back_with_its_changes_shown_before_they_are_applied(
    visiting: Visiting, own_server: LiveServer, tmp_path: Path
) -> None:
    visit = visiting(own_server, actor="李工", organisation=LEAD)
    page = visit.open("/projects?lang=zh")
    page.click("button:has-text('Excel')")
    with page.expect_download() as download:
        page.click("dialog a[download]")
    file = tmp_path / "projects.xlsx"
    download.value.save_as(file)

    old, new = _rename_first(file)
    page.set_input_files("dialog input[type=file]", file)
    page.click("dialog button[type=submit]")
    expect(page.locator("[data-diff] del")).to_have_text(old)
    expect(page.locator("[data-diff] ins")).to_have_text(new)
    assert not httpx.get(f"{own_server.address}/api/cases?q={new}").json()["items"]

    page.click("[data-apply]")
    expect(page.locator("dialog")).to_have_count(0)
    assert len(httpx.get(f"{own_server.address}/api/cases?q={new}").json()["items"]) == 1


def _rename_first(file: Path) -> tuple[str, str]:
    """Change the name of the first project in a workbook; gives what it was and is."""
    book = openpyxl.load_workbook(file)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=20):
            for cell in row:
                if cell.value in ("名称", "项目名称", "项目"):
                    below = sheet.cell(row=cell.row + 1, column=cell.column)
                    old = str(below.value)
                    below.value = "改名后的项目"
                    book.save(file)
                    return old, "改名后的项目"
    raise AssertionError(f"no column of names in {book.sheetnames}")


def test_table_narrows_and_the_late_say_so(visit: Visit, server: LiveServer) -> None:
    late = httpx.get(f"{server.address}/api/cases?late=true&limit=1").json()["total"]
    page = visit.open("/projects?lang=en")

    page.check("text=Only late ones")

    expect(page.locator("header [role=status]")).to_have_text(f"{late} projects")
    assert "late=yes" in page.url


def test_projects_on_the_map_open_their_card(visit: Visit, server: LiveServer) -> None:
    project = httpx.get(f"{server.address}/api/cases?placed=true&limit=1").json()["items"][0]
    lon, lat = project["point"]

    page = visit.open(f"/projects?lang=en&show=map&at={lon},{lat},20", with_map=True)
    visit.drawn_with("zt-projects-mark")
    assert visit.drawn("zt-projects-mark") > 0
    page.click(".maplibregl-canvas")  # in its middle, where the project is

    page.wait_for_selector("[data-case]")
    assert "/projects/" in page.url
