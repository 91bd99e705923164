"""The examples of docs/packs.md are packs that load, and both languages show the same."""

import re
from pathlib import Path

import pytest

from zonetwin.packs.folders import pack_folders
from zonetwin.packs.load import load_catalogue

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("packs.md", "packs.zh-CN.md")


def yaml_blocks(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL)


def write_documented_pack(page: str, folder: Path) -> None:
    """Put the page's blocks where it says they belong, with the tables they name."""
    files = ("pack.yaml", "kinds.yaml", "layers.yaml", "indicators/cycle_stand_share.yaml", "flows.yaml")
    (folder / "indicators").mkdir(parents=True)
    (folder / "tables").mkdir()
    for name, block in zip(files, yaml_blocks(page), strict=True):
        (folder / name).write_text(block, encoding="utf-8")
    (folder / "indicators" / "cycle_stand_share.sql").write_text("select 1", encoding="utf-8")
    (folder / "tables" / "cycle_stand_classes.csv").write_text("class,zh,en\npublic,公共,Public\n", "utf-8")
    (folder / "tables" / "repair_classes.csv").write_text("category,title_zh,title_en\n", "utf-8")


@pytest.mark.parametrize("page", PAGES)
def test_the_documented_pack_loads(page: str, tmp_path: Path) -> None:
    write_documented_pack(page, tmp_path / "cycling")

    catalogue = load_catalogue(["cycling"], pack_folders(tmp_path))

    assert catalogue.kinds["cycle_stand"].property_named("class").codes["public"].en == "Public"
    assert catalogue.indicators["cycle_stand_share"].needs[0].minutes == 5


def test_both_pages_show_the_same_declarations() -> None:
    english, chinese = (
        [re.sub(r"\s*#.*|owner: .*", "", block) for block in yaml_blocks(page)] for page in PAGES
    )

    assert english == chinese
