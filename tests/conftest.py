"""Fixtures every test may use: the folder of real files, and the promise that nothing is skipped in silence."""

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
_DEFAULT_DATA = REPOSITORY.parent / "shared" / "data"


def real_data_folder() -> Path | None:
    """Find the folder of real files: ZONETWIN_DATA, else ../shared/data, else none."""
    folder = Path(os.environ.get("ZONETWIN_DATA", _DEFAULT_DATA))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Give the folder of real files, or skip with the reason."""
    folder = real_data_folder()
    if folder is None:
        pytest.skip("real files: no folder in ZONETWIN_DATA and none at ../shared/data")
    return folder
