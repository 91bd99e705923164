"""Writing cases inside an open Change: check, write the ledger, and rewrite what follows from it.

The thread that has the Change open reads its own writes, so several calls for one case may follow each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from zonetwin.cases.classes import Rules
from zonetwin.cases.entries import check_claim, check_verification, check_withdrawal
from zonetwin.cases.fields import (
    CaseChange,
    case_from_draft,
    changed_case,
    check_fields,
    clean_text,
    field_edits,
)
from zonetwin.cases.flow import stage_named
from zonetwin.cases.ledger import quantity_steps, stage_days, with_ledger
from zonetwin.cases.model import Case, CaseDraft, CaseMove, Claim, Dossier, Verification
from zonetwin.cases.records import PUBLISHED, SQL, find_case, join_list, read_dossier
from zonetwin.core.actor import Actor
from zonetwin.core.errors import Conflict, NotFound
from zonetwin.store.columns import instant_text
from zonetwin.store.model import Row, Store, Writer


@dataclass(frozen=True, slots=True)
class Occasion:
    """When something is entered and by whom: the zone's day, the instant, the actor."""

    today: date
    at: datetime
    actor: Actor


def open_case(store: Store, writer: Writer, draft: CaseDraft, rules: Rules, occasion: Occasion) -> Case:
    """Open a case in the first stage of its flow.

    Raises:
        InvalidInput: no title or organisation; an unknown category, work or quantity; an end before the
            start.
        Conflict: the flow has a case of this key.
    """
    case = case_from_draft(draft, rules, today=occasion.today)
    case = replace(case, key=case.key or _free_key(store, case.flow))
    _check_key(store, case)
    number = writer.execute(SQL["add_case"], _parameters(case, rules))
    return _rewrite(writer, Dossier(replace(case, id=number)), rules)


def change_case(
    store: Store,
    writer: Writer,
    number: int,
    change: CaseChange,
    rules: Rules,
    occasion: Occasion,
    *,
    note: str = "",
) -> Case:
    """Change fields of a case; what each was before stays in its history.

    Raises:
        NotFound: there is no such case.
        InvalidInput: as for `open_case`; or a category that does not carry a quantity the case has.
        Conflict: another case has the new key.
    """
    dossier = read_dossier(store, number)
    before = dossier.case
    after = changed_case(before, change, dossier.moves, rules)
    check_fields(after, rules)
    if after.key != before.key:
        _check_key(store, after)
    edits = field_edits(before, after)
    if not edits:
        return before
    signature: Row = {
        "case_id": number,
        "recorded_at": instant_text(occasion.at),
        "actor": occasion.actor.name,
        "organisation": occasion.actor.organisation,
        "note": note,
    }
    writer.execute_many(
        SQL["add_edit"],
        [{**signature, "field": field, "before": old, "after": new} for field, (old, new) in edits.items()],
    )
    return _rewrite(writer, replace(dossier, case=after), rules)


def record_claim(
    store: Store, writer: Writer, number: int, claim: Claim, rules: Rules, occasion: Occasion
) -> CaseMove:
    """Enter a claim into a case's ledger.

    Raises:
        NotFound: there is no such case.
        InvalidInput, Conflict: as `entries.check_claim` says.
    """
    return record_entries(store, writer, number, [claim], rules, occasion)[0]


def record_verification(
    store: Store, writer: Writer, number: int, verification: Verification, rules: Rules, occasion: Occasion
) -> CaseMove:
    """Enter the confirmation of a claim by another organisation.

    Raises:
        NotFound: there is no such case or claim.
        Forbidden, Conflict, InvalidInput: as `entries.check_verification` says.
    """
    return record_entries(store, writer, number, [verification], rules, occasion)[0]


def record_entries(
    store: Store,
    writer: Writer,
    number: int,
    entries: Iterable[Claim | Verification],
    rules: Rules,
    occasion: Occasion,
) -> list[CaseMove]:
    """Enter several claims and verifications, in order; what follows from the ledger is rewritten once.

    A verification's `claim` below zero means an entry of this call: -1 is the first, -2 the second.

    Raises:
        NotFound: there is no such case or claim.
        Forbidden, Conflict, InvalidInput: as `entries` says of the first one that cannot stand.
    """
    dossier = read_dossier(store, number)
    made: list[CaseMove] = []
    for given in entries:
        entry = _cleaned(given)
        if isinstance(entry, Claim):
            check_claim(dossier, entry, rules.flow, rules.classes, occasion.today)
            move = _move_of_claim(dossier, entry, occasion)
        else:
            entry = replace(entry, claim=made[-1 - entry.claim].id if entry.claim < 0 else entry.claim)
            check_verification(dossier, entry, occasion.today)
            move = _move_of_verification(dossier, entry, occasion)
        dossier, move = _add_entry(writer, dossier, move, rules)
        made.append(move)
    if made:
        _rewrite(writer, dossier, rules)
    return made


def withdraw(
    store: Store,
    writer: Writer,
    number: int,
    move: int,
    rules: Rules,
    occasion: Occasion,
    *,
    organisation: str,
    note: str,
) -> CaseMove:
    """Take an entry back by a counter-entry; both stay in the ledger.

    Raises:
        NotFound: there is no such case or entry.
        Forbidden, Conflict, InvalidInput: as `entries.check_withdrawal` says.
    """
    dossier = read_dossier(store, number)
    organisation, note = clean_text(organisation), clean_text(note)
    taken = check_withdrawal(dossier, move, organisation, note)
    entry = _entry(dossier, occasion.today, organisation, note, "", occasion)
    entry = replace(entry, start=taken.end, end=taken.start, withdraws=taken.id)
    dossier, entry = _add_entry(writer, dossier, entry, rules)
    _rewrite(writer, dossier, rules)
    return entry


def add_evidence(store: Store, writer: Writer, number: int, move: int, hashes: str) -> CaseMove:
    """Add evidence, as content hashes separated by spaces, to an entry; what it had stays.

    Raises:
        NotFound: the case has no such entry.
    """
    dossier = read_dossier(store, number)
    entry = dossier.move(move)
    if entry is None or entry.withdraws is not None:
        raise NotFound(f"The case {dossier.case.key!r} has no entry {move}.")
    known = entry.evidence.split()
    evidence = " ".join([*known, *(item for item in hashes.split() if item not in known)])
    if evidence != entry.evidence:
        writer.execute(SQL["update_evidence"], {"id": move, "evidence": evidence})
        writer.touch("case_move")
    return replace(entry, evidence=evidence)


def set_place(store: Store, writer: Writer, number: int, *, site: str, area: str, rules: Rules) -> Case:
    """Say which feature a case is about, as `kind/fid`, and in which area it lies (empty when unplaced)."""
    dossier = read_dossier(store, number)
    moved = replace(dossier.case, site=site, area=area)
    if moved != dossier.case:
        writer.execute(SQL["update_case"], {"id": number, **_parameters(moved, rules)})
        writer.touch("cases")
    return moved


def remember_answer(writer: Writer, idempotency_key: str, request: str, case: int, entry: int | None) -> None:
    """Keep what an intake was answered with, so that its repetition gets the same answer."""
    if idempotency_key:
        writer.execute(
            SQL["add_answer"],
            {"idempotency_key": idempotency_key, "request": request, "case_id": case, "entry_id": entry},
        )


def _check_key(store: Store, case: Case) -> None:
    found = find_case(store, case.flow, case.key)
    if found is not None and found != case.id:
        raise Conflict(
            f"There is a case {case.key!r} already.", hint="Take another key, or change that case."
        )


def _free_key(store: Store, flow: str) -> str:
    number = int(str(store.select(SQL["newest_case"])[0]["id"])) + 1
    while find_case(store, flow, key := f"X{number:04d}") is not None:
        number += 1
    return key


def _cleaned(entry: Claim | Verification) -> Claim | Verification:
    return replace(entry, organisation=clean_text(entry.organisation), note=clean_text(entry.note))


def _move_of_claim(dossier: Dossier, claim: Claim, occasion: Occasion) -> CaseMove:
    entry = _entry(dossier, claim.on, claim.organisation, claim.note, claim.evidence, occasion)
    return replace(entry, end=claim.stage or dossier.case.stage, quantities=dict(claim.quantities))


def _move_of_verification(dossier: Dossier, found: Verification, occasion: Occasion) -> CaseMove:
    claim = dossier.move(found.claim)
    assert claim is not None
    entry = _entry(dossier, found.on, found.organisation, found.note, found.evidence, occasion)
    return replace(
        entry, start=claim.start, end=claim.end, quantities=dict(found.quantities), verifies=claim.id
    )


def _entry(
    dossier: Dossier, on: date, organisation: str, note: str, evidence: str, occasion: Occasion
) -> CaseMove:
    return CaseMove(
        id=0,
        case=dossier.case.id,
        start=dossier.case.stage,
        end=dossier.case.stage,
        on=on,
        recorded_at=occasion.at,
        actor=occasion.actor.name,
        organisation=organisation,
        note=note,
        evidence=evidence,
    )


def _add_entry(writer: Writer, dossier: Dossier, entry: CaseMove, rules: Rules) -> tuple[Dossier, CaseMove]:
    """Write an entry; give the ledger with it, and the entry with its id."""
    number = writer.execute(
        SQL["add_entry"],
        {
            "case_id": entry.case,
            "start_stage": entry.start,
            "end_stage": entry.end,
            "on_day": entry.on.isoformat(),
            "recorded_at": instant_text(entry.recorded_at),
            "actor": entry.actor,
            "organisation": entry.organisation,
            "note": entry.note,
            "evidence": entry.evidence,
            "verifies": entry.verifies,
            "withdraws": entry.withdraws,
        },
    )
    writer.execute_many(
        SQL["add_entry_quantity"],
        [{"entry_id": number, "name": name, "amount": amount} for name, amount in entry.quantities.items()],
    )
    entry = replace(entry, id=number)
    moves = (*dossier.moves, entry)
    return Dossier(with_ledger(dossier.case, rules.flow, rules.classes, moves), moves), entry


def _rewrite(writer: Writer, dossier: Dossier, rules: Rules) -> Case:
    """Write the case's fields and everything derived from its ledger."""
    case = dossier.case
    writer.execute(SQL["update_case"], {"id": case.id, **_parameters(case, rules)})
    for clear in ("clear_stages", "clear_quantities", "clear_progress"):
        writer.execute(SQL[clear], {"case_id": case.id})
    writer.execute_many(SQL["add_stage"], _stage_rows(dossier, rules))
    writer.execute_many(
        SQL["add_quantity"],
        [
            {"case_id": case.id, "name": item.name, "unit": item.unit, "planned": item.planned,
             "claimed": item.claimed, "verified": item.verified}
            for item in case.quantities
        ],
    )  # fmt: skip
    writer.execute_many(SQL["add_progress"], _progress_rows(dossier, rules))
    for table in PUBLISHED:
        writer.touch(table)
    return case


def _stage_rows(dossier: Dossier, rules: Rules) -> list[Row]:
    return [
        {
            "case_id": dossier.case.id,
            "stage": day.stage,
            "rank": day.rank,
            "claimed_on": day.claimed_on.isoformat() if day.claimed_on else None,
            "verified_on": day.verified_on.isoformat() if day.verified_on else None,
        }
        for day in stage_days(rules.flow, dossier.case.opened_on, dossier.moves)
    ]


def _progress_rows(dossier: Dossier, rules: Rules) -> list[Row]:
    return [
        {
            "case_id": dossier.case.id,
            "name": step.name,
            "unit": rules.classes.quantities[step.name].unit,
            "on_day": step.on.isoformat(),
            "claimed": step.claimed,
            "verified": step.verified,
        }
        for step in quantity_steps(dossier.moves)
    ]


def _parameters(case: Case, rules: Rules) -> Row:
    return {
        "flow": case.flow,
        "key": case.key,
        "title": case.title,
        "title_en": case.title_en,
        "category": case.category,
        "work": case.work,
        "organisation": case.organisation,
        "participants": join_list(case.participants),
        "site": case.site,
        "area": case.area or None,
        "stage": case.stage,
        "stage_rank": stage_named(rules.flow, case.stage).rank,
        "verified_stage": case.verified_stage,
        "verified_rank": stage_named(rules.flow, case.verified_stage).rank if case.verified_stage else None,
        "planned_start": case.planned_start.isoformat() if case.planned_start else None,
        "planned_end": case.planned_end.isoformat() if case.planned_end else None,
        "opened_on": case.opened_on.isoformat(),
        "plan_targets": join_list(case.targets),
        "note": case.note,
    }
