"""Judging a zone: from moves of projects over measurements to verdicts and target pages."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.zone.little_plan import make_zone

from zonetwin.cases.records import find_case
from zonetwin.core.actor import Actor
from zonetwin.core.errors import NotFound
from zonetwin.core.space import Box
from zonetwin.plans.model import Status
from zonetwin.plans.overview import PlanStatus
from zonetwin.zone.attaching import attach
from zonetwin.zone.creating import new_zone
from zonetwin.zone.judging import judge, judge_target
from zonetwin.zone.measuring import measure
from zonetwin.zone.projects import ProjectMove, record_move
from zonetwin.zone.settings import ZoneSettings
from zonetwin.zone.zone import Zone, open_zone

PACK = "plan-kunshan-2023"
TODAY = date(2024, 7, 1)
BUILDER, INSPECTOR = Actor("builder", "planning_construction"), Actor("inspector", "law_enforcement")
MEASURED = (
    *("schools_new_built", "schools_extension_started", "schools_extended", "resettlement_named_2023"),
    *("resettlement_named_2025", "land_banked_area", "sit_streets"),
)


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    """Give a zone with the plan's named projects, some of them moved, measured on 2024-07-01."""
    folder = tmp_path_factory.mktemp("zones") / "zone"
    settings = ZoneSettings("zone", "EPSG:4549", "Asia/Shanghai", ("zh", "en"), (PACK,), TODAY)
    new_zone(folder, settings=settings, box=Box(120.98, 31.33, 121.02, 31.37), actor=BUILDER)
    with open_zone(folder) as opened:
        _move(opened, "P125", "complete", date(2023, 12, 1), verified=True)
        _move(opened, "P126", "complete", date(2023, 12, 1), verified=False)
        _move(opened, "P127", "started", date(2023, 6, 1), verified=True)
        _move(opened, "P141", "delivered", date(2023, 11, 1), verified=True, floor_area=290_000.0)
        _move(opened, "P267", "complete", date(2023, 11, 1), verified=True)
        measure(opened, indicators=MEASURED, actor=BUILDER)
        yield opened


def _move(zone: Zone, key: str, stage: str, on: date, *, verified: bool, **quantities: float) -> None:
    number = find_case(zone.store, "project", key)
    assert number is not None
    claim = record_move(zone, number, ProjectMove(on, stage, quantities), actor=BUILDER)
    if verified:
        move = ProjectMove(on, verifies=claim.moves[-1].id)
        record_move(zone, number, move, actor=INSPECTOR)


@pytest.fixture(scope="module")
def status(zone: Zone) -> PlanStatus:
    return judge(zone)


def test_all_rows_are_judged_and_distinct_ones_summed_up(status: PlanStatus) -> None:
    assert (status.total, status.distinct, status.asked) == (138, 116, 101)
    assert sum(status.by_status.values()) == 116
    assert status.scored == sum(row.is_scored for row in status.rows if not row.target.duplicate_of)


def test_what_is_only_claimed_does_not_count(status: PlanStatus) -> None:
    schools = next(row.verdict for row in status.rows if row.target.id == "T061")
    assert (schools.status, schools.value, schools.claimed) == (Status.MISSED, 1.0, 2.0)
    assert "2 schools are claimed and would make it “Met”" in schools.reason.en


def test_a_start_is_not_a_completion(status: PlanStatus) -> None:
    found = {row.target.id: row.verdict for row in status.rows}
    assert (found["T060"].value, found["T015"].value) == (1.0, 0.0)


def test_named_projects_count_for_their_own_figure(status: PlanStatus) -> None:
    found = {row.target.id: row.verdict for row in status.rows}
    assert (found["T073"].status, found["T073"].value) == (Status.MET, 29.0)
    assert (found["T074"].status, found["T074"].value) == (Status.BEHIND, 0.0)


def test_an_empty_register_and_missing_data_are_no_zeros(status: PlanStatus) -> None:
    found = {row.target.id: row.verdict for row in status.rows}
    assert found["T037"].code == "no-data"
    assert found["T029"].code == "unmeasured"


def test_the_late_begin_with_what_was_missed(status: PlanStatus) -> None:
    assert status.late[0].verdict.status is Status.MISSED
    assert {row.verdict.status for row in status.late} <= {Status.MISSED, Status.BEHIND, Status.AT_RISK}
    assert "T061" in {row.target.id for row in status.late}


def test_organisations_count_what_they_lead(status: PlanStatus) -> None:
    totals = {group.name: group.total for group in status.organisations}
    assert totals["planning_construction"] == 111  # 116 but T009 and T021 to T024, which name nobody
    assert totals["investment_group"] == 14


def test_a_target_page_shows_relatives_course_projects_and_proof(zone: Zone) -> None:
    page = judge_target(zone, "T061")
    assert page.parent is not None
    assert page.parent.target.id == "T058"
    assert [case.key for case in page.cases] == ["P125", "P126"]
    assert [task.id for task in page.tasks] == ["P125", "P126"]
    assert page.indicator is not None
    assert page.indicator.name == "schools_new_built"
    assert page.row.verdict.proof
    ends = [point.day for point in page.course]
    assert ends[:4] == [date(2023, 3, 31), date(2023, 6, 30), date(2023, 9, 30), date(2023, 12, 31)]
    assert ends[-1] == TODAY
    assert [point.value for point in page.course][2:4] == [0.0, 1.0]


def test_a_goal_shows_its_task_and_the_projects_of_its_stages(zone: Zone) -> None:
    page = judge_target(zone, "T014")
    assert page.duplicates == ("T058",)
    assert [row.target.id for row in page.children] == ["T061"]
    assert [case.key for case in page.cases] == ["P125", "P126"]


def test_figures_of_one_clause_are_siblings(zone: Zone) -> None:
    assert judge_target(zone, "T035").siblings == ("T036",)
    assert set(judge_target(zone, "T041").siblings) == set()


def test_a_page_without_a_text_has_no_clause_but_its_span(zone: Zone) -> None:
    found = judge_target(zone, "T037").as_json()
    clause = found["clause"]
    assert isinstance(clause, dict)
    assert (clause["document"], clause["start"], clause["number_end"]) == (None, 3367, 3386)


def test_the_interface_has_the_names_agreed_on(zone: Zone) -> None:
    wanted = (
        "clause comparator_basis value_basis deadline_basis note participants scope start baseline required_pace "
        "duplicates children siblings series indicator proof measured_on unknown unknown_reasons projects"
    )
    assert set(wanted.split()) <= set(judge_target(zone, "T061").as_json())


def test_a_target_that_is_not_there_is_said(zone: Zone) -> None:
    with pytest.raises(NotFound, match="T999"):
        judge_target(zone, "T999")


def test_a_zone_without_projects_or_measurements_is_judged_too(tmp_path: Path) -> None:
    with open_zone(make_zone(tmp_path / "little", today=TODAY)) as opened:
        found = judge(opened)
    assert [row.verdict.code for row in found.rows] == ["unmeasured", "no-series", "unmeasured"]
    assert (found.total, found.distinct, found.scored) == (3, 2, 0)


@pytest.mark.real
def test_the_real_text_shows_every_clause(zone: Zone, real_data: Path) -> None:
    report = attach(zone, real_data.parent / "plan" / "action_plan.txt", BUILDER)
    assert (report.check.is_exact, len(report.check.kept)) == (True, 138)
    clause = judge_target(zone, "T126").clause
    assert clause is not None
    assert clause.number == "3~5"
    assert clause.number in clause.text
