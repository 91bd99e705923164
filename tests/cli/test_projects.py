"""Projects on the command line, in a small zone of its own."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.small_zone import make_zone

from zonetwin.cli import cli


@pytest.fixture
def zone(tmp_path: Path) -> str:
    return str(make_zone(tmp_path / "zone"))


def _answer(*arguments: str) -> str:
    result = CliRunner().invoke(cli, list(arguments), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_created_project_is_listed_and_moves(zone: str) -> None:
    made = _answer(
        "projects", "create", zone, "--title", "新校", "--category", "school", "--organisation",
        "planning_construction", "--actor", "Tests;planning_construction",
    )  # fmt: skip
    number = json.loads(made)["id"]
    moved = _answer(
        "projects", "move", zone, str(number), "--on", "2023-03-01", "--stage", "started", "--actor",
        "Tests;planning_construction",
    )  # fmt: skip
    assert json.loads(moved)["stage"] == "started"
    assert number in [row["id"] for row in json.loads(_answer("projects", "list", zone, "--json"))["items"]]


def test_an_exported_workbook_brings_no_change_back(zone: str, tmp_path: Path) -> None:
    book = tmp_path / "projects.xlsx"
    _answer("projects", "export", zone, str(book))
    said = CliRunner().invoke(
        cli, ["projects", "import", zone, str(book)], input="n\n", catch_exceptions=False
    )
    assert '"added": []' in said.output
    assert '"changed": []' in said.output
