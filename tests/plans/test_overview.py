"""The summary of a plan: distinct commitments, worst first."""

from datetime import date
from typing import Any

import pytest
from tests.plans.examples import target

from zonetwin.core.text import Text
from zonetwin.plans.model import Status, Target, Verdict
from zonetwin.plans.overview import LATE, PlanStatus, count_by_status, late_rows, summarise
from zonetwin.plans.plan import Organisation, Plan
from zonetwin.plans.rows import TargetRow

BUREAU = Organisation("planning_construction", Text("规建局", "Bureau"))
CENTRE = Organisation("social_governance", Text("中心", "Centre"), "social_administration")
BODY = Organisation("social_administration", Text("社管局", "Body"))


def _row(
    name: str,
    status: Status,
    *,
    value: float = 1.0,
    expected: float | None = 2.0,
    leads: tuple[Organisation, ...] = (BUREAU,),
    **changes: object,
) -> TargetRow:
    asked: Target = target(id=name, plan="kunshan-2023", **changes)
    verdict = Verdict(
        name, status, Text("因", "why"), value, value, None, None, expected, None, None, None, ""
    )
    return TargetRow(asked, verdict, leads, ())


ROWS = (
    _row("T1", Status.AT_RISK, value=1.5),
    _row("T2", Status.BEHIND, value=0.2),
    _row("T3", Status.BEHIND, value=0.1),
    _row("T4", Status.MISSED, expected=None, leads=(CENTRE,)),
    _row("T5", Status.MET, leads=()),
    _row("T6", Status.CANNOT_BE_SCORED),
    _row("T7", Status.NOT_A_TARGET),
    _row("T8", Status.BEHIND, duplicate_of="T2"),
)


@pytest.fixture
def status(plan: Plan) -> PlanStatus:
    return summarise((plan,), ROWS, today=date(2024, 7, 1))


def test_duplicates_are_counted_once_and_context_is_not_asked(status: PlanStatus) -> None:
    assert (status.total, status.distinct, status.asked, status.scored) == (8, 7, 6, 5)


def test_every_verdict_is_counted_over_distinct_rows(status: PlanStatus) -> None:
    assert status.by_status == {
        "met": 1,
        "on-track": 0,
        "at-risk": 1,
        "behind": 2,
        "missed": 1,
        "cannot-be-scored": 1,
        "not-a-target": 1,
    }


def test_the_late_are_listed_worst_first(status: PlanStatus) -> None:
    assert [row.target.id for row in status.late] == ["T4", "T3", "T2", "T1"]


def test_an_organisation_counts_what_it_leads_under_its_own_body(status: PlanStatus) -> None:
    found = {group.name: group.total for group in status.organisations}
    assert found == {"planning_construction": 5, "social_administration": 1}


def test_only_sections_with_rows_are_groups(plan: Plan) -> None:
    rows = (_row("T1", Status.MET, clause=plan.targets[0].clause),)
    (group,) = summarise((plan,), rows, today=date(2024, 7, 1)).sections
    assert (group.name, group.total, group.by_status["met"]) == ("二-1", 1, 1)


def test_late_rows_keep_the_order_of_the_plan_where_nothing_else_tells() -> None:
    rows = [_row(name, Status.BEHIND) for name in ("T9", "T8", "T7")]
    assert [row.target.id for row in late_rows(rows)] == ["T9", "T8", "T7"]
    assert LATE[0] is Status.MISSED


def test_json_has_the_names_of_the_interface(status: PlanStatus) -> None:
    found: dict[str, Any] = status.as_json()
    assert set(found) == {
        "plans", "today", "total", "distinct", "asked", "scored", "by_status", "sections", "organisations",
        "late", "attached",
    }  # fmt: skip
    (plan,) = found["plans"]
    assert (plan["name"], plan["start"], plan["end"]) == ("kunshan-2023", "2023-01-01", "2025-12-31")


def test_counting_no_rows_gives_zeros() -> None:
    assert set(count_by_status([]).values()) == {0}
