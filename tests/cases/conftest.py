"""An empty record with the projects flow, at a pinned day, for the tests of cases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from zonetwin.cases.classes import Rules, read_rules
from zonetwin.cases.records import PART
from zonetwin.cases.writing import Occasion
from zonetwin.core.actor import Actor
from zonetwin.core.clock import Clock
from zonetwin.packs.load import load_catalogue
from zonetwin.store.model import Store
from zonetwin.store.sqlite import open_store

PACKS = Path(__file__).parents[2] / "packs"
TODAY = date(2024, 6, 30)
NOW = datetime(2024, 6, 30, 2, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def rules() -> Rules:
    return read_rules(load_catalogue(["projects"], [PACKS]), "project")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    clock = Clock(ZoneInfo("Asia/Shanghai"), TODAY, now=lambda: NOW)
    opened = open_store(tmp_path / "zone.gpkg", kinds=(), parts=(PART,), clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def occasion() -> Occasion:
    return Occasion(TODAY, NOW, Actor("clerk", "builders"))
