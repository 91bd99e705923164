"""The repository speaks of the project alone, and law and place are data."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLACES = [
    "kunshan",
    "suzhou",
    "shanghai",
    "helsinki",
    "porto.alegre",
    "hangzhou",
    "taicang",
    "jiangsu",
    "beijing",
    "prague",
    "昆山",
    "苏州",
    "上海",
    "青阳港",
    "夏驾河",
]
MACHINE = re.compile(
    r"(/home/|/Users/|/root/|/work/|/tmp/|[A-Z]:\\\\|pypi\.org|registry\.npmjs|pythonhosted)"
)
LONGEST = 400
TEXT = {
    ".py",
    ".ts",
    ".vue",
    ".md",
    ".yaml",
    ".toml",
    ".csv",
    ".sql",
    ".json",
    ".txt",
    ".lock",
    ".css",
    ".html",
}


def _tracked(*prefixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", *prefixes], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def _texts(*prefixes: str) -> list[tuple[str, str]]:
    files = [file for file in _tracked(*prefixes) if file.suffix in TEXT or file.name in ("Makefile", "run")]
    return [
        (str(file.relative_to(ROOT)), file.read_text(encoding="utf-8", errors="replace")) for file in files
    ]


def test_source_code_names_no_place() -> None:
    pattern = re.compile("|".join(PLACES), re.IGNORECASE)
    # Asia/Shanghai is the name of a time zone
    found = [
        name for name, text in _texts("src", "web/src") if pattern.search(text.replace("Asia/Shanghai", ""))
    ]
    assert found == []


def test_no_file_holds_a_path_or_address_of_a_machine() -> None:
    own = str(Path(__file__).relative_to(ROOT))
    found = {name: match[0] for name, text in _texts() if name != own and (match := MACHINE.search(text))}
    assert found == {}


def test_code_files_stay_short() -> None:
    long = {
        name: lines
        for name, text in _texts("src", "web/src", "benchmarks", "scripts")
        if name.endswith((".py", ".ts", ".vue"))
        and (lines := text.count("\n")) > LONGEST
        and not name.endswith(".d.ts")
    }
    assert long == {}


@pytest.mark.parametrize("word", ["TODO", "FIXME", "XXX"])
def test_code_has_no_notes_of_things_to_do(word: str) -> None:
    assert [name for name, text in _texts("src", "web/src") if word in text] == []
