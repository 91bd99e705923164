"""Tests of values as clerks write them: days, amounts with 万 and units, names in lists."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.cases.sheet_values import (
    Cell,
    amount_from_cell,
    day_from_cell,
    folded,
    list_from_cell,
    text_from_cell,
)
from zonetwin.core.errors import InvalidInput


@pytest.mark.parametrize(
    "cell",
    [
        date(2023, 12, 5),
        datetime(2023, 12, 5, 8, 30),
        45265,  # days from 1899-12-30 to 2023-12-05: 123 years of 365, 31 leap days (1900 is not one), 339 days
        45265.0,
        "45265",
        "2023-12-05",
        "2023/12/5",
        "2023.12.5",
        "2023年12月5日",
        " 2023年12月5日",
        "20231205",
        "2023-12-05T00:00:00",
    ],
)
def test_a_day_is_read_in_every_usual_form(cell: Cell) -> None:
    assert day_from_cell(cell, month="refused") == date(2023, 12, 5)


def test_files_that_count_from_1904_are_read_so() -> None:
    assert day_from_cell(43803, month="refused", from_1904=True) == date(2023, 12, 5)  # 45265 less 1462 days


@given(st.dates(date(1960, 1, 1), date(2110, 1, 1)))
def test_a_serial_counts_days(day: date) -> None:
    assert day_from_cell((day - date(1899, 12, 30)).days, month="refused") == day
    assert day_from_cell((day - date(1899, 12, 30)) / timedelta(days=1), month="refused") == day


def test_a_month_is_its_first_or_last_day_as_asked() -> None:
    assert day_from_cell("2024年2月", month="first") == date(2024, 2, 1)
    assert day_from_cell("2024-02", month="last") == date(2024, 2, 29)
    with pytest.raises(InvalidInput, match="is not a day"):
        day_from_cell("2024年2月", month="refused")


@pytest.mark.parametrize("cell", ["2023-13-01", "2023-02-30", "年底", 7, 3.5, "12/05/2023"])
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(InvalidInput, match="is not a day"):
        day_from_cell(cell, month="last")


@pytest.mark.parametrize("cell", [None, "", "  ", " "])
def test_an_empty_cell_is_no_day_and_no_amount(cell: Cell) -> None:
    assert day_from_cell(cell, month="last") is None
    assert amount_from_cell(cell, unit="m2") is None


@pytest.mark.parametrize(
    ("cell", "unit", "expected"),
    [
        (1200, "m2", 1200.0),
        ("1,200", "m2", 1200.0),
        ("1,200㎡", "m2", 1200.0),
        ("3.5万", "m2", 35000.0),
        ("约29万平方米", "m2", 290000.0),
        ("29 万㎡", "m2", 290000.0),
        ("0.3平方公里", "m2", 300000.0),
        ("120亩", "m2", 80000.0),  # 120 times 2000/3
        ("0.1万亩", "m2", 2000000 / 3),
        ("2公顷", "m2", 20000.0),
        ("7.9公里", "km", 7.9),
        ("7900米", "km", 7.9),
        ("1.5万个", "place", 15000.0),
        ("2500套", "套", 2500.0),
        ("60 家", "家", 60.0),
        ("1e3", "m2", 1000.0),
        (".5", "km", 0.5),
        ("—", "km", None),
    ],
)
def test_an_amount_is_read_with_its_unit(cell: Cell, unit: str, expected: float | None) -> None:
    assert amount_from_cell(cell, unit=unit) == (None if expected is None else pytest.approx(expected))


def test_a_bare_number_is_in_the_unit_of_its_heading() -> None:
    assert amount_from_cell(2.9, unit="m2", written_in="万m2") == pytest.approx(29000.0)
    assert amount_from_cell("120", unit="m2", written_in="亩") == pytest.approx(80000.0)
    assert amount_from_cell("120平方米", unit="m2", written_in="亩") == 120.0


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("many", "is not an amount"),
        ("3公里", "measures something else than m2"),
        ("3 furlongs", "is no unit known"),
        (True, "is not an amount"),
        (date(2023, 1, 1), "is not an amount"),
    ],
)
def test_what_is_no_amount_of_the_unit_is_refused(cell: Cell, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        amount_from_cell(cell, unit="m2")


@given(st.floats(0, 1e9, allow_nan=False))
def test_a_number_written_as_text_is_the_number(amount: float) -> None:
    assert amount_from_cell(repr(amount), unit="m2") == amount


def test_names_are_listed_with_any_separator() -> None:
    assert list_from_cell("财政分局、资规分局;社管局, 安环局\n消安办") == (
        "财政分局",
        "资规分局",
        "社管局",
        "安环局",
        "消安办",
    )


def test_a_whole_number_has_no_decimals_as_text() -> None:
    assert text_from_cell(12.0) == "12"
    assert folded(" 计划 面积(m²)") == "计划面积(m2)"
