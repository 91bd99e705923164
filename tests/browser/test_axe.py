"""axe-core finds nothing (WCAG 2.1 A and AA, best practice) on any page, theme or language, dialogs open too."""

import pytest
from tests.browser.browsing import PHONE
from tests.browser.conftest import Visiting
from tests.server import LiveServer

PAGES = {
    "overview": "/?",
    "plan": "/plan?",
    "target": "/plan/T087?",
    "projects": "/projects?",
    "project": "/projects/100?",
    "new project": "/projects/new?",
    "map": "/map?sel=building/1&table=building&",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing(visiting: Visiting, server: LiveServer, path: str, look: str) -> None:
    visit = visiting(server, actor="值班员")
    visit.open(path + look, with_map="/map" in path)

    assert visit.axe() == []


DIALOGS = {
    "search": ("/?search=xx&", ""),
    "help": ("/?", "?"),
    "actor": ("/?", "header .who"),
    "workbook": ("/projects?", "button:has-text('Excel')"),
    "attach": ("/plan/T038?", "[data-target-page] .none .link-button"),
    "claim": ("/projects/100?", ".acts .primary"),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_axe_finds_nothing_with_a_dialog_or_form_open(
    visiting: Visiting, server: LiveServer, name: str, look: str
) -> None:
    path, step = DIALOGS[name]
    visit = visiting(server, actor="值班员")
    page = visit.open(path + look)
    if step == "?":
        page.keyboard.press(step)
    elif step:
        page.click(step)
    page.wait_for_selector("dialog, [data-form]")
    visit.settle()

    assert visit.axe() == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_axe_finds_nothing_on_a_phone(visiting: Visiting, server: LiveServer, path: str) -> None:
    visit = visiting(server, size=PHONE)
    visit.open(f"{path}lang=en&theme=light")

    assert visit.axe() == []
