"""Draw every view in both languages, both themes, on a desk and a phone: `python -m tests.browser.pictures [ZONE]`.

Without a zone the demonstration is made anew, a fifth of the district. The pictures go to `docs/pictures`, named
`view-language-theme-size.jpg`.
"""

import sys
import tempfile
from pathlib import Path

import httpx
from playwright.sync_api import Browser, sync_playwright
from tests.browser.browsing import LOOKS, PHONE, REPOSITORY, Size, browser_of, new_visit
from tests.server import live_server

from zonetwin.core.actor import Actor
from zonetwin.web_build import build_web
from zonetwin.zone.demo import make_demo

FOLDER = REPOSITORY / "docs" / "pictures"
SIZES: dict[str, Size] = {"desk": (1440, 900), "phone": PHONE}
QUALITY = 84


def views_of(address: str) -> dict[str, str]:
    """Name the views and where they are; each address is to be gone on with language and theme."""
    zone = httpx.get(f"{address}/api/zone").json()
    west, south, east, north = zone["bounds"]
    near = f"{west + (east - west) * 0.55:.5f},{south + (north - south) * 0.48:.5f}"
    project = httpx.get(f"{address}/api/cases?stage=building&limit=1").json()["items"][0]
    return {
        "overview": "/?",
        "plan": "/plan?",
        "target": "/plan/T087?",
        "projects": "/projects?sort=planned_end&",
        "project": f"/projects/{project['id']}?show=map&",
        "map": "/map?",
        "map-3d": f"/map?at={near},15.6,-25,58&",
    }


def draw(browser: Browser, address: str, folder: Path) -> int:
    """Draw all pictures into a folder; gives how many."""
    drawn = 0
    for view, path in views_of(address).items():
        for name, size in SIZES.items():
            for language, theme in LOOKS:
                visit = new_visit(
                    browser, address, size=size, actor="值班员", organisation="planning_construction"
                )
                page = visit.open(f"{path}lang={language}&theme={theme}")
                if page.locator("main [data-map]").count():
                    visit.map_idle()
                file = folder / f"{view}-{language}-{theme}-{name}.jpg"
                page.screenshot(path=file, type="jpeg", quality=QUALITY)
                page.context.close()
                drawn += 1
    return drawn


def main(arguments: list[str]) -> None:
    """Serve a zone and draw it."""
    build_web(REPOSITORY, tell=_say)
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        zone = Path(arguments[0]) if arguments else Path(temporary) / "demo"
        if not arguments:
            make_demo(zone, seed=1, scale=0.2, actor=Actor("demo", "zonetwin"))
        with (
            live_server(zone) as server,
            sync_playwright() as playwright,
            browser_of(playwright) as browser,
        ):
            _say(f"{draw(browser, server.address, FOLDER)} pictures in {FOLDER}")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
