"""Typed cells: a fault and a harmless value instead of an exception."""

from datetime import date

from zonetwin.core.text import Text
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Place
from zonetwin.plans.cells import Cells

PLACE = Place("p/plan/x.csv", 7)


def _cells(**row: str) -> tuple[Cells, Issues]:
    issues = Issues()
    return Cells(row, PLACE, issues), issues


def test_good_cells_are_read_without_a_fault() -> None:
    cells, issues = _cells(n="1.5", d="2025-12-31", w=" a ; b;", t_zh="甲", t_en="A", o="12")
    assert cells.number("n") == 1.5
    assert cells.day("d") == date(2025, 12, 31)
    assert cells.words("w") == ("a", "b")
    assert cells.both("t") == Text("甲", "A")
    assert cells.offset("o") == 12
    assert not issues.found


def test_empty_cells_are_absent_values() -> None:
    cells, issues = _cells(n="", d="", w="", t_zh="", t_en="")
    assert (cells.number("n"), cells.day("d"), cells.words("w")) == (None, None, ())
    assert cells.both("t", required=False) == Text("", "")
    assert not issues.found


def test_a_fault_carries_file_and_line() -> None:
    cells, issues = _cells(n="nan", c="z", w="a;b")
    assert cells.number("n") is None
    assert cells.choice("c", ("x", "y")) == "x"
    assert cells.codes("w", {"a"}, "the thing") == ("a",)
    assert [(issue.file, issue.line) for issue in issues.found] == [("p/plan/x.csv", 7)] * 3
    assert "names the thing 'b'" in issues.found[2].message
