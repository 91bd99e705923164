"""An empty sample record per test."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.store.samples import open_sample

from zonetwin.store.model import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_sample(tmp_path)
    yield opened
    opened.close()
