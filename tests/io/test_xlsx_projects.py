"""Tests of the workbook as a file: written, and read back as people return it."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from tests.cases.conftest import PACKS

from zonetwin.cases.classes import read_rules
from zonetwin.cases.sheet import progress_columns, project_columns
from zonetwin.core.errors import InvalidInput
from zonetwin.io.xlsx_projects import ReadWorkbook, read_workbook, write_workbook
from zonetwin.packs.load import load_catalogue

CLASSES = read_rules(load_catalogue(["projects"], [PACKS]), "project").classes
FIRST, SECOND = project_columns(CLASSES), progress_columns(CLASSES)


def book_of(tmp_path: Path, *rows: list[object], sheet: str = "项目") -> Path:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(row)
    book.save(tmp_path / "book.xlsx")
    return tmp_path / "book.xlsx"


def read(path: Path) -> ReadWorkbook:
    return read_workbook(path, FIRST, SECOND)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    headings = [column.title("zh") for column in FIRST]
    row = [None] * len(FIRST)
    row[0], row[1], row[9] = "P1", "=1+1", date(2023, 12, 5)  # type: ignore[call-overload]
    write_workbook(tmp_path / "out.xlsx", {"项目": [headings, row]}, {"项目": FIRST})
    sheet = read(tmp_path / "out.xlsx").projects
    assert sheet is not None
    (found,) = sheet.rows
    assert found.cells["title"] == "=1+1"  # a text, not the formula's 2
    assert found.cells["planned_start"] == datetime(2023, 12, 5)
    assert sheet.unknown == ()


def test_dates_and_derived_columns_are_marked_for_people(tmp_path: Path) -> None:
    headings = [column.title("zh") for column in FIRST]
    row = ["P1", *[None] * 8, date(2023, 12, 5)]
    write_workbook(tmp_path / "out.xlsx", {"项目": [headings, row]}, {"项目": FIRST})
    page = load_workbook(tmp_path / "out.xlsx")["项目"]
    assert page.cell(2, 10).number_format == "yyyy-mm-dd"
    assert page.freeze_panes == "C2"
    assert page.cell(1, 1).fill.fgColor.rgb != page.cell(1, 8).fill.fgColor.rgb


def test_headings_are_known_by_other_words_in_another_order_below_a_title(tmp_path: Path) -> None:
    path = book_of(
        tmp_path,
        ["2024年项目台账"],
        [],
        ["名称", "项目编号", "责任单位", "计划 竣工时间", "颜色"],
        ["河岸步道", 7, "建设局", "2024-12-31", "red"],
        sheet="Sheet1",
    )
    sheet = read(path).projects
    assert sheet is not None
    assert (sheet.heading_row, sheet.letters["planned_end"], sheet.unknown) == (3, "D", (("E", "颜色"),))
    (row,) = sheet.rows
    assert (row.number, row.cells["key"], row.cells["organisation"]) == (4, 7, "建设局")


def test_a_heading_may_name_another_unit(tmp_path: Path) -> None:
    path = book_of(
        tmp_path, ["编号", "项目名称", "计划面积(亩)", "计划建筑面积(万平方米)", "计划长度"], ["P1", "甲"]
    )
    sheet = read(path).projects
    assert sheet is not None
    assert sheet.units == {"planned:area": "亩", "planned:floor_area": "万m2"}


def test_a_heading_with_a_unit_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"'计划面积'.*'furlongs' is no unit"):
        read(book_of(tmp_path, ["编号", "项目名称", "计划面积(furlongs)"]))


def test_merged_cells_fill_their_rows_and_empty_rows_are_left_out(tmp_path: Path) -> None:
    path = book_of(
        tmp_path,
        ["编号", "项目名称", "牵头单位"],
        ["P1", "甲", "建设局"],
        ["P2", "乙"],
        [],
        ["P3", "丙", "核验中心"],
        [None, " "],
    )
    book = load_workbook(path)
    book["项目"].merge_cells("C2:C3")
    book.save(path)
    sheet = read(path).projects
    assert sheet is not None
    assert [(row.number, row.cells["organisation"]) for row in sheet.rows] == [
        (2, "建设局"),
        (3, "建设局"),
        (5, "核验中心"),
    ]


def test_english_headings_and_the_other_sheet_alone_are_read(tmp_path: Path) -> None:
    path = book_of(
        tmp_path,
        ["Number", "Date", "Stage", "Length (km)"],
        ["P1", "2024-01-05", "Building", 3],
        sheet="Progress",
    )
    book = read(path)
    assert book.projects is None
    assert book.progress is not None
    assert book.progress.rows[0].cells["total:length"] == 3


def test_the_epoch_of_the_file_is_told(tmp_path: Path) -> None:
    path = book_of(tmp_path, ["编号", "项目名称"], ["P1", "甲"])
    book = load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    book.save(path)
    assert read(path).from_1904


def test_a_workbook_without_the_headings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no sheet with the headings"):
        read(book_of(tmp_path, ["colour", "taste"], ["red", "sweet"]))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 cut off", b"code,name\n1,2\n"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "book.xlsx").write_bytes(content)
    with pytest.raises(InvalidInput, match="is not a workbook that can be read"):
        read(tmp_path / "book.xlsx")
