"""The small zone as a client of a standard sees it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.api.client import Client, client_of
from tests.small_zone import make_zone

from zonetwin.api.server import build_app
from zonetwin.zone.zone import open_zone


@pytest.fixture(scope="session")
def ogc(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A client of the small zone's OGC interface."""
    folder: Path = make_zone(tmp_path_factory.mktemp("conformance") / "small")
    with open_zone(folder) as zone:
        yield client_of(build_app(zone))


@pytest.fixture(scope="session")
def landing(ogc: Client) -> Any:
    return ogc.json("/ogc")
