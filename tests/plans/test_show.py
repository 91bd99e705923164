"""Tables for people."""

from datetime import date

from zonetwin.plans.ledger import judge_targets
from zonetwin.plans.overview import summarise
from zonetwin.plans.plan import Plan
from zonetwin.plans.rows import rows_of_plan
from zonetwin.plans.show import plan_json, plan_table, status_table

TODAY = date(2024, 7, 1)


def test_every_row_of_the_plan_is_shown_in_both_languages(plan: Plan) -> None:
    for language in ("zh", "en"):
        table = plan_table(plan, "zh" if language == "zh" else "en")
        assert len(table.rows) == 138
        assert all(len(row) == len(table.columns) and all(row) for row in table.rows)


def test_a_row_says_who_leads_and_what_measures_or_why_nothing_does(plan: Plan) -> None:
    rows = {row[0]: row for row in plan_table(plan, "zh").rows}
    assert rows["T008"][3:] == ("≥ 3,000 亩", "2025-12-31", "规建局", "T037", "land_banked_area")
    assert rows["T024"][-1] == "还没有接入这项数据的来源。"


def test_the_status_table_says_how_many_were_scored(plan: Plan) -> None:
    verdicts = judge_targets(plan.targets, {}, today=TODAY, rules=plan.rules)
    table = status_table(summarise((plan,), rows_of_plan(plan, verdicts), today=TODAY), "zh")
    # 116 distinct rows, 15 of them context figures or parameters.
    assert table.title == "2024-07-01:101 项目标中 0 项已评分(无法评分 101、不是目标 15)"
    assert len(table.rows) == 138
    assert all(row[-1] for row in table.rows)


def test_json_lists_every_target_with_its_spans(plan: Plan) -> None:
    found = plan_json(plan)
    assert (found["total"], found["distinct"]) == (138, 116)
    targets = found["targets"]
    assert isinstance(targets, list)
    assert targets[7]["clause"] == [698, 709]
    assert targets[7]["number"] == [702, 706]
