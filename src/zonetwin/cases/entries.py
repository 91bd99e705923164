"""What may be entered into a case's ledger: claims, verifications and counter-entries, checked beforehand.

All checks are pure: they look at the case, its ledger, the declared flow and today, and raise or say nothing.
"""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date

from zonetwin.cases.classes import Classes
from zonetwin.cases.flow import check_move, stage_named
from zonetwin.cases.ledger import claims_of, quantity_totals, standing_moves, verifications_of
from zonetwin.cases.model import Case, CaseMove, Claim, Dossier, Verification
from zonetwin.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from zonetwin.packs.model import Flow


def check_claim(dossier: Dossier, claim: Claim, flow: Flow, classes: Classes, today: date) -> None:
    """Refuse a claim that cannot be meant.

    Raises:
        InvalidInput: no organisation; a day after today or before what the ledger already says; a quantity
            the category does not carry, or one that falls without a note; nothing new said.
        Conflict: the flow does not allow the move, or the case has ended.
    """
    case = dossier.case
    _check_organisation(claim.organisation, "A claim")
    _check_not_future(claim.on, today)
    stage = claim.stage or case.stage
    if stage != case.stage:
        check_move(flow, case.stage, stage)
        _check_after_stage(case, dossier.moves, claim)
    elif not claim.quantities:
        raise InvalidInput(
            f"The case is in {case.stage!r} already and no quantity is given.",
            hint="Name another stage, or the totals reached.",
        )
    elif stage_named(flow, case.stage).closed:
        raise Conflict(
            f"The case has ended in {case.stage!r}.", hint="Take that claim back first if it was wrong."
        )
    else:
        _check_after_stage(case, dossier.moves, claim)
    _check_quantities(case, dossier.moves, claim, classes)


def check_verification(dossier: Dossier, verification: Verification, today: date) -> None:
    """Refuse a verification that cannot stand.

    Raises:
        NotFound: the case has no such claim.
        Conflict: the claim was taken back, or is verified already.
        Forbidden: it comes from the organisation that made the claim.
        InvalidInput: no organisation; a day after today or before the claim; more found than was claimed.
    """
    claim = _claim_named(dossier, verification.claim)
    _check_organisation(verification.organisation, "A verification")
    if _folded(verification.organisation) == _folded(claim.organisation):
        raise Forbidden(
            f"{claim.organisation!r} made this claim and cannot verify it.",
            hint="Another organisation must verify it.",
        )
    if (done := verifications_of(dossier.moves).get(claim.id)) is not None:
        raise Conflict(f"The claim {claim.id} was verified by {done.organisation!r} on {done.on} already.")
    _check_not_future(verification.on, today)
    if verification.on < claim.on:
        raise InvalidInput(f"The claim is of {claim.on}; it cannot be verified on {verification.on}.")
    for name, amount in verification.quantities.items():
        _check_amount(name, amount)
        if name not in claim.quantities:
            raise InvalidInput(f"The claim says nothing of {name!r}.", hint="Verify what was claimed.")
        if amount > claim.quantities[name]:
            raise InvalidInput(
                f"{amount:g} of {name!r} were found, but only {claim.quantities[name]:g} claimed.",
                hint="The organisation that leads the case must claim the higher total first.",
            )


def check_withdrawal(dossier: Dossier, move: int, organisation: str, note: str) -> CaseMove:
    """Refuse a counter-entry that cannot stand; give the entry it takes back.

    Raises:
        NotFound: the case has no such entry.
        Conflict: it was taken back already, or the claim is verified.
        Forbidden: it was made by another organisation.
        InvalidInput: no organisation, or no reason.
    """
    entry = dossier.move(move)
    if entry is None or entry.withdraws is not None:
        raise NotFound(f"The case {dossier.case.key!r} has no entry {move} that could be taken back.")
    _check_organisation(organisation, "A counter-entry")
    if _folded(organisation) != _folded(entry.organisation):
        raise Forbidden(
            f"The entry was made by {entry.organisation!r}; {organisation!r} cannot take it back.",
            hint="Ask the organisation that made it.",
        )
    if not note.strip():
        raise InvalidInput("An entry is taken back without a reason.", hint="Say why in `note`.")
    if entry not in standing_moves(dossier.moves):
        raise Conflict(f"The entry {move} was taken back already.")
    if entry.is_claim and (done := verifications_of(dossier.moves).get(move)) is not None:
        raise Conflict(
            f"The claim {move} is verified by {done.organisation!r}.",
            hint="The verification must be taken back first.",
        )
    return entry


def check_planned(category: str, planned: Mapping[str, float], classes: Classes) -> None:
    """Refuse planned quantities that the category does not carry, or that are no amounts.

    Raises:
        InvalidInput: as said.
    """
    for name, amount in planned.items():
        classes.quantity_of(category, name)
        _check_amount(name, amount)


def _claim_named(dossier: Dossier, number: int) -> CaseMove:
    entry = dossier.move(number)
    if entry is None or not entry.is_claim:
        raise NotFound(f"The case {dossier.case.key!r} has no claim {number}.")
    if entry not in standing_moves(dossier.moves):
        raise Conflict(f"The claim {number} was taken back.")
    return entry


def _check_organisation(organisation: str, what: str) -> None:
    if not organisation.strip():
        raise InvalidInput(f"{what} needs an organisation.", hint="Say for which organisation you act.")


def _check_not_future(day: date, today: date) -> None:
    if day > today:
        raise InvalidInput(f"{day} lies after today, {today}.", hint="Enter what has happened, on its day.")


def _check_after_stage(case: Case, moves: Sequence[CaseMove], claim: Claim) -> None:
    """Hold a claim to the day the present stage was first claimed; before any claim there is no such day."""
    days = [entry.on for entry in claims_of(moves) if entry.end == case.stage]
    if days and claim.on < min(days):
        raise InvalidInput(
            f"{claim.on} lies before {min(days)}, when the case came to {case.stage!r}.",
            hint="Correct the day, or take the earlier claim back.",
        )


def _check_quantities(case: Case, moves: Sequence[CaseMove], claim: Claim, classes: Classes) -> None:
    totals = quantity_totals(moves)
    for name, amount in claim.quantities.items():
        kind = classes.quantity_of(case.category, name)
        _check_amount(name, amount)
        if name not in totals:
            continue
        latest = max(entry.on for entry in claims_of(moves) if name in entry.quantities)
        if claim.on < latest:
            raise InvalidInput(
                f"{name!r} was last reported for {latest}; a total for {claim.on} comes too late.",
                hint="Totals are reported in the order of their days; take the later ones back first.",
            )
        if amount < totals[name][0] and not claim.note.strip():
            raise InvalidInput(
                f"The total of {name!r} falls from {totals[name][0]:g} to {amount:g} {kind.unit}.",
                hint="Quantities are totals reached so far. If it did fall, say why in `note`.",
            )


def _folded(organisation: str) -> str:
    """Give what an organisation's code is compared by: no spelling makes another organisation of one."""
    return "".join(unicodedata.normalize("NFKC", organisation).split()).casefold()


def _check_amount(name: str, amount: float) -> None:
    if not math.isfinite(amount) or amount < 0:
        raise InvalidInput(f"{amount!r} of {name!r} is not an amount.", hint="Give a number of zero or more.")
