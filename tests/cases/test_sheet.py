"""Tests of the workbook's layout: its columns, its rows, and the words headings are known by."""

from dataclasses import replace
from datetime import date

from tests.cases.samples import claim, counter, dossier, verification

from zonetwin.cases.classes import Rules
from zonetwin.cases.model import Quantity
from zonetwin.cases.sheet import (
    Names,
    SheetCase,
    heading_words,
    progress_columns,
    project_columns,
    workbook_rows,
)
from zonetwin.core.text import Text


def test_the_columns_stand_in_the_bureaus_order_with_units(rules: Rules) -> None:
    titles = [column.title("zh") for column in project_columns(rules.classes)]
    assert titles[:14] == [
        "编号", "项目名称", "英文名称", "类别", "建设性质", "牵头单位", "参与单位", "阶段", "核实阶段", "计划开工",
        "计划完工", "计划学位(个学位)", "申报学位(个学位)", "核实学位(个学位)",
    ]  # fmt: skip
    assert titles[-4:] == ["经度", "纬度", "对应指标", "备注"]
    assert [column.title("en") for column in progress_columns(rules.classes)][:6] == [
        "Number",
        "Date",
        "Stage",
        "Organisation",
        "Claimed or verified",
        "School places (school places)",
    ]


def test_no_two_columns_of_a_sheet_are_known_by_one_word(rules: Rules) -> None:
    for columns in (project_columns(rules.classes), progress_columns(rules.classes)):
        words = heading_words(columns)
        for column in columns:
            for word in (column.heading.zh, column.heading.en, column.name):
                assert words["".join(word.split()).casefold()] is column


def test_rows_have_names_in_the_language_and_only_what_stands(rules: Rules) -> None:
    built = claim(1, "building", "2024-01-05", length=3.0)
    wrong = claim(3, "complete", "2024-03-01")
    of = dossier(built, verification(2, built, "2024-02-01"), wrong, counter(4, wrong))
    case = replace(
        of.case,
        stage="building",
        verified_stage="building",
        targets=("T1", "T2"),
        quantities=(Quantity("length", "km", 8.0, 3.0, 3.0),),
    )
    names = Names(rules, {"builders": Text("建设局", "Building Bureau")}, "en")
    book = workbook_rows([SheetCase(replace(of, case=case), 121.0, 31.4)], names)
    headings, row = book["Projects"]
    cells = dict(zip(headings, row, strict=True))
    assert (cells["Category"], cells["Lead organisation"], cells["Stage"]) == (
        "Landscape trail",
        "Building Bureau",
        "Building",
    )
    assert (cells["Planned length (km)"], cells["Verified length (km)"], cells["Targets"]) == (
        8.0,
        3.0,
        "T1、T2",
    )
    assert cells["English title"] == "Trail"
    assert cells["Note"] is None
    headings, *rows = book["Progress"]
    entries = [dict(zip(headings, row, strict=True)) for row in rows]
    assert [
        (entry["Date"], entry["Claimed or verified"], entry["Day of the claim verified"]) for entry in entries
    ] == [
        (date(2024, 1, 5), "Claimed", None),
        (date(2024, 2, 1), "Verified", date(2024, 1, 5)),
    ]
