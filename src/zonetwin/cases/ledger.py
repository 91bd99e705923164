"""What a case's ledger says: its stage, the first day of each stage, and how far its quantities are.

The ledger holds claims, verifications of claims and counter-entries, and nothing is ever removed from it. Two
readings are derived: what is *claimed*, from every claim that stands, and what is *verified*, from the
claims that another organisation has confirmed. A verified claim holds on its own day, not on the day of the
confirmation.

Rules: a later stage implies the earlier ones; a stage that ends a case without success implies none;
    quantities are totals, so an amount done between two days is the difference of two totals, and the
    verified amounts are the differences between verified totals only. What may be entered is checked in
    `entries`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from zonetwin.cases.classes import Classes
from zonetwin.cases.flow import first_stage, stage_named
from zonetwin.cases.model import Case, CaseMove, Quantity
from zonetwin.packs.model import Flow, Stage


@dataclass(frozen=True, slots=True)
class StageDay:
    """The first day a case was in a stage or beyond it, as claimed and as verified; None when it was not."""

    stage: str
    rank: int
    claimed_on: date | None
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """What a quantity rose by on a day (it may fall where a total was corrected), claimed and verified."""

    name: str
    on: date
    claimed: float
    verified: float


def standing_moves(moves: Iterable[CaseMove]) -> list[CaseMove]:
    """Leave out what was taken back, the counter-entries, and verifications of claims taken back."""
    entries = list(moves)
    gone = {move.withdraws for move in entries if move.withdraws is not None}
    return [
        move
        for move in entries
        if move.withdraws is None
        and move.id not in gone
        and (move.verifies is None or move.verifies not in gone)
    ]


def claims_of(moves: Iterable[CaseMove]) -> list[CaseMove]:
    """List the claims that stand, in the order of the days they hold."""
    return sorted(
        (move for move in standing_moves(moves) if move.is_claim), key=lambda move: (move.on, move.id)
    )


def verifications_of(moves: Iterable[CaseMove]) -> dict[int, CaseMove]:
    """Give the verification that stands for each verified claim, by the claim's id."""
    return {move.verifies: move for move in standing_moves(moves) if move.verifies is not None}


def unverified_claims(moves: Sequence[CaseMove]) -> list[int]:
    """List the ids of claims that stand and that nobody has verified yet."""
    verified = verifications_of(moves)
    return [claim.id for claim in claims_of(moves) if claim.id not in verified]


def claimed_stage(flow: Flow, moves: Sequence[CaseMove]) -> Stage:
    """Give the furthest stage claimed; the first one when nothing is claimed."""
    return _furthest(flow, claims_of(moves)) or first_stage(flow)


def verified_stage(flow: Flow, moves: Sequence[CaseMove]) -> Stage | None:
    """Give the furthest stage verified, None when nothing is."""
    return _furthest(flow, _verified_claims(moves))


def stage_days(flow: Flow, opened_on: date, moves: Sequence[CaseMove]) -> list[StageDay]:
    """Give the first days of every stage, in the flow's order; a case is in the first one once opened."""
    claims, verified = claims_of(moves), _verified_claims(moves)
    days: list[StageDay] = []
    for stage in flow.stages:
        claimed_on = _first_day(flow, stage, claims)
        if stage.rank == 0:
            claimed_on = min(claimed_on or opened_on, opened_on)
        days.append(StageDay(stage.name, stage.rank, claimed_on, _first_day(flow, stage, verified)))
    return days


def quantity_totals(moves: Sequence[CaseMove]) -> dict[str, tuple[float, float | None]]:
    """Give the newest claimed and the newest verified total of each quantity ever claimed."""
    totals: dict[str, tuple[float, float | None]] = {}
    verified = verifications_of(moves)
    for claim in claims_of(moves):
        for name, amount in claim.quantities.items():
            before = totals[name][1] if name in totals else None
            found = _confirmed(claim, verified[claim.id], name) if claim.id in verified else before
            totals[name] = (amount, found)
    return totals


def quantity_steps(moves: Sequence[CaseMove]) -> list[Step]:
    """Give what each quantity rose by, one step per quantity and day of a claim, ordered by both."""
    verified = verifications_of(moves)
    reached: dict[str, tuple[float, float]] = {}
    steps: dict[tuple[str, date], Step] = {}
    for claim in claims_of(moves):
        for name, amount in claim.quantities.items():
            claimed_before, verified_before = reached.get(name, (0.0, 0.0))
            confirmed = verified_before
            if claim.id in verified:
                confirmed = _confirmed(claim, verified[claim.id], name)
            step = steps.get((name, claim.on), Step(name, claim.on, 0.0, 0.0))
            steps[name, claim.on] = replace(
                step,
                claimed=step.claimed + amount - claimed_before,
                verified=step.verified + confirmed - verified_before,
            )
            reached[name] = (amount, confirmed)
    return [steps[place] for place in sorted(steps)]


def with_ledger(case: Case, flow: Flow, classes: Classes, moves: Sequence[CaseMove]) -> Case:
    """Give a case with its stage and quantities as its ledger says. Planned amounts stay as they are."""
    planned = {quantity.name: quantity.planned for quantity in case.quantities}
    found = verified_stage(flow, moves)
    return replace(
        case,
        stage=claimed_stage(flow, moves).name,
        verified_stage=found.name if found else "",
        quantities=quantities_from(planned, classes, moves),
    )


def quantities_from(
    planned: Mapping[str, float | None], classes: Classes, moves: Sequence[CaseMove]
) -> tuple[Quantity, ...]:
    """Join planned amounts and the ledger's totals, in the order in which the pack lists quantities."""
    totals = quantity_totals(moves)
    rows: list[Quantity] = []
    for name, kind in classes.quantities.items():
        amount = planned.get(name)
        if amount is None and name not in totals:
            continue
        claimed, verified = totals.get(name, (None, None))
        rows.append(Quantity(name, kind.unit, amount, claimed, verified))
    return tuple(rows)


def _verified_claims(moves: Sequence[CaseMove]) -> list[CaseMove]:
    verified = verifications_of(moves)
    return [claim for claim in claims_of(moves) if claim.id in verified]


def _furthest(flow: Flow, claims: Sequence[CaseMove]) -> Stage | None:
    stages = [stage_named(flow, claim.end) for claim in claims]
    closed = [stage for stage in stages if stage.closed]
    return max(closed or stages, key=lambda stage: stage.rank, default=None)


def _first_day(flow: Flow, stage: Stage, claims: Iterable[CaseMove]) -> date | None:
    return min((claim.on for claim in claims if _implies(stage_named(flow, claim.end), stage)), default=None)


def _implies(reached: Stage, stage: Stage) -> bool:
    if reached.closed or stage.closed:
        return reached.name == stage.name
    return reached.rank >= stage.rank


def _confirmed(claim: CaseMove, verification: CaseMove, name: str) -> float:
    return verification.quantities.get(name, claim.quantities[name])
