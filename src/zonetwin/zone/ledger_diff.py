"""Ledger entries of the workbook against a project's ledger: which are there already, which are new and may stand.

An entry of the sheet is one of the record when day, stage, organisation and quantities agree (notes are not
compared). New ones are tried on a copy of the ledger in the order of their days, with the same checks that
guard the record; what is refused is an issue of its row. Entries that the sheet leaves out stay in the
record.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from zonetwin.cases.entries import check_claim, check_verification
from zonetwin.cases.ledger import claims_of, standing_moves, verifications_of, with_ledger
from zonetwin.cases.model import CaseMove, Claim, Dossier, Verification
from zonetwin.cases.writing import Occasion
from zonetwin.core.errors import TwinError
from zonetwin.zone.project_sheet import SheetEntry, SheetReading

PROVISIONAL = 2**60
"""Ids from here on belong to entries that are only tried out; they order behind those of the record."""

_UNRECORDED = datetime(1, 1, 1, tzinfo=UTC)
"""When an entry was recorded that is only tried out."""


NewEntry = Claim | Verification
"""An entry to be made. A verification's `claim` below zero means an earlier new entry: -1 is the first."""


@dataclass(frozen=True, slots=True)
class LedgerDiff:
    """The project as it will stand, what is to be entered in this order, and how many entries were there already."""

    dossier: Dossier
    entries: tuple[NewEntry, ...]
    known: int


def compare_ledger(
    dossier: Dossier, entries: Iterable[SheetEntry], reading: SheetReading, occasion: Occasion
) -> LedgerDiff:
    """Compare the rows of one project with its ledger; faults are added to the reading."""
    ordered = sorted(entries, key=lambda entry: (entry.on, entry.is_verification, entry.row.number))
    unmatched = standing_moves(dossier.moves)
    new: list[NewEntry] = []
    known = 0
    for entry in ordered:
        same = _same(entry, dossier, unmatched)
        if same is not None:
            unmatched.remove(same)
            known += 1
            continue
        made = _tried(entry, dossier, reading, occasion)
        if made is not None:
            dossier = _with_entry(dossier, PROVISIONAL + len(new), made, reading)
            new.append(_settled(made))
    return LedgerDiff(dossier, tuple(new), known)


def _same(entry: SheetEntry, dossier: Dossier, moves: Sequence[CaseMove]) -> CaseMove | None:
    """Find the entry of the record that a row repeats."""
    for move in moves:
        organisation = entry.organisation or ("" if entry.is_verification else dossier.case.organisation)
        if (move.on, move.organisation) != (entry.on, organisation):
            continue
        if entry.stage not in ("", move.end) or move.is_claim == entry.is_verification:
            continue
        claim = move if move.verifies is None else dossier.move(move.verifies)
        if claim is not None and _agrees(entry, move, claim):
            return move
    return None


def _agrees(entry: SheetEntry, move: CaseMove, claim: CaseMove) -> bool:
    if not entry.is_verification:
        return _rounded(entry.quantities) == _rounded(move.quantities)
    if entry.claimed_on not in (None, claim.on):
        return False
    found, said = {**claim.quantities, **move.quantities}, {**claim.quantities, **entry.quantities}
    return _rounded(found) == _rounded(said)


def _tried(entry: SheetEntry, dossier: Dossier, reading: SheetReading, occasion: Occasion) -> NewEntry | None:
    """Give what a new row enters if it may stand; else None, with the reason as an issue of the row."""
    try:
        if entry.is_verification:
            return _verification(entry, dossier, reading, occasion)
        claim = Claim(
            entry.on,
            entry.organisation or dossier.case.organisation,
            entry.stage,
            entry.quantities,
            entry.note,
        )
        check_claim(dossier, claim, reading.rules.flow, reading.rules.classes, occasion.today)
        return claim
    except TwinError as error:
        reading.add_issue(entry.row, "", entry.on.isoformat(), error.message, hint=error.hint)
        return None


def _verification(
    entry: SheetEntry, dossier: Dossier, reading: SheetReading, occasion: Occasion
) -> Verification | None:
    claim = _claim_meant(entry, dossier)
    if claim is None:
        reading.add_issue(
            entry.row,
            "claimed_on",
            entry.claimed_on.isoformat() if entry.claimed_on else "",
            "a claim of this stage, on or before this day, that is not verified",
            hint="Enter the claim first, and its day in this column.",
        )
        return None
    quantities = {
        name: amount
        for name, amount in entry.quantities.items()
        if round(amount, 6) != round(claim.quantities.get(name, -1.0), 6)
    }
    found = Verification(claim.id, entry.on, entry.organisation, quantities, entry.note)
    check_verification(dossier, found, occasion.today)
    return found


def _claim_meant(entry: SheetEntry, dossier: Dossier) -> CaseMove | None:
    """Find the claim a row verifies: one with its totals before others, the newest before older ones."""
    verified = verifications_of(dossier.moves)
    open_claims = [
        claim
        for claim in claims_of(dossier.moves)
        if claim.id not in verified
        and entry.stage in ("", claim.end)
        and (claim.on == entry.claimed_on if entry.claimed_on else claim.on <= entry.on)
    ]
    wanted = _rounded(entry.quantities)
    agreeing = [claim for claim in open_claims if _rounded(claim.quantities) == wanted]
    candidates = agreeing or open_claims
    return candidates[-1] if candidates else None


def _settled(entry: NewEntry) -> NewEntry:
    if isinstance(entry, Verification) and entry.claim >= PROVISIONAL:
        return replace(entry, claim=PROVISIONAL - 1 - entry.claim)
    return entry


def _with_entry(dossier: Dossier, number: int, entry: NewEntry, reading: SheetReading) -> Dossier:
    """Give the ledger as it is when the entry has been made."""
    case, rules = dossier.case, reading.rules
    claim = None if isinstance(entry, Claim) else dossier.move(entry.claim)
    if isinstance(entry, Claim):
        start, end = case.stage, entry.stage or case.stage
    else:
        assert claim is not None
        start, end = claim.start, claim.end
    move = CaseMove(
        id=number,
        case=case.id,
        start=start,
        end=end,
        on=entry.on,
        recorded_at=_UNRECORDED,
        actor="",
        organisation=entry.organisation,
        quantities=dict(entry.quantities),
        verifies=claim.id if claim else None,
    )
    moves = (*dossier.moves, move)
    return replace(dossier, case=with_ledger(case, rules.flow, rules.classes, moves), moves=moves)


def _rounded(quantities: Mapping[str, float]) -> dict[str, float]:
    return {name: round(amount, 6) for name, amount in quantities.items()}
