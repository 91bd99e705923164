"""Tests of what a ledger says: stages, first days, totals and what was added when."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.samples import claim, counter, verification

from zonetwin.cases.classes import Rules
from zonetwin.cases.ledger import (
    Step,
    claimed_stage,
    quantity_steps,
    quantity_totals,
    stage_days,
    standing_moves,
    unverified_claims,
    verified_stage,
)
from zonetwin.cases.model import CaseMove

OPENED = date(2023, 1, 1)


def days(rules: Rules, *moves: CaseMove) -> dict[str, tuple[str, str]]:
    return {
        day.stage: (str(day.claimed_on or "-"), str(day.verified_on or "-"))
        for day in stage_days(rules.flow, OPENED, moves)
    }


def test_a_case_without_entries_is_in_the_first_stage_since_it_was_opened(rules: Rules) -> None:
    assert claimed_stage(rules.flow, ()).name == "conceived"
    assert verified_stage(rules.flow, ()) is None
    assert days(rules)["conceived"] == ("2023-01-01", "-")
    assert days(rules)["preparing"] == ("-", "-")


def test_a_later_stage_implies_the_earlier_ones_on_its_day(rules: Rules) -> None:
    found = days(rules, claim(1, "started", "2023-03-01"), claim(2, "complete", "2024-02-01"))
    assert found["preparing"] == found["started"] == ("2023-03-01", "-")
    assert found["building"] == found["complete"] == ("2024-02-01", "-")
    assert found["delivered"] == ("-", "-")


def test_a_verified_claim_holds_on_its_own_day_not_on_that_of_the_verification(rules: Rules) -> None:
    done = claim(1, "complete", "2023-12-20")
    found = days(rules, done, verification(2, done, "2024-01-15"))
    assert found["complete"] == ("2023-12-20", "2023-12-20")


def test_only_verified_claims_verify_the_stages_before_them(rules: Rules) -> None:
    """The start claimed in March was never verified; the verified completion implies a start in 2024 at the latest."""
    begun, done = claim(1, "started", "2023-03-01"), claim(2, "complete", "2024-02-01", start="started")
    found = days(rules, begun, done, verification(3, done, "2024-02-10"))
    assert found["started"] == ("2023-03-01", "2024-02-01")


def test_a_cancelled_case_keeps_the_days_it_had_and_gains_none(rules: Rules) -> None:
    moves = (claim(1, "started", "2023-03-01"), claim(2, "cancelled", "2023-09-01", start="started"))
    found = days(rules, *moves)
    assert claimed_stage(rules.flow, moves).name == "cancelled"
    assert found["cancelled"] == ("2023-09-01", "-")
    assert found["started"] == ("2023-03-01", "-")
    assert found["building"] == ("-", "-")


def test_an_entry_taken_back_counts_no_longer_and_nor_does_its_counter_entry(rules: Rules) -> None:
    begun = claim(1, "started", "2023-03-01")
    moves = (begun, counter(2, begun))
    assert standing_moves(moves) == []
    assert claimed_stage(rules.flow, moves).name == "conceived"


def test_a_verification_taken_back_leaves_the_claim_unverified() -> None:
    begun = claim(1, "started", "2023-03-01")
    seen = verification(2, begun, "2023-03-05")
    assert unverified_claims((begun, seen)) == []
    assert unverified_claims((begun, seen, counter(3, seen))) == [1]


def test_amounts_are_the_differences_of_totals() -> None:
    """Totals 3, 5 and 8 km: 3, 2 and 3 added. Only the second is verified, so all its 5 km are verified on its day."""
    first = claim(1, "building", "2023-04-01", length=3.0)
    second = claim(2, "building", "2023-08-01", length=5.0)
    third = claim(3, "building", "2024-02-01", length=8.0)
    moves = (first, second, third, verification(4, second, "2023-09-01"))
    assert quantity_steps(moves) == [
        Step("length", date(2023, 4, 1), 3.0, 0.0),
        Step("length", date(2023, 8, 1), 2.0, 5.0),
        Step("length", date(2024, 2, 1), 3.0, 0.0),
    ]
    assert quantity_totals(moves) == {"length": (8.0, 5.0)}


def test_two_totals_of_one_day_are_one_step() -> None:
    moves = (claim(1, "building", "2023-04-01", length=3.0), claim(2, "building", "2023-04-01", length=4.5))
    assert quantity_steps(moves) == [Step("length", date(2023, 4, 1), 4.5, 0.0)]


def test_a_verification_may_find_less_than_was_claimed() -> None:
    first = claim(1, "building", "2023-04-01", length=3.0)
    moves = (first, verification(2, first, "2023-05-01", length=2.5))
    assert quantity_totals(moves) == {"length": (3.0, 2.5)}
    assert quantity_steps(moves) == [Step("length", date(2023, 4, 1), 3.0, 2.5)]


def test_a_total_may_fall_and_is_then_a_negative_step() -> None:
    moves = (claim(1, "building", "2023-04-01", length=3.0), claim(2, "building", "2023-06-01", length=2.0))
    assert quantity_steps(moves)[1] == Step("length", date(2023, 6, 1), -1.0, 0.0)


STAGES = ("conceived", "preparing", "started", "building", "complete", "delivered")


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[CaseMove, ...]:
    """Ledgers in which stages and days rise, some claims are verified and some entries are taken back."""
    moves: list[CaseMove] = []
    rank, day = 0, OPENED
    for _ in range(draw(st.integers(0, 8))):
        rank = draw(st.integers(rank, len(STAGES) - 1))
        day += timedelta(days=draw(st.integers(0, 90)))
        amount = float(draw(st.integers(0, 40)))
        entry = claim(len(moves) + 1, STAGES[rank], day.isoformat(), length=amount)
        moves.append(entry)
        if draw(st.booleans()):
            moves.append(verification(len(moves) + 1, entry, day.isoformat()))
        elif draw(st.integers(0, 3)) == 0:
            moves.append(counter(len(moves) + 1, entry))
    return tuple(moves)


@given(ledgers())
def test_the_steps_of_a_quantity_sum_to_its_totals(moves: tuple[CaseMove, ...]) -> None:
    steps = quantity_steps(moves)
    claimed, verified = quantity_totals(moves).get("length", (0.0, None))
    assert sum(step.claimed for step in steps) == pytest.approx(claimed)
    assert sum(step.verified for step in steps) == pytest.approx(verified or 0.0)


@given(moves=ledgers())
def test_nothing_is_verified_that_is_not_claimed_and_later_stages_come_later(
    rules: Rules, moves: tuple[CaseMove, ...]
) -> None:
    found = stage_days(rules.flow, OPENED, moves)
    verified = verified_stage(rules.flow, moves)
    assert verified is None or verified.rank <= claimed_stage(rules.flow, moves).rank
    for earlier, later in pairwise(found[:-1]):
        if later.claimed_on:
            assert earlier.claimed_on
            assert earlier.claimed_on <= later.claimed_on
        if later.verified_on:
            assert earlier.verified_on
            assert earlier.verified_on <= later.verified_on
    for day in found:
        if day.verified_on:
            assert day.claimed_on
            assert day.claimed_on <= day.verified_on
