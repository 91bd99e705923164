"""Tests of the bureau's workbook against the record: compared, applied, exported and compared again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from tests.zone.project_zone import CLERK, INSPECTOR, TODAY, TRAIL, make_project_zone

from zonetwin.cases.records import CaseFilter
from zonetwin.core.actor import STAFF
from zonetwin.core.errors import Conflict, InvalidInput, NotFound
from zonetwin.core.text import Language
from zonetwin.zone.project_rows import ProjectCard, project_card
from zonetwin.zone.projects import ProjectMove, create_project, list_projects, place_project, record_move
from zonetwin.zone.projects_xlsx import WorkbookDiff, apply_projects, diff_projects, export_projects
from zonetwin.zone.zone import Zone, open_zone

PROJECT = ["编号", "项目名称", "类别", "建设性质", "牵头单位", "计划完工", "计划长度(公里)", "经度", "纬度"]
PROGRESS = ["编号", "日期", "阶段", "单位", "申报/核实", "长度(公里)", "所核实的申报日期", "备注"]
ROW = ["P1", "河岸步道", "景观步道", "新建", "建设局", "2024-05-31", 8, 121.05, 31.4]


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_project_zone(tmp_path / "zone")) as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "book.xlsx"


def write(
    file: Path, projects: Sequence[Sequence[object]] = (), progress: Sequence[Sequence[object]] = ()
) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, headings, rows in (("项目", PROJECT, projects), ("进展", PROGRESS, progress)):
        page = book.create_sheet(name)
        for row in (headings, *rows):
            page.append(list(row))
    book.save(file)
    return file


def applied(zone: Zone, file: Path) -> ProjectCard:
    apply_projects(zone, file, token=diff_projects(zone, file).token, actor=CLERK)
    return project_card(zone, 1, STAFF)


def seen(diff: WorkbookDiff) -> list[tuple[str, int, str, str, str]]:
    return [(issue.sheet, issue.row, issue.column, issue.seen, issue.severity) for issue in diff.issues]


def test_a_new_project_is_added_with_its_ledger_and_place(zone: Zone, file: Path) -> None:
    write(
        file,
        [ROW],
        [
            ["P1", "2024-01-05", "在建", "建设局", "申报", 3],
            ["P1", "2024-02-01", "在建", "核验中心", "核实", 3],
            ["P1", "2024-06-01", "完工", "建设局", "申报", 8, None, "全线贯通"],
        ],
    )
    diff = diff_projects(zone, file)
    assert diff.issues == ()
    assert diff.as_json()["added"] == [{"key": "P1", "title": "河岸步道", "placed": True, "moves": 3}]
    assert zone.store.published("cases").num_rows == 0  # nothing is written by comparing
    card = applied(zone, file)
    assert (card.row.case.stage, card.row.case.verified_stage) == ("complete", "building")
    assert (card.row.point, card.row.case.area, card.row.case.planned_end) == (
        (121.05, 31.4),
        "west",
        date(2024, 5, 31),
    )
    (length,) = card.row.case.quantities
    assert (length.planned, length.claimed, length.verified) == (8.0, 8.0, 3.0)
    assert [(move.organisation, move.verifies) for move in card.moves] == [
        ("builders", None),
        ("inspectors", 1),
        ("builders", None),
    ]


def test_applying_twice_changes_nothing(zone: Zone, file: Path) -> None:
    write(
        file,
        [ROW],
        [["P1", "2024-01-05", "在建", "建设局", "申报", 3], ["P1", "2024-02-01", "在建", "核验中心", "核实"]],
    )
    applied(zone, file)
    diff = diff_projects(zone, file)
    assert (diff.unchanged, diff.added, diff.issues) == (1, [], ())
    before = zone.store.last_change
    apply_projects(zone, file, token=diff.token, actor=CLERK)
    assert zone.store.last_change == before


def test_a_changed_field_is_shown_before_and_after_by_name(zone: Zone, file: Path) -> None:
    applied(zone, write(file, [ROW]))
    row = [*ROW]
    row[2], row[4], row[5], row[6] = "慢行廊道", "核验中心", 45657, None  # 45657 is 2024-12-31
    diff = diff_projects(zone, write(file, [row]))
    changes = diff.as_json()["changed"]
    assert isinstance(changes, list)
    assert [(change["field"], change["before"], change["after"]) for change in changes] == [
        ("category", "景观步道", "慢行廊道"),
        ("organisation", "建设局", "核验中心"),
        ("planned_end", "2024-05-31", "2024-12-31"),
        ("planned:length", "8", ""),
    ]
    card = applied(zone, file)
    assert (card.row.case.category, card.row.case.planned_end) == ("slow_corridor", date(2024, 12, 31))
    assert [edit.field for edit in card.edits] == [
        "category",
        "organisation",
        "planned_end",
        "planned:length",
    ]


def test_a_column_that_is_not_there_leaves_its_field_alone(zone: Zone, file: Path) -> None:
    applied(zone, write(file, [ROW]))
    book = load_workbook(file)
    book["项目"].delete_cols(3, 5)
    book.save(file)
    diff = diff_projects(zone, file)
    assert (diff.unchanged, diff.issues) == (1, ())


def test_one_bad_row_never_drops_the_file(zone: Zone, file: Path) -> None:
    write(
        file,
        [
            ROW,
            ["P2", "乙", "公园们", "新建", "建设局"],
            ["P3", "丙", "公园", "新建", "建设局", "明年"],
            [None, "丁", "公园", "新建", "建设局"],
            ["P1", "再来", "公园", "新建", "建设局"],
            ["P6", "", "公园", "新建", "建设局"],
            ["P7", "庚", "公园", "新建", "建设局", None, 3],
            ["P8", "辛", "公园", "新建", "不认识局"],
            ["P9", "壬", "公园", "新建", "建设局", None, None, 31.4, 121.05],
        ],
        [["P2", "2024-01-05", "在建", "建设局", "申报"]],
    )
    diff = diff_projects(zone, file)
    assert [project.key for project in diff.projects] == ["P1", "P8"]
    assert seen(diff) == [
        ("进展", 2, "A", "P2", "error"),
        ("项目", 3, "C", "公园们", "error"),
        ("项目", 4, "F", "明年", "error"),
        ("项目", 5, "A", "", "error"),
        ("项目", 6, "A", "P1", "error"),
        ("项目", 7, "", "P6", "error"),
        ("项目", 8, "", "P7", "error"),
        ("项目", 9, "E", "不认识局", "warning"),
        ("项目", 10, "", "P9", "error"),
    ]
    assert apply_projects(zone, file, token=diff.token, actor=CLERK).added == 2


def test_a_ledger_row_that_cannot_stand_is_told_with_what_to_do(zone: Zone, file: Path) -> None:
    write(
        file,
        [ROW],
        [
            ["P1", "2024-01-05", "在建", "建设局", "申报", 3],
            ["P1", "2024-02-01", "在建", "建设局", "核实"],
            ["P1", "2024-03-01", "启动", "建设局", "申报"],
            ["P1", "2024-07-01", "完工", "建设局", "申报"],
            ["P1", "2024-04-01", "完工", "核验中心", "核实"],
            ["P1", "2024-05-01", "在建", "建设局", "批准"],
            ["P1", None, "在建", "建设局", "申报"],
            ["P1", "2024-05-01", "在建", "建设局", "申报", "2.5亩"],
        ],
    )
    diff = diff_projects(zone, file)
    (project,) = diff.projects
    assert len(project.entries) == 1
    assert {issue.row: issue.expected for issue in diff.issues} == {
        3: "'builders' made this claim and cannot verify it.",
        4: "The case cannot go to 'started'. From 'building' it can go to complete, delivered, cancelled.",
        5: "2024-07-01 lies after today, 2024-06-30.",
        6: "a claim of this stage, on or before this day, that is not verified",
        7: "申报 or 核实",
        8: "the day on which this held",
        9: "'2.5亩' is in 亩, which measures something else than km.",
    }


def test_what_follows_from_the_ledger_is_compared_and_not_taken(zone: Zone, file: Path) -> None:
    applied(zone, write(file, [ROW]))
    export_projects(zone, file, STAFF)
    book = load_workbook(file)
    headings = {str(cell.value): number for number, cell in enumerate(book["项目"][1], start=1)}
    book["项目"].cell(2, headings["阶段"], "完工")
    book["项目"].cell(2, headings["申报长度(公里)"], 8)
    book.save(file)
    diff = diff_projects(zone, file)
    assert diff.unchanged == 1
    assert [(issue.heading, issue.seen, issue.expected, issue.severity) for issue in diff.issues] == [
        ("阶段", "完工", "谋划", "warning"),
        ("申报长度", "8", "—", "warning"),
    ]


def test_a_token_is_bound_to_the_file_and_to_the_projects_as_they_were(zone: Zone, file: Path) -> None:
    token = diff_projects(zone, write(file, [ROW])).token
    create_project(zone, replace(TRAIL, key="P9"), actor=CLERK)
    with pytest.raises(Conflict, match="have changed since"):
        apply_projects(zone, file, token=token, actor=CLERK)
    token = diff_projects(zone, file).token
    with pytest.raises(InvalidInput, match="not the file that was compared"):
        apply_projects(zone, write(file, []), token=token, actor=CLERK)
    with pytest.raises(InvalidInput, match="not the token"):
        apply_projects(zone, file, token="yes", actor=CLERK)


def test_a_kept_workbook_is_applied_by_its_token_alone(zone: Zone, file: Path) -> None:
    token = diff_projects(zone, write(file, [ROW]), keep=True).token
    file.unlink()
    assert apply_projects(zone, token=token, actor=CLERK).added == 1
    with pytest.raises(NotFound):
        diff_projects(zone, file)


def test_a_point_moves_a_point_and_never_an_outline(zone: Zone, file: Path) -> None:
    applied(zone, write(file, [ROW]))
    row = [*ROW]
    row[7] = 121.15
    assert applied(zone, write(file, [row])).row.point == (121.15, 31.4)
    place_project(zone, 1, shapely.box(121.02, 31.4, 121.04, 31.42), actor=CLERK)
    diff = diff_projects(zone, file)
    assert (diff.unchanged, [issue.severity for issue in diff.issues]) == (1, ["warning"])


def test_the_second_sheet_alone_adds_entries(zone: Zone, file: Path) -> None:
    applied(zone, write(file, [ROW]))
    write(file, progress=[["P1", "2024-01-05", "在建", None, None, "3000米"]])
    book = load_workbook(file)
    del book["项目"]
    book.save(file)
    diff = diff_projects(zone, file)
    assert diff.as_json()["moves"] == [
        {
            "key": "P1",
            "on": "2024-01-05",
            "stage": "building",
            "organisation": "builders",
            "verifies": False,
            "quantities": {"length": 3.0},
            "note": "",
        }
    ]
    assert applied(zone, file).row.case.stage == "building"


def test_a_verification_finds_the_claim_with_its_totals(zone: Zone, file: Path) -> None:
    rows = [
        ["P1", "2024-01-05", "在建", "建设局", "申报", 3],
        ["P1", "2024-02-05", "在建", "建设局", "申报", 5],
        ["P1", "2024-03-01", "在建", "核验中心", "核实", 3],
    ]
    card = applied(zone, write(file, [ROW], rows))
    assert (card.moves[2].verifies, card.unverified) == (1, (2,))


def test_a_verification_may_find_less_and_comes_back_as_it_is(zone: Zone, file: Path) -> None:
    rows = [
        ["P1", "2024-01-05", "在建", "建设局", "申报", 3],
        ["P1", "2024-03-01", "在建", "核验中心", "核实", 2.5, "2024-01-05"],
    ]
    card = applied(zone, write(file, [ROW], rows))
    assert card.row.case.quantities[0].verified == 2.5
    export_projects(zone, file, STAFF)
    diff = diff_projects(zone, file)
    assert (diff.unchanged, diff.issues) == (1, ())


texts = st.text(st.characters(codec="utf-8"), max_size=30)
days = st.dates(date(2023, 1, 1), TODAY)


@st.composite
def ledgers(draw: st.DrawFn) -> list[tuple[ProjectMove, bool]]:
    """Claims of rising stages and totals on rising days, each with whether it is verified."""
    stages = ("preparing", "started", "building", "complete", "delivered")
    rank, day, total = 0, draw(days), 0.0
    entries = []
    for _ in range(draw(st.integers(0, 4))):
        rank = draw(st.integers(rank, len(stages) - 1))
        day = min(day + timedelta(days=draw(st.integers(0, 60))), TODAY)
        total += draw(st.floats(0, 1e6, allow_nan=False))
        entries.append((ProjectMove(day, stages[rank], {"length": total}, draw(texts)), draw(st.booleans())))
    return entries


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drafts=st.lists(
        st.tuples(texts, texts, st.none() | days, st.none() | st.floats(0, 1e7, allow_nan=False), ledgers()),
        min_size=1,
        max_size=3,
    ),
    placed=st.booleans(),
    language=st.sampled_from(("zh", "en")),
)
def test_what_is_exported_comes_back_as_no_change(
    zone: Zone,
    file: Path,
    drafts: list[tuple[str, str, date | None, float | None, list[tuple[ProjectMove, bool]]]],
    placed: bool,
    language: Language,
) -> None:
    for title, note, end, length, entries in drafts:
        draft = replace(
            TRAIL,
            key="",
            title=f"步道{title}",
            note=note,
            planned_start=None,
            planned_end=end,
            planned={} if length is None else {"length": length},
            participants=("inspectors", "builders"),
        )
        shape = shapely.Point(121.0123456, 31.4123456) if placed else None
        number = create_project(zone, draft, shape=shape, actor=CLERK).row.case.id
        for move, is_verified in entries:
            card = record_move(zone, number, move, actor=CLERK)
            if is_verified:
                check = ProjectMove(TODAY, verifies=card.moves[-1].id)
                record_move(zone, number, check, actor=INSPECTOR)
    export_projects(zone, file, STAFF, language=language)
    diff = diff_projects(zone, file)
    total = list_projects(zone, CaseFilter(), STAFF).total
    assert (diff.unchanged, diff.added, diff.issues) == (total, [], ())
