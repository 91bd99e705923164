"""A plan's targets together: duplicates, verbs that differ, stages."""

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from tests.plans.examples import END, MIDDLE, RULES, START, target, total

from zonetwin.core.gap import Gap
from zonetwin.core.text import Text
from zonetwin.plans.ledger import Evidence, judge_targets, leads_of, participants_of
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Status, Target, Verdict

RESERVE = "land_banked_area"
TASK = target(id="T2", participants=("helper",))
GOAL = target(id="T1", duplicate_of="T2", leads=())


def _judge(
    targets: Sequence[Target], series: Mapping[str, Measured], *, today: date = MIDDLE
) -> dict[str, Verdict]:
    evidence = {name: Evidence((item,)) for name, item in series.items()}
    return judge_targets(targets, evidence, today=today, rules=RULES)


def test_a_duplicate_takes_the_verdict_of_its_original() -> None:
    found = _judge([GOAL, TASK], {RESERVE: total(1500.0, MIDDLE)})
    assert list(found) == ["T1", "T2"]
    assert found["T1"].target == "T1"
    assert (found["T1"].status, found["T1"].value) == (found["T2"].status, found["T2"].value)
    assert found["T1"].reason.en == "The same commitment as T2. " + found["T2"].reason.en


def test_a_duplicate_takes_it_even_where_its_own_comparator_is_stricter() -> None:
    about = target(id="T2", comparator="~")
    found = _judge([GOAL, about], {RESERVE: total(2900.0, END)}, today=date(2026, 1, 1))
    assert found["T1"].status is Status.MET  # 2900 of about 3000 is within 5 %


def test_a_duplicate_in_another_verb_is_judged_by_its_own_indicator() -> None:
    done = target(id="T1", duplicate_of="T2", indicator="completed")
    begun = target(id="T2", indicator="started")
    found = _judge([done, begun], {"completed": total(0.0, MIDDLE), "started": total(3000.0, MIDDLE)})
    assert (found["T1"].status, found["T2"].status) == (Status.BEHIND, Status.MET)


def test_a_goal_has_the_organisations_of_its_task() -> None:
    by_id = {"T1": GOAL, "T2": TASK}
    assert leads_of(GOAL, by_id) == ("bureau",)
    assert participants_of(GOAL, by_id) == ("helper",)
    assert leads_of(target(id="T3", leads=()), by_id) == ()


@pytest.mark.parametrize(("done", "said"), [(900.0, True), (1000.0, False)])
def test_a_missed_stage_is_said_at_its_whole(done: float, said: bool) -> None:
    stage = target(
        id="T3", value=1000.0, deadline=date(2023, 12, 31), parent="T2", relation="stage", indicator="early"
    )
    measured = {"early": total(done, date(2023, 12, 31)), RESERVE: total(2000.0, MIDDLE)}
    found = _judge([GOAL, TASK, stage], measured)
    assert ("Its stage T3 was missed." in found["T2"].reason.en) is said
    assert ("Its stage T3 was missed." in found["T1"].reason.en) is said
    assert found["T2"].status is Status.ON_TRACK


def test_a_part_in_another_unit_says_nothing_about_its_whole() -> None:
    part = target(id="T3", unit="家", value=60.0, parent="T2", relation="component", indicator="firms")
    found = _judge([TASK, part], {RESERVE: total(2000.0, MIDDLE), "firms": total(0.0, MIDDLE, unit="家")})
    assert (found["T2"].status, found["T3"].status) == (Status.ON_TRACK, Status.BEHIND)
    assert "T3" not in found["T2"].reason.en


def test_what_was_not_measured_says_why() -> None:
    gap = Gap("no-data", Text("没有数据。", "No data."))
    found = judge_targets([TASK], {RESERVE: Evidence((), gap)}, today=START, rules=RULES)
    assert found["T2"].code == "no-data"
