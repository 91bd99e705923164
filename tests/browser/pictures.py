"""Draw every view of the demonstration zone in both languages and themes, at desk and phone width: `make pictures`.

The pictures go to docs/pictures as VIEW-LANGUAGE-THEME-SIZE.png. The zone in `demo/` is drawn, and made first where
it is not there. Nothing is asserted here: the pictures are for people to judge.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright
from tests.browser.browsing import LOOKS, PHONE, REPOSITORY, browser_of, new_visit
from tests.server import live_server

from zonetwin.core.actor import Actor
from zonetwin.web_build import build_web
from zonetwin.zone.demo import make_demo

FOLDER = REPOSITORY / "docs" / "pictures"
SIZES = {"desk": (1280, 800), "phone": PHONE}
VIEWS = {
    "overview": ("/", True),
    "plan": ("/plan", False),
    "target": ("/plan/T089", False),
    "projects": ("/projects", False),
    "case": ("/projects/100", False),
    "map": ("/map", True),
}


def main() -> None:
    """Draw all pictures."""
    build_web(REPOSITORY, tell=lambda _: None)
    zone = REPOSITORY / "demo"
    if not (zone / "zone.toml").exists():
        make_demo(zone, seed=1, scale=0.2, actor=Actor("zonetwin"))
    FOLDER.mkdir(parents=True, exist_ok=True)
    draw(zone)


def draw(zone: Path) -> None:
    """Draw every view of a zone."""
    web = REPOSITORY / "src" / "zonetwin" / "_web"
    with (
        live_server(zone, web_folder=web) as server,
        sync_playwright() as playwright,
        browser_of(playwright) as browser,
    ):
        for size, extent in SIZES.items():
            for name, (path, has_map) in VIEWS.items():
                for language, theme in LOOKS:
                    visit = new_visit(browser, server.address, size=extent)
                    joint = "&" if "?" in path else "?"
                    page = visit.open(
                        f"{path}{joint}lang={language}&theme={theme}", with_map=has_map and size == "desk"
                    )
                    page.screenshot(path=FOLDER / f"{name}-{language}-{theme}-{size}.png")
                    visit.page.context.close()
                    sys.stderr.write(f"{name}-{language}-{theme}-{size}\n")


if __name__ == "__main__":
    main()
