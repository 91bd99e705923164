"""A small zone served in the process, and over a socket for foreign clients."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.api.client import Client, client_of
from tests.server import LiveServer, live_server
from tests.small_zone import make_zone

from zonetwin.api.server import build_app
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture(scope="session")
def zone_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small zone that no test changes."""
    return make_zone(tmp_path_factory.mktemp("zones") / "small")


@pytest.fixture(scope="session")
def zone(zone_folder: Path) -> Iterator[Zone]:
    with open_zone(zone_folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def client(zone: Zone) -> Client:
    """A client of this machine, over the zone that no test changes."""
    return client_of(build_app(zone))


@pytest.fixture(scope="session")
def fresh_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A smaller zone, to be copied: copying takes a tenth of the time of making."""
    return make_zone(tmp_path_factory.mktemp("zones") / "fresh", buildings=20)


@pytest.fixture
def own_zone(fresh_folder: Path, tmp_path: Path) -> Iterator[Zone]:
    """A small zone of the test's own, to write into."""
    with open_zone(shutil.copytree(fresh_folder, tmp_path / "own")) as opened:
        yield opened


@pytest.fixture
def own_client(own_zone: Zone) -> Client:
    return client_of(build_app(own_zone))


@pytest.fixture(scope="session")
def server(zone_folder: Path) -> Iterator[LiveServer]:
    """The small zone over a real socket."""
    with live_server(zone_folder) as running:
        yield running
