"""Rows of targets as lists show them."""

from datetime import date

from zonetwin.plans.ledger import judge_targets
from zonetwin.plans.plan import Plan
from zonetwin.plans.rows import TargetRow, rows_of_plan


def _rows(plan: Plan) -> dict[str, TargetRow]:
    verdicts = judge_targets(plan.targets, {}, today=date(2024, 7, 1), rules=plan.rules)
    return {row.target.id: row for row in rows_of_plan(plan, verdicts)}


def test_every_target_has_a_row_in_the_order_of_the_plan(plan: Plan) -> None:
    assert list(_rows(plan)) == [target.id for target in plan.targets]


def test_a_goal_shows_the_organisations_of_its_task(plan: Plan) -> None:
    row = _rows(plan)["T014"]
    assert [lead.title.zh for lead in row.leads] == ["规建局", "社管局"]
    assert len(row.participants) == 6


def test_json_has_the_names_of_the_interface(plan: Plan) -> None:
    found = _rows(plan)["T008"].as_json()
    wanted = (
        "id plan section section_title subject comparator value value_max unit unit_symbol direction deadline "
        "cadence leads duplicate_of parent relation indicator status reason measured share expected sort"
    )
    assert set(wanted.split()) <= set(found)
    assert (found["id"], found["value"], found["unit"], found["status"]) == (
        "T008",
        3000.0,
        "亩",
        "cannot-be-scored",
    )
    assert found["aim"] == {"zh": "≥ 3,000 亩", "en": "≥ 3,000 mu"}
    assert found["leads"] == [
        {
            "code": "planning_construction",
            "name": {"zh": "规建局", "en": "Planning and Construction Bureau"},
        }
    ]
    assert found["measured"] is None
