"""The build hook: puts the built web interface into the wheel. The work itself is in `src/zonetwin/web_build.py`."""

import importlib.util
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg,misc]  # hatchling may be absent when checked
    """Builds `src/zonetwin/_web` before a wheel or an editable install is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build unless this is a source distribution, which carries the sources of the interface instead."""
        if self.target_name == "sdist":
            return
        root = Path(self.root)
        _web_build(root / "src" / "zonetwin" / "web_build.py").build_web(root, tell=self.app.display_info)


def _web_build(file: Path) -> ModuleType:
    """Load the build module by its path: nothing is importable in an isolated build."""
    spec = importlib.util.spec_from_file_location("zonetwin_web_build", file)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(f"{file} is missing: the source distribution is incomplete.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
