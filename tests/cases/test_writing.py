"""Tests of writing cases into a real record, and of what the record then publishes."""

from datetime import date

import pytest

from zonetwin.cases.classes import Rules
from zonetwin.cases.fields import CaseChange
from zonetwin.cases.model import Case, CaseDraft, Claim, Quantity, Verification
from zonetwin.cases.records import history, read_case, read_dossier, read_edits, read_stage_days
from zonetwin.cases.writing import (
    Occasion,
    add_evidence,
    change_case,
    open_case,
    record_claim,
    record_verification,
    withdraw,
)
from zonetwin.core.actor import Actor
from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.store.model import Store

CLERK = Actor("clerk", "builders")
TRAIL = CaseDraft(
    "project",
    "河岸步道",
    "trail",
    "builders",
    key="P1",
    title_en="Riverside trail",
    work="new",
    participants=("finance", "offices"),
    planned_start=date(2023, 2, 1),
    planned_end=date(2024, 5, 1),
    targets=("T087",),
    planned={"length": 8.0},
)


def opened(store: Store, rules: Rules, occasion: Occasion, draft: CaseDraft = TRAIL) -> Case:
    with store.begin(actor=CLERK, tool="test") as writer:
        return open_case(store, writer, draft, rules, occasion)


def claimed(store: Store, rules: Rules, occasion: Occasion, case: int, claim: Claim) -> int:
    with store.begin(actor=CLERK, tool="test") as writer:
        return record_claim(store, writer, case, claim, rules, occasion).id


def test_an_opened_case_is_read_back_as_it_was_drafted(
    store: Store, rules: Rules, occasion: Occasion
) -> None:
    case = opened(store, rules, occasion)
    assert read_case(store, case.id) == case
    assert (case.stage, case.verified_stage, case.participants) == ("conceived", "", ("finance", "offices"))
    assert case.quantities == (Quantity("length", "km", 8.0),)


def test_a_claim_moves_the_case_and_its_verification_follows(
    store: Store, rules: Rules, occasion: Occasion
) -> None:
    case = opened(store, rules, occasion)
    entered = Claim(date(2024, 1, 5), "builders", "building", {"length": 3.0}, note="north bank")
    claim = claimed(store, rules, occasion, case.id, entered)
    with store.begin(actor=CLERK, tool="test") as writer:
        record_verification(
            store, writer, case.id, Verification(claim, date(2024, 2, 1), "inspectors"), rules, occasion
        )
    now = read_case(store, case.id)
    assert (now.stage, now.verified_stage) == ("building", "building")
    assert now.quantities == (Quantity("length", "km", 8.0, 3.0, 3.0),)
    building = next(day for day in read_stage_days(store, case.id) if day.stage == "building")
    assert (building.claimed_on, building.verified_on) == (date(2024, 1, 5), date(2024, 1, 5))


def test_the_published_tables_hold_what_the_ledger_says(
    store: Store, rules: Rules, occasion: Occasion
) -> None:
    case = opened(store, rules, occasion)
    claimed(store, rules, occasion, case.id, Claim(date(2024, 1, 5), "builders", "building", {"length": 3.0}))
    (row,) = store.published("cases").to_pylist()
    assert (row["feature"], row["stage"], row["stage_rank"], row["plan_targets"]) == (
        "case/1",
        "building",
        3,
        "T087",
    )
    assert (row["verified_rank"], row["planned_end"]) == (None, date(2024, 5, 1))
    (progress,) = store.published("case_progress").to_pylist()
    assert progress == {
        "case_id": 1, "name": "length", "unit": "km", "on_day": date(2024, 1, 5), "claimed": 3.0, "verified": 0.0,
    }  # fmt: skip
    assert len(store.published("case_stage")) == 7
    (move,) = store.published("case_move").to_pylist()
    assert (move["start_stage"], move["end_stage"], move["organisation"]) == (
        "conceived",
        "building",
        "builders",
    )


def test_an_entry_taken_back_stays_in_the_history_and_leaves_the_published_ledger(
    store: Store, rules: Rules, occasion: Occasion
) -> None:
    case = opened(store, rules, occasion)
    claim = claimed(
        store, rules, occasion, case.id, Claim(date(2024, 1, 5), "builders", "building", {"length": 3.0})
    )
    with store.begin(actor=CLERK, tool="test") as writer:
        withdraw(store, writer, case.id, claim, rules, occasion, organisation="builders", note="wrong case")
    assert [(entry.id, entry.withdraws) for entry in history(store, case.id)] == [(1, None), (2, 1)]
    assert read_case(store, case.id).stage == "conceived"
    assert store.published("case_move").num_rows == store.published("case_progress").num_rows == 0


def test_a_refused_claim_leaves_nothing_behind(store: Store, rules: Rules, occasion: Occasion) -> None:
    case = opened(store, rules, occasion)
    before = store.last_change
    with pytest.raises(InvalidInput):
        claimed(store, rules, occasion, case.id, Claim(date(2024, 7, 1), "builders", "building"))
    assert (store.last_change, history(store, case.id)) == (before, ())


def test_a_changed_field_keeps_what_it_was(store: Store, rules: Rules, occasion: Occasion) -> None:
    case = opened(store, rules, occasion)
    change = CaseChange(planned_end="2024-12-31", planned={"length": 10.0})
    with store.begin(actor=CLERK, tool="test") as writer:
        changed = change_case(store, writer, case.id, change, rules, occasion, note="new section")
    assert read_case(store, case.id) == changed
    assert [(edit.field, edit.before, edit.after, edit.actor) for edit in read_edits(store, case.id)] == [
        ("planned_end", "2024-05-01", "2024-12-31", "clerk"),
        ("planned:length", "8", "10", "clerk"),
    ]


def test_changing_nothing_writes_nothing(store: Store, rules: Rules, occasion: Occasion) -> None:
    case = opened(store, rules, occasion)
    before = store.last_change
    with store.begin(actor=CLERK, tool="test") as writer:
        change_case(store, writer, case.id, CaseChange(title="河岸步道"), rules, occasion)
    assert (store.last_change, read_edits(store, case.id)) == (before, [])


def test_a_key_belongs_to_one_case_of_a_flow(store: Store, rules: Rules, occasion: Occasion) -> None:
    opened(store, rules, occasion)
    with pytest.raises(Conflict, match="There is a case 'P1' already"):
        opened(store, rules, occasion)


def test_a_case_without_a_key_is_given_a_free_one(store: Store, rules: Rules, occasion: Occasion) -> None:
    opened(store, rules, occasion, CaseDraft("project", "甲", "trail", "builders", key="X0002"))
    assert opened(store, rules, occasion, CaseDraft("project", "乙", "trail", "builders")).key == "X0003"


def test_evidence_is_added_once_to_what_an_entry_has(store: Store, rules: Rules, occasion: Occasion) -> None:
    case = opened(store, rules, occasion)
    entered = Claim(date(2024, 1, 5), "builders", "building", evidence="aa")
    claim = claimed(store, rules, occasion, case.id, entered)
    with store.begin(actor=CLERK, tool="test") as writer:
        add_evidence(store, writer, case.id, claim, "bb aa")
    assert read_dossier(store, case.id).moves[0].evidence == "aa bb"
