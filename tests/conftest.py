"""Fixtures every test may use, and the promise that no test is left out in silence.

Tests over real files (marker `real`) run when a folder of them is given; without one they are deselected and
counted in the summary. Anything else that could not run is listed with its reason, and fails the run when CI=true.
"""

import os
from pathlib import Path

import pytest
from tests.scheduling import PathGroups, path_groups

REPOSITORY = Path(__file__).parents[1]
_DEFAULT_DATA = REPOSITORY.parent / "shared" / "data"


def real_data_folder() -> Path | None:
    """Find the folder of real files: ZONETWIN_DATA, else ../shared/data, else none."""
    folder = Path(os.environ.get("ZONETWIN_DATA", _DEFAULT_DATA))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Give the folder of real files; tests that use it carry the marker `real`."""
    folder = real_data_folder()
    assert folder is not None, "mark this test with pytest.mark.real"
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if real_data_folder() is not None:
        return
    real = [item for item in items if item.get_closest_marker("real")]
    if real:
        config.hook.pytest_deselected(items=real)
        items[:] = [item for item in items if not item.get_closest_marker("real")]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Fail a CI run in which a test was skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") == "true" and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if real_data_folder() is None:
        terminalreporter.write_line(
            "not run: tests over real files (no folder in ZONETWIN_DATA or ../shared/data)"
        )
    if os.environ.get("CI") == "true" and terminalreporter.stats.get("skipped"):
        terminalreporter.write_line(
            "failed: with CI=true every test must run; the skipped ones are listed above"
        )


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> PathGroups:
    return path_groups(config, log)
