"""Tests of the declared flow's answers."""

import pytest

from zonetwin.cases.classes import Rules
from zonetwin.cases.flow import check_move, first_stage, next_stages
from zonetwin.core.errors import Conflict, InvalidInput


def test_a_project_begins_conceived_and_may_go_to_any_later_stage(rules: Rules) -> None:
    assert first_stage(rules.flow).name == "conceived"
    assert [stage.name for stage in next_stages(rules.flow, "building")] == [
        "complete",
        "delivered",
        "cancelled",
    ]


def test_a_project_cannot_go_back_and_is_told_where_it_can_go(rules: Rules) -> None:
    with pytest.raises(Conflict, match="From 'building' it can go to complete, delivered, cancelled"):
        check_move(rules.flow, "building", "started")


def test_nothing_follows_the_end_of_a_flow(rules: Rules) -> None:
    with pytest.raises(Conflict, match="'cancelled' is its end"):
        check_move(rules.flow, "cancelled", "started")


def test_a_complete_project_cannot_be_cancelled(rules: Rules) -> None:
    with pytest.raises(Conflict, match="it can go to delivered"):
        check_move(rules.flow, "complete", "cancelled")


def test_an_unknown_stage_is_named_with_those_there_are(rules: Rules) -> None:
    with pytest.raises(InvalidInput, match="no stage 'finished'") as caught:
        check_move(rules.flow, "building", "finished")
    assert "complete" in caught.value.hint
