"""Reading plan packs: every fault at once, each with its file and line."""

from datetime import date

import pytest
from tests.plans.sample_pack import PLAN, TARGET, TASK, Row, catalogue_of

from zonetwin.core.errors import InvalidPack
from zonetwin.packs.model import Catalogue
from zonetwin.plans.plan import Plan
from zonetwin.plans.reading import plan_faults, read_plans


def _messages(*targets: Row) -> list[str]:
    return [str(issue) for issue in plan_faults(catalogue_of(*targets))]


def test_a_good_pack_is_read() -> None:
    (plan,) = read_plans(catalogue_of())
    (target,) = plan.targets
    assert (target.value, target.unit, target.leads, target.indicator) == (
        3000.0,
        "亩",
        ("bureau",),
        "reserve",
    )
    assert (target.clause.number_start, target.clause.number_end) == (4, 8)
    assert plan.tasks[0].targets == ("T1",)
    assert (plan.start, plan.end) == (date(2023, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("sort", "wish", "sort is 'wish', expected one of 'target'"),
        ("section", "九", "section '九' is not listed"),
        ("subject_en", "", "subject needs both languages"),
        ("comparator", "<", "comparator is '<'"),
        ("value", "many", "value is 'many', expected a number"),
        ("value", "inf", "value is 'inf', expected a number"),
        ("value", "", "value is empty"),
        ("value_max", "2000", "value_max 2000 does not lie above value 3000"),
        ("unit", "acre", "The unit 'acre' is unknown"),
        ("direction", "sideways", "direction is 'sideways'"),
        ("start", "2026-01-01", "needs a start that does not lie after it"),
        ("start", "", "needs a start that does not lie after it"),
        ("deadline", "31.12.2025", "expected a day such as 2025-12-31"),
        ("deadline_basis", "none", "a basis other than none needs a deadline"),
        ("cadence", "weekly", "cadence is 'weekly'"),
        ("leads", "nobody", "leads names the organisation 'nobody'"),
        ("parent", "T9", "parent and relation belong together"),
        ("duplicate_of", "T9", "duplicate_of names 'T9'"),
        ("indicator", "", "needs either an indicator or the code of a reason"),
        ("unbound", "no-series", "needs either an indicator or the code of a reason"),
        ("baseline", "x", "baseline is 'x'"),
        ("clause_start", "-1", "expected a count of characters"),
        ("number_end", "99", "does not lie inside the span of the clause"),
        ("number_digest", "", "number_digest is empty"),
        ("note_zh", "只有中文", "note needs both languages"),
    ],
)
def test_a_fault_is_said_at_its_line(column: str, value: str, message: str) -> None:
    found = _messages(TARGET | {column: value})
    assert any(line.startswith("p/plan/targets.csv:2:") and message in line for line in found), found


def test_all_faults_are_said_at_once() -> None:
    second = TARGET | {"id": "T2", "unit": "acre", "leads": "nobody"}
    found = _messages(TARGET | {"value": "many"}, second)
    assert {line.split(":")[1] for line in found} == {"2", "3"}
    assert len(found) >= 4


def test_the_same_id_twice_is_a_fault() -> None:
    assert any("'T1' is there twice" in line for line in _messages(TARGET, TARGET))


def test_a_duplicate_of_a_duplicate_is_a_fault() -> None:
    rows = [TARGET, TARGET | {"id": "T2", "duplicate_of": "T1"}, TARGET | {"id": "T3", "duplicate_of": "T2"}]
    assert any("which is not an original row" in line for line in _messages(*rows))


def test_a_target_is_not_its_own_parent() -> None:
    assert any(
        "not another row" in line for line in _messages(TARGET | {"parent": "T1", "relation": "stage"})
    )


def test_an_unlisted_reason_is_a_fault() -> None:
    found = _messages(TARGET | {"indicator": "", "unbound": "no-serie"})
    assert any("Did you mean 'no-series'?" in line for line in found)


def test_a_task_may_only_name_targets_that_exist() -> None:
    catalogue = catalogue_of(tasks=(TASK | {"targets": "T1;T7"},))
    assert [str(issue) for issue in plan_faults(catalogue)] == [
        "p/plan/tasks.csv:2: targets names the target 'T7', which is not listed."
    ]


def test_a_missing_file_and_a_missing_column_are_faults() -> None:
    catalogue = catalogue_of()
    tables = dict(catalogue.packs[0].plan)
    del tables["sections"]
    tables["tasks"] = type(tables["tasks"])("tasks", "p", "p/plan/tasks.csv", ("id",), (), ())
    object.__setattr__(catalogue.packs[0], "plan", tables)
    found = [str(issue) for issue in plan_faults(catalogue)]
    assert "p/plan/sections.csv: The file is missing." in found
    assert any(line.startswith("p/plan/tasks.csv:1: The columns") for line in found)


def test_a_plan_ends_after_it_starts() -> None:
    catalogue = catalogue_of(plan=PLAN | {"end": "2022-12-31"})
    with pytest.raises(InvalidPack, match="needs a start and an end after it"):
        read_plans(catalogue)


def test_the_shipped_plan_has_no_faults(catalogue: Catalogue, plan: Plan) -> None:
    assert plan_faults(catalogue) == ()
    assert len(plan.sections) == 32  # preamble, guiding ideas, 5 goals, 1 + 5 * 4 task headings, 4 safeguards
    assert len(plan.organisations) == 17
    assert len(plan.tasks) == 326
