"""Every wheel that runs with zonetwin stands in docs/licences.md with its licence and what it bundles.

A new wheel, another licence or another bundled library fails here, until somebody has looked and written it down.
The table is compared with the wheels of this environment, so it holds for Linux; other platforms bundle less.
"""

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_ROW = re.compile(r"^\| ([\w.-]+) \| (.+?) \| (.*?) \|$")
FORBIDDEN = re.compile(r"(?<!L)A?GPL")
ALLOWED_GPL = {"GPL with the GCC runtime library exception"}


def _locked() -> list[str]:
    """Give the packages of the runtime lock that are installed here (markers leave some out)."""
    names = re.findall(
        r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
    return sorted({name.lower() for name in names if _found(name) is not None})


def _found(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence(found: Distribution) -> str:
    """Give the declared licence: the expression, else the short field, else the classifiers."""
    metadata = found.metadata
    declared = [metadata[name] for name in ("License-Expression", "License") if name in metadata]
    expression = next((text for text in declared if text), "")
    if expression and len(expression) < 60:
        return " ".join(expression.split())
    classified = [
        line.split(" :: ")[-1] for line in metadata.get_all("Classifier") or [] if line.startswith("License")
    ]
    return "; ".join(classified) or expression.strip().splitlines()[0]


def _bundled(found: Distribution) -> str:
    """Name the shared libraries that a wheel carries in its `.libs` folder, versions and hashes cut off."""
    files = [Path(str(file)) for file in found.files or []]
    libraries = {re.split(r"[-.]", file.name)[0] for file in files if file.parts[0].endswith(".libs")}
    return ", ".join(sorted(libraries))


def _table() -> set[tuple[str, str, str]]:
    """Read the rows of the table; a wheel whose versions differ by Python has a row for each."""
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = [match for line in text.splitlines() if (match := _ROW.match(line))]
    return {(match[1], match[2], match[3]) for match in rows if match[1] not in ("wheel", "---")}


@pytest.mark.skipif(sys.platform != "linux", reason="the table lists the wheels of Linux")
def test_every_wheel_stands_in_the_table_as_it_is() -> None:
    actual = {(name, _licence(found), _bundled(found)) for name in _locked() if (found := _found(name))}
    assert actual - _table() == set()


def test_no_wheel_is_under_the_agpl_or_plain_gpl() -> None:
    bad = {(name, licence) for name, licence, _ in _table() if FORBIDDEN.search(licence)}
    assert {(name, licence) for name, licence in bad if licence not in ALLOWED_GPL} == set()
