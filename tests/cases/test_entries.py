"""Tests of what may be entered into a ledger and what is refused."""

from datetime import date

import pytest
from tests.cases.samples import claim, counter, dossier, verification

from zonetwin.cases.classes import Rules
from zonetwin.cases.entries import check_claim, check_verification, check_withdrawal
from zonetwin.cases.model import Claim, Dossier, Verification
from zonetwin.core.errors import Conflict, Forbidden, InvalidInput, NotFound

TODAY = date(2024, 6, 30)
STARTED = claim(1, "started", "2023-03-01")
SEEN = verification(2, STARTED, "2023-03-10")


def refused_claim(rules: Rules, of: Dossier, entered: Claim, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        check_claim(of, entered, rules.flow, rules.classes, TODAY)


def test_a_claim_on_the_day_of_today_stands(rules: Rules) -> None:
    check_claim(dossier(), Claim(TODAY, "builders", "started"), rules.flow, rules.classes, TODAY)


def test_a_claim_cannot_lie_after_today(rules: Rules) -> None:
    entered = Claim(date(2024, 7, 1), "builders", "started")
    refused_claim(rules, dossier(), entered, InvalidInput, "2024-07-01 lies after today, 2024-06-30")


def test_a_claim_cannot_lie_before_the_stage_before_it(rules: Rules) -> None:
    entered = Claim(date(2023, 2, 28), "builders", "building")
    refused_claim(rules, dossier(STARTED, stage="started"), entered, InvalidInput, "came to 'started'")


def test_a_claim_needs_an_organisation(rules: Rules) -> None:
    refused_claim(rules, dossier(), Claim(TODAY, " ", "started"), InvalidInput, "needs an organisation")


def test_a_claim_that_says_nothing_new_is_refused(rules: Rules) -> None:
    of = dossier(STARTED, stage="started")
    refused_claim(rules, of, Claim(TODAY, "builders", "started"), InvalidInput, "already and no quantity")


def test_a_case_that_has_ended_takes_no_more_totals(rules: Rules) -> None:
    of = dossier(claim(1, "cancelled", "2024-01-01"), stage="cancelled")
    refused_claim(rules, of, Claim(TODAY, "builders", quantities={"length": 1}), Conflict, "has ended")


def test_a_quantity_the_category_does_not_carry_is_named_with_those_it_does(rules: Rules) -> None:
    entered = Claim(TODAY, "builders", "building", {"places": 3})
    with pytest.raises(InvalidInput, match="'trail' does not carry 'places'") as caught:
        check_claim(dossier(), entered, rules.flow, rules.classes, TODAY)
    assert caught.value.hint == "It carries: length."


@pytest.mark.parametrize("amount", [-1.0, float("nan"), float("inf")])
def test_what_is_no_amount_is_refused(rules: Rules, amount: float) -> None:
    entered = Claim(TODAY, "builders", "building", {"length": amount})
    refused_claim(rules, dossier(), entered, InvalidInput, "is not an amount")


def test_a_total_falls_only_with_a_note(rules: Rules) -> None:
    of = dossier(claim(1, "building", "2024-01-01", length=5.0), stage="building")
    lower = Claim(TODAY, "builders", quantities={"length": 4.0})
    refused_claim(rules, of, lower, InvalidInput, "falls from 5 to 4 km")
    noted = Claim(TODAY, "builders", quantities={"length": 4.0}, note="re-measured")
    check_claim(of, noted, rules.flow, rules.classes, TODAY)


def test_totals_are_reported_in_the_order_of_their_days(rules: Rules) -> None:
    of = dossier(
        claim(1, "building", "2023-01-01"), claim(2, "building", "2024-01-01", length=5.0), stage="building"
    )
    late = Claim(date(2023, 6, 1), "builders", quantities={"length": 3.0})
    refused_claim(rules, of, late, InvalidInput, "last reported for 2024-01-01")


def test_another_organisation_verifies_a_claim() -> None:
    check_verification(dossier(STARTED), Verification(1, date(2023, 3, 1), "inspectors"), TODAY)


def test_the_claimant_cannot_verify_its_own_claim() -> None:
    with pytest.raises(Forbidden, match="'builders' made this claim and cannot verify it"):
        check_verification(dossier(STARTED), Verification(1, date(2023, 3, 2), "builders"), TODAY)


def test_a_claim_is_verified_once() -> None:
    with pytest.raises(Conflict, match="was verified by 'inspectors' on 2023-03-10 already"):
        check_verification(dossier(STARTED, SEEN), Verification(1, TODAY, "auditors"), TODAY)


def test_a_claim_taken_back_cannot_be_verified() -> None:
    with pytest.raises(Conflict, match="was taken back"):
        check_verification(dossier(STARTED, counter(2, STARTED)), Verification(1, TODAY, "inspectors"), TODAY)


def test_a_verification_cannot_be_verified() -> None:
    with pytest.raises(NotFound, match="no claim 2"):
        check_verification(dossier(STARTED, SEEN), Verification(2, TODAY, "auditors"), TODAY)


def test_a_verification_cannot_lie_before_the_claim() -> None:
    with pytest.raises(InvalidInput, match="cannot be verified on 2023-02-28"):
        check_verification(dossier(STARTED), Verification(1, date(2023, 2, 28), "inspectors"), TODAY)


def test_no_more_can_be_verified_than_was_claimed() -> None:
    built = claim(1, "building", "2024-01-01", length=5.0)
    with pytest.raises(InvalidInput, match="only 5 claimed"):
        check_verification(dossier(built), Verification(1, TODAY, "inspectors", {"length": 6.0}), TODAY)


def test_a_claim_is_taken_back_by_its_organisation_with_a_reason() -> None:
    assert check_withdrawal(dossier(STARTED), 1, "builders", "wrong project") == STARTED


@pytest.mark.parametrize(
    ("moves", "organisation", "note", "error", "words"),
    [
        ((STARTED,), "inspectors", "no", Forbidden, "made by 'builders'"),
        ((STARTED,), "builders", " ", InvalidInput, "without a reason"),
        ((STARTED, counter(2, STARTED)), "builders", "again", Conflict, "taken back already"),
        ((STARTED, SEEN), "builders", "wrong", Conflict, "is verified by 'inspectors'"),
        ((), "builders", "wrong", NotFound, "no entry 1"),
    ],
)
def test_what_cannot_be_taken_back_is_refused(
    moves: tuple[object, ...], organisation: str, note: str, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        check_withdrawal(dossier(*moves), 1, organisation, note)  # type: ignore[arg-type]
