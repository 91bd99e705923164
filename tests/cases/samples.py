"""Short ways to write the entries of a ledger in tests."""

from datetime import UTC, date, datetime

from zonetwin.cases.model import Case, CaseMove, Dossier

WHEN = datetime(2024, 6, 1, tzinfo=UTC)


def claim(
    number: int,
    stage: str,
    on: str,
    *,
    start: str = "conceived",
    organisation: str = "builders",
    **quantities: float,
) -> CaseMove:
    return CaseMove(
        number, 1, start, stage, date.fromisoformat(on), WHEN, "clerk", organisation, quantities=quantities
    )


def verification(number: int, of: CaseMove, on: str, **quantities: float) -> CaseMove:
    return CaseMove(
        number,
        1,
        of.start,
        of.end,
        date.fromisoformat(on),
        WHEN,
        "inspector",
        "inspectors",
        quantities=quantities,
        verifies=of.id,
    )


def counter(number: int, entry: CaseMove) -> CaseMove:
    return CaseMove(
        number,
        1,
        entry.end,
        entry.start,
        date(2024, 6, 30),
        WHEN,
        "clerk",
        entry.organisation,
        withdraws=entry.id,
    )


def dossier(*moves: CaseMove, stage: str = "conceived", category: str = "trail") -> Dossier:
    case = Case(
        1,
        "project",
        "P1",
        "步道",
        "Trail",
        category,
        "new",
        "builders",
        (),
        "",
        stage,
        "",
        None,
        None,
        date(2023, 1, 1),
    )
    return Dossier(case, moves)
