"""The demonstration zone, small, served to a browser of the system."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from tests.browser.browsing import (
    DESK,
    LOOKS,
    REPOSITORY,
    Language,
    Size,
    Theme,
    Visit,
    browser_of,
    new_visit,
    system_browser,
)
from tests.server import LiveServer, live_server

from zonetwin.core.actor import Actor
from zonetwin.web_build import build_web
from zonetwin.zone.demo import make_demo

Visiting = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def web_folder() -> Path:
    """The built interface; it is built here when its sources are newer."""
    build_web(REPOSITORY, tell=lambda _: None)
    return REPOSITORY / "src" / "zonetwin" / "_web"


@pytest.fixture(scope="session")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hundredth of the district, made as `zonetwin demo` makes it."""
    folder = tmp_path_factory.mktemp("zones") / "demo"
    make_demo(folder, seed=1, scale=0.01, actor=Actor("Tests", "testing"))
    return folder


@pytest.fixture(scope="session")
def server(demo_folder: Path, web_folder: Path) -> Iterator[LiveServer]:
    """The demonstration zone, which no test changes."""
    with live_server(demo_folder, web_folder=web_folder) as running:
        yield running


@pytest.fixture
def own_server(demo_folder: Path, web_folder: Path, tmp_path: Path) -> Iterator[LiveServer]:
    """A copy of the demonstration zone, to write into."""
    with live_server(shutil.copytree(demo_folder, tmp_path / "own"), web_folder=web_folder) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    if system_browser() is None:
        pytest.skip("no Chromium of the system was found")
    with sync_playwright() as playwright, browser_of(playwright) as started:
        yield started


@pytest.fixture
def visiting(browser: Browser) -> Iterator[Visiting]:
    """Opens pages of a server; at the end none may have called another host or raised an error."""
    visits: list[Visit] = []

    def begin(
        served: LiveServer, *, size: Size = DESK, actor: str | None = None, organisation: str = ""
    ) -> Visit:
        visits.append(new_visit(browser, served.address, size=size, actor=actor, organisation=organisation))
        return visits[-1]

    yield begin
    foreign = [url for visit in visits for url in visit.foreign]
    faults = [fault for visit in visits for fault in visit.faults]
    for visit in visits:
        visit.page.context.close()
    assert foreign == []
    assert faults == []


@pytest.fixture
def visit(visiting: Visiting, server: LiveServer) -> Visit:
    """A page over the zone that no test changes."""
    return visiting(server)


@pytest.fixture(params=LOOKS, ids=["-".join(look) for look in LOOKS])
def look(request: pytest.FixtureRequest) -> str:
    """Each language and theme, as it stands in an address."""
    language: Language
    theme: Theme
    language, theme = request.param
    return f"lang={language}&theme={theme}"
