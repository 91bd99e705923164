"""How tests drive the page: a browser of the system, waiting on what the page says of itself, never on time."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request

REPOSITORY = Path(__file__).parents[2]
AXE = REPOSITORY / "web" / "node_modules" / "axe-core" / "axe.min.js"
PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESK = (1000, 640)
PHONE = (390, 844)
PATIENCE_MS = 60_000  # software drawing on a busy machine

Size = tuple[int, int]
Theme = Literal["light", "dark"]
Language = Literal["zh", "en"]

LOOKS: tuple[tuple[Language, Theme], ...] = (("zh", "light"), ("zh", "dark"), ("en", "light"), ("en", "dark"))


def system_browser() -> str | None:
    """Find a Chromium of the system."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


@contextmanager
def browser_of(playwright: Playwright) -> Iterator[Browser]:
    """Start the system's Chromium with software drawing and nothing that calls home."""
    browser = playwright.chromium.launch(executable_path=system_browser(), args=list(FLAGS))
    try:
        yield browser
    finally:
        browser.close()


@dataclass(slots=True)
class Visit:
    """A page of the zone, and what it did that it must not."""

    page: Page
    address: str
    foreign: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def open(self, path: str, *, with_map: bool = False) -> Page:
        """Open a path and wait until its data, and where asked its map, are there."""
        self.page.goto(self.address + path)
        self.settle(with_map=with_map)
        return self.page

    def settle(self, *, with_map: bool = False) -> None:
        """Wait until nothing is being asked of the server, and the map has drawn."""
        self.page.wait_for_selector("main[data-view] > *")
        self.page.wait_for_selector("main .skeleton", state="detached")
        self.page.wait_for_load_state("networkidle")
        if with_map:
            self.map_idle()

    def map_idle(self) -> None:
        """Wait until the map has drawn everything."""
        self.page.wait_for_selector("main [data-map=idle]", timeout=PATIENCE_MS)

    def until(self, condition: str) -> None:
        """Wait until a JavaScript condition holds; Playwright's own way is one the page's policy forbids."""
        self.page.evaluate(
            f"""async patience => {{
                const end = performance.now() + patience;
                while (!({condition})) {{
                    if (performance.now() > end) throw new Error('never became true: ' + {condition!r});
                    await new Promise(done => setTimeout(done, 30));
                }}
            }}""",
            PATIENCE_MS,
        )

    def drawn_with(self, layer: str) -> None:
        """Wait until a style layer of the page's own has drawn something."""
        query = f"window.zonetwin.map.queryRenderedFeatures({{layers: ['{layer}']}}).length > 0"
        self.until(f"window.zonetwin?.map.getLayer('{layer}') && {query}")

    def drawn(self, *layers: str) -> int:
        """Count the different things that style layers have drawn; queried like a person looks: at the screen."""
        script = """layers => new Set(window.zonetwin.map.queryRenderedFeatures({layers})
            .map(f => f.properties.feature ?? `${f.layer.id} ${f.id}`)).size"""
        count = self.page.evaluate(script, list(layers))
        assert isinstance(count, int)
        return count

    def at(self, layer: str) -> tuple[float, float, dict[str, object]]:
        """Give the point of the screen and the properties of a drawn feature whose middle is free of others."""
        script = """layer => {
            const map = window.zonetwin.map, box = map.getCanvas().getBoundingClientRect();
            for (const f of map.queryRenderedFeatures({layers: [layer]})) {
                const ring = f.geometry.type === 'Polygon' ? f.geometry.coordinates[0]
                    : f.geometry.type === 'MultiPolygon' ? f.geometry.coordinates[0][0] : [f.geometry.coordinates];
                const mid = [0, 1].map(i => (Math.min(...ring.map(p => p[i])) + Math.max(...ring.map(p => p[i]))) / 2);
                const {x, y} = map.project(mid);
                const hit = document.elementFromPoint(box.x + x, box.y + y);
                const near = map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]])
                    .filter(g => g.layer.type !== 'symbol' || g.layer.id === layer);
                const isAlone = near.every(g => g.id === f.id || g.geometry.type.endsWith('Polygon'));
                if (hit === map.getCanvas() && isAlone && near.some(g => g.layer.id === layer && g.id === f.id))
                    return [box.x + x, box.y + y, {id: f.id, ...f.properties}];
            }
            return null;
        }"""
        found = self.page.evaluate(script, layer)
        assert found is not None, f"nothing of {layer} can be clicked"
        return found[0], found[1], found[2]

    def axe(self) -> list[str]:
        """Give what axe-core finds wrong by WCAG 2.1 A and AA, each with the element."""
        self.page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
        found = self.page.evaluate(
            "() => axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
        )
        return [
            f"{fault['id']}: {node['target']} {node['failureSummary']}"
            for fault in found["violations"]
            for node in fault["nodes"]
        ]


def new_visit(
    browser: Browser, address: str, *, size: Size = DESK, actor: str | None = None, organisation: str = ""
) -> Visit:
    """Open an empty page that notes every request to another host and every error."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    if actor is not None:
        _be(context, actor, organisation)
    visit = Visit(context.new_page(), address)
    host = urlsplit(address).netloc
    visit.page.on("request", lambda request: _note_foreign(visit, request, host))
    visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
    visit.page.on(
        "console",
        lambda message: visit.faults.append(message.text) if message.type == "error" else None,
    )
    return visit


def _be(context: BrowserContext, actor: str, organisation: str) -> None:
    who = json.dumps({"name": actor, "organisation": organisation})
    context.add_init_script(
        f"if (!localStorage.getItem('zonetwin.actor')) localStorage.setItem('zonetwin.actor', {json.dumps(who)})"
    )


def _note_foreign(visit: Visit, request: Request, host: str) -> None:
    parts = urlsplit(request.url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
        visit.foreign.append(request.url)
