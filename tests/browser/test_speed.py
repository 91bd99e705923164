"""What the page tells of its own speed, and how much must be fetched for it; times are in benchmarks/page.py."""

import gzip
import re
from pathlib import Path

from tests.browser.browsing import Visit

ENTRY_BYTES = 450_000


def test_page_marks_when_its_shell_stands_and_then_when_its_map_draws(visit: Visit) -> None:
    page = visit.open("/map?lang=zh", with_map=True)

    shell, drawn = page.evaluate(
        "['zonetwin:shell', 'zonetwin:map'].map(name => performance.getEntriesByName(name)[0].startTime)"
    )

    assert 0 < shell < drawn


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
