"""How soon the page stands and the map first draws, in a Chromium of the system that draws without a graphics card.

The demonstration zone is served from a process of its own; every visit has an empty browser cache. Times count from
the start of navigation and are medians. There is no peer. `--quick` takes a hundredth of the district and two visits,
whose goals do not count.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from tests.browser.browsing import REPOSITORY, browser_of, new_visit
from tests.server import server_apart

from benchmarks.report import Row, main, median
from zonetwin.core.actor import Actor
from zonetwin.web_build import build_web
from zonetwin.zone.demo import make_demo

GOALS_MS = {"shell": 2000.0, "map": 5000.0}
VIEWS = {"overview": "/", "map": "/map"}
VISITS = 5


def measure(quick: bool) -> Iterator[Row]:
    """Visit each view several times and give the medians of its marks."""
    build_web(REPOSITORY, tell=lambda _: None)
    with tempfile.TemporaryDirectory() as folder:
        zone = Path(folder) / "zone"
        make_demo(zone, seed=1, scale=0.01 if quick else 0.2, actor=Actor("benchmark"))
        with server_apart(zone) as server, sync_playwright() as playwright, browser_of(playwright) as browser:
            for view, path in VIEWS.items():
                visits = [_marks(browser, server.address, path) for _ in range(2 if quick else VISITS)]
                for mark, goal in GOALS_MS.items():
                    figure = median([found[mark] for found in visits])
                    yield Row(f"{view}: {mark}, ms", figure, goal=None if quick else goal)


def _marks(browser: Browser, address: str, path: str) -> dict[str, float]:
    visit = new_visit(browser, address)
    page = visit.open(path, with_map=True)
    script = "name => performance.getEntriesByName('zonetwin:' + name)[0].startTime"
    marks = {mark: float(page.evaluate(script, mark)) for mark in GOALS_MS}
    page.context.close()
    return marks


if __name__ == "__main__":
    main("First page", measure)
