"""The guide to plans says what the shipped pack says, in both languages."""

import re
from collections import Counter
from pathlib import Path

import pytest

from zonetwin.plans.plan import Plan

DOCS = Path(__file__).parents[2] / "docs"
pytestmark = pytest.mark.parametrize("name", ["plan.md", "plan.zh-CN.md"])


def test_the_table_of_bindings_is_that_of_the_pack(plan: Plan, name: str) -> None:
    codes = {target.id: target.unbound.code if target.unbound else "" for target in plan.targets}
    rows = Counter(codes.values())
    distinct = Counter(codes[target.id] for target in plan.targets if not target.duplicate_of)
    text = (DOCS / name).read_text(encoding="utf-8")
    for code, row, own in re.findall(
        r"^\|[^|]*?(?:`([a-z-]+)`[^|]*)?\| (\d+) \| (\d+) \|$", text, re.MULTILINE
    ):
        assert (rows.pop(code), distinct.pop(code)) == (int(row), int(own)), code
    assert not rows
    assert not distinct


def test_the_thresholds_are_those_of_the_pack(plan: Plan, name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8")
    rules = plan.rules
    for rule in rules.__slots__:
        line = next(line for line in text.splitlines() if f"`{rule}`" in line and line.startswith("|"))
        names = re.findall(r"`([a-z_]+)`", line.split("|")[1])
        values = [float(value) for value in line.split("|")[2].split("/")]
        assert dict(zip(names, values, strict=True))[rule] == getattr(rules, rule)
