"""Building the web interface: when it is built, what it runs, and what it says when that fails."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from zonetwin import web_build


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A source tree with a small interface."""
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "package-lock.json").write_text("{}", encoding="utf-8")
    (tmp_path / "web" / "src" / "main.ts").write_text("export {};", encoding="utf-8")
    (tmp_path / "src" / "zonetwin").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def runs(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What npm was asked, instead of npm itself: it makes a page where the bundler would."""
    asked: list[list[str]] = []

    def npm(web: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
        asked.append(list(arguments))
        if arguments[0] == "run":
            out = Path(arguments[arguments.index("--outDir") + 1])
            out.mkdir(parents=True)
            (out / "index.html").write_text("page", encoding="utf-8")
        return subprocess.CompletedProcess([], 0, stdout="")

    monkeypatch.setattr(web_build, "npm", npm)
    monkeypatch.delenv("ZONETWIN_WEB", raising=False)
    return asked


def _build(root: Path) -> bool:
    return web_build.build_web(root, tell=lambda _: None)


def test_unchanged_sources_are_not_built_again(root: Path, runs: list[list[str]]) -> None:
    assert _build(root)
    assert not _build(root)
    assert [asked[0] for asked in runs] == ["ci", "run"]


def test_changed_or_renamed_sources_are_built_again(root: Path, runs: list[list[str]]) -> None:
    _build(root)
    (root / "web" / "src" / "main.ts").write_text("export const one = 1;", encoding="utf-8")
    assert _build(root)
    (root / "web" / "src" / "main.ts").rename(root / "web" / "src" / "start.ts")
    assert _build(root)


def test_what_is_installed_or_produced_is_no_source(root: Path) -> None:
    before = web_build.stamp_of(root / "web")
    (root / "web" / "node_modules").mkdir()
    (root / "web" / "node_modules" / "left.js").write_text("1", encoding="utf-8")
    assert web_build.stamp_of(root / "web") == before


def test_force_builds_whatever_the_stamp_says(
    root: Path, runs: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    _build(root)
    monkeypatch.setenv("ZONETWIN_WEB", "force")
    assert _build(root)


def test_skip_builds_nothing(root: Path, runs: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZONETWIN_WEB", "skip")
    assert not _build(root)
    assert runs == []


def test_other_values_are_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZONETWIN_WEB", "perhaps")
    with pytest.raises(ValueError, match=r"'perhaps'; it may be auto, skip, force"):
        _build(root)


def test_failure_shows_the_end_of_what_npm_said_and_the_way_out(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "x" * 9000 + "ENOTCACHED"
    monkeypatch.setattr(web_build, "npm", lambda *_: subprocess.CompletedProcess([], 1, stdout=said))
    monkeypatch.delenv("ZONETWIN_WEB", raising=False)

    with pytest.raises(RuntimeError, match="ENOTCACHED") as caught:
        _build(root)

    assert "ZONETWIN_WEB=skip" in str(caught.value)
    assert len(str(caught.value)) < 4400


def test_npm_finds_the_node_of_the_wheel_first_and_keeps_development_packages() -> None:
    given = {"PATH": "/usr/bin", "NODE_ENV": "production", "NODE_OPTIONS": "--inspect", "HOME": "/home"}

    made = web_build.environment(given, Path("/wheel/bin"))

    assert made["PATH"].split(os.pathsep) == ["/wheel/bin", "/usr/bin"]
    assert "NODE_ENV" not in made
    assert "NODE_OPTIONS" not in made
    assert made["HOME"] == "/home"


def test_wheel_brings_node_and_npm() -> None:
    node, script = web_build.node_and_npm()
    assert node.is_file()
    assert script.is_file()


def test_outside_a_source_tree_it_says_so(tmp_path: Path) -> None:
    """An installed package has no web sources: copy the module away from them."""
    module = tmp_path / "lib" / "python" / "zonetwin" / "web_build.py"
    module.parent.mkdir(parents=True)
    module.write_text(Path(web_build.__file__).read_text(encoding="utf-8"), encoding="utf-8")

    done = subprocess.run([sys.executable, str(module)], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "source tree only" in done.stdout
