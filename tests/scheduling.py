"""Which tests must share a process when the suite runs in several: one browser, one account of made-up requests.

xdist's own groups rename the tests, which pytest 9 no longer lets a plugin do; this names the groups by path.
"""

import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

_GROUPS = {"tests/browser/": "browser", "tests/api/test_schemathesis.py": "made-up requests"}


class PathGroups(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
    """Sends each test to whoever is free, those of one group to one process."""

    def _split_scope(self, nodeid: str) -> str:
        return next((group for path, group in _GROUPS.items() if nodeid.startswith(path)), nodeid)


def path_groups(config: pytest.Config, log: object) -> PathGroups:
    """Make the scheduler, as xdist asks for it."""
    return PathGroups(config, log)
