"""How fast the page stands and the map draws with software GL, and how much must be fetched for it."""

import gzip
import re
from pathlib import Path

from tests.browser.browsing import Visit

SHELL_MS, MAP_MS = 2000, 5000
ENTRY_BYTES = 450_000


def test_shell_and_first_map_stand_in_time(visit: Visit) -> None:
    visit.open("/map?lang=zh", with_map=True)  # the first visit warms the server's tiles
    page = visit.open("/map?lang=zh", with_map=True)

    shell, drawn = page.evaluate(
        "['zonetwin:shell', 'zonetwin:map'].map(name => performance.getEntriesByName(name)[0].startTime)"
    )

    assert shell <= SHELL_MS
    assert drawn <= MAP_MS


def test_entry_with_the_map_is_small(web_folder: Path) -> None:
    page = (web_folder / "index.html").read_text(encoding="utf-8")
    entry = re.findall(r"/assets/([\w.-]+\.(?:js|css))", page)
    engine = [file.name for file in (web_folder / "assets").glob("engine-*.js")]
    assert entry
    assert len(engine) == 1

    total = sum(
        len(gzip.compress((web_folder / "assets" / name).read_bytes(), 9)) for name in [*entry, *engine]
    )

    assert total <= ENTRY_BYTES


def test_page_links_to_nothing_elsewhere(web_folder: Path) -> None:
    for file in [web_folder / "index.html", *(web_folder / "assets").glob("*.css")]:
        text = file.read_text(encoding="utf-8")
        assert re.findall(r"""(?:src|href)=["']https?://|url\(["']?https?://|@import""", text) == []
