"""Reading cases from the record, and what this part adds to it. Writing is in `writing`.

Cases, their ledgers and what is derived from them lie in the tables of `schema.sql`; five of them are
published (`cases`, `case_stage`, `case_move`, `case_quantity`, `case_progress`). An entry that was taken
back stays in the ledger and is not published.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zonetwin.cases.ledger import StageDay
from zonetwin.cases.model import Case, CaseMove, Dossier, Edit, Quantity
from zonetwin.core.errors import Conflict, InvalidInput, NotFound
from zonetwin.store.columns import instant_from_text
from zonetwin.store.model import Migration, Part, Row, Store
from zonetwin.store.statements import load_statements

_FOLDER = Path(__file__).parent
SQL = load_statements(_FOLDER / "queries.sql")
PUBLISHED = ("cases", "case_stage", "case_move", "case_quantity", "case_progress")
SORTS = ("id", "key", "title", "organisation", "stage", "planned_end")
PART = Part(
    "cases",
    (Migration("cases", 1, (_FOLDER / "schema.sql").read_text(encoding="utf-8")),),
    {name: SQL[name] for name in PUBLISHED},
)
"""What cases add to the record."""

_LARGEST_PAGE = 1000


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases to list; an empty field asks for all. `words` is looked for in both titles and the key.

    With `late_before`, only cases planned to end before that day that have not reached the stage of rank
    `finished_rank` (nor ended without success).
    """

    flow: str = ""
    categories: tuple[str, ...] = ()
    stage: str = ""
    organisation: str = ""
    target: str = ""
    words: str = ""
    late_before: date | None = None
    finished_rank: int = 0


@dataclass(frozen=True, slots=True)
class CasePage:
    """Some cases in order, the cursor of the next page (None at the end), and how many the filter matches."""

    items: tuple[Case, ...]
    next: str | None
    total: int


def read_case(store: Store, case: int) -> Case:
    """Read a case as it stands.

    Raises:
        NotFound: there is no such case.
    """
    found = _cases(store, _one(case))
    if not found:
        raise NotFound(f"There is no case {case}.")
    return found[0]


def read_dossier(store: Store, case: int) -> Dossier:
    """Read a case with its whole ledger.

    Raises:
        NotFound: there is no such case.
    """
    return Dossier(read_case(store, case), tuple(_entries(store, _one(case))))


def read_dossiers(store: Store, flow: str) -> list[Dossier]:
    """Read all cases of a flow with their ledgers, in the order of their ids."""
    entries: dict[int, list[CaseMove]] = {}
    for entry in _entries(store, _all_of(flow)):
        entries.setdefault(entry.case, []).append(entry)
    return [Dossier(case, tuple(entries.get(case.id, ()))) for case in _cases(store, _all_of(flow))]


def find_case(store: Store, flow: str, key: str) -> int | None:
    """Find a case by its key, None when the flow has none of this key."""
    rows = store.select(SQL["find_case"], {"flow": flow, "key": key})
    return _integer(rows[0]["id"]) if rows else None


def cases_of_site(store: Store, site: str) -> list[Case]:
    """Read the cases about a feature, given as `kind/fid`."""
    return [
        read_case(store, _integer(row["id"])) for row in store.select(SQL["case_of_site"], {"site": site})
    ]


def history(store: Store, case: int) -> tuple[CaseMove, ...]:
    """Give every entry of a case's ledger, oldest first, with what was taken back and the counter-entries."""
    return read_dossier(store, case).moves


def read_edits(store: Store, case: int) -> list[Edit]:
    """Give what was changed in a case's fields, oldest first."""
    return [
        Edit(
            case,
            str(row["field"]),
            str(row["before"]),
            str(row["after"]),
            instant_from_text(str(row["recorded_at"])),
            str(row["actor"]),
            str(row["organisation"]),
            str(row["note"]),
        )
        for row in store.select(SQL["read_edits"], {"case_id": case})
    ]


def read_stage_days(store: Store, case: int) -> list[StageDay]:
    """Give the first days of a case's stages as kept, in the flow's order."""
    return [
        StageDay(str(row["stage"]), _integer(row["rank"]), _day(row["claimed_on"]), _day(row["verified_on"]))
        for row in store.select(SQL["read_stages"], {"case_id": case})
    ]


def list_cases(
    store: Store, which: CaseFilter, *, sort: str = "id", after: str | None = None, limit: int = 100
) -> CasePage:
    """List cases page by page (keyset: a case added meanwhile never shifts the pages).

    Args:
        store: The record.
        which: The cases wanted.
        sort: One of `SORTS`, with `-` before it for descending order; ties are ordered by id.
        after: The `next` of the page before, None for the first one; the sort must be the same.
        limit: Cases on a page, 1 to 1000.

    Raises:
        InvalidInput: an unknown sort, a limit out of range, or a cursor that is none.
    """
    name = sort.removeprefix("-")
    if name not in SORTS:
        raise InvalidInput(
            f"Cases cannot be sorted by {sort!r}.", hint=f"Sort by one of: {', '.join(SORTS)}."
        )
    if not 1 <= limit <= _LARGEST_PAGE:
        raise InvalidInput(f"The limit is {limit}, expected 1 to {_LARGEST_PAGE}.")
    value, last = _cursor(after) if after else ("", 0)
    parameters: Row = {
        **_filter_parameters(which),
        "sort": name,
        "down": int(sort.startswith("-")),
        "after_value": value,
        "after_id": last,
        "limit": limit + 1,
    }
    rows = store.select(SQL["list_cases"], parameters)
    ids = [_integer(row["id"]) for row in rows[:limit]]
    following = _written_cursor(rows[limit - 1]) if len(rows) > limit else None
    if not rows and last:
        rows = store.select(SQL["list_cases"], {**parameters, "after_id": 0, "limit": 1})
    total = _integer(rows[0]["total"]) if rows else 0
    return CasePage(tuple(read_case(store, id_) for id_ in ids), following, total)


def find_answer(store: Store, idempotency_key: str, request: str) -> tuple[int, int | None] | None:
    """Find what a key was answered with: the case and the entry made for it; None when it is new or empty.

    Raises:
        Conflict: the key came with another request before.
    """
    if not idempotency_key:
        return None
    rows = store.select(SQL["find_answer"], {"idempotency_key": idempotency_key})
    if not rows:
        return None
    if rows[0]["request"] != request:
        raise Conflict(
            f"The idempotency key {idempotency_key!r} was used for another request.",
            hint="Take a new key for each new request; repeat the old one only with the same content.",
        )
    entry = rows[0]["entry_id"]
    return _integer(rows[0]["case_id"]), None if entry is None else _integer(entry)


def split_list(text: str) -> tuple[str, ...]:
    """Read a list as the record keeps it: joined by semicolons."""
    return tuple(part for part in text.split(";") if part)


def join_list(parts: Iterable[str]) -> str:
    """Write a list as the record keeps it.

    Raises:
        InvalidInput: a part contains a semicolon.
    """
    kept = [part.strip() for part in parts if part.strip()]
    if wrong := [part for part in kept if ";" in part]:
        raise InvalidInput(f"{wrong[0]!r} contains a semicolon, which separates the parts of a list.")
    return ";".join(kept)


def _one(case: int) -> Row:
    return {"first": case, "last": case, "flow": ""}


def _all_of(flow: str) -> Row:
    return {"first": 0, "last": 2**62, "flow": flow}


def _cases(store: Store, parameters: Row) -> list[Case]:
    quantities: dict[int, list[Quantity]] = {}
    for row in store.select(SQL["read_quantities"], parameters):
        quantities.setdefault(_integer(row["case_id"]), []).append(
            Quantity(
                str(row["name"]),
                str(row["unit"]),
                _number(row["planned"]),
                _number(row["claimed"]),
                _number(row["verified"]),
            )
        )
    return [
        _case_from_row(row, tuple(quantities.get(_integer(row["id"]), ())))
        for row in store.select(SQL["read_cases"], parameters)
    ]


def _case_from_row(row: Row, quantities: tuple[Quantity, ...]) -> Case:
    return Case(
        id=_integer(row["id"]),
        flow=str(row["flow"]),
        key=str(row["key"]),
        title=str(row["title"]),
        title_en=str(row["title_en"]),
        category=str(row["category"]),
        work=str(row["work"]),
        organisation=str(row["organisation"]),
        participants=split_list(str(row["participants"])),
        site=str(row["site"]),
        stage=str(row["stage"]),
        verified_stage=str(row["verified_stage"]),
        planned_start=_day(row["planned_start"]),
        planned_end=_day(row["planned_end"]),
        opened_on=date.fromisoformat(str(row["opened_on"])),
        targets=split_list(str(row["plan_targets"])),
        quantities=quantities,
        note=str(row["note"]),
        area=str(row["area"] or ""),
    )


def _entries(store: Store, parameters: Row) -> list[CaseMove]:
    quantities: dict[int, dict[str, float]] = {}
    for row in store.select(SQL["read_entry_quantities"], parameters):
        quantities.setdefault(_integer(row["entry_id"]), {})[str(row["name"])] = float(str(row["amount"]))
    return [
        _entry_from_row(row, quantities.get(_integer(row["id"]), {}))
        for row in store.select(SQL["read_entries"], parameters)
    ]


def _entry_from_row(row: Row, quantities: Mapping[str, float]) -> CaseMove:
    verifies, withdraws = row["verifies"], row["withdraws"]
    return CaseMove(
        id=_integer(row["id"]),
        case=_integer(row["case_id"]),
        start=str(row["start_stage"]),
        end=str(row["end_stage"]),
        on=date.fromisoformat(str(row["on_day"])),
        recorded_at=instant_from_text(str(row["recorded_at"])),
        actor=str(row["actor"]),
        organisation=str(row["organisation"]),
        quantities=quantities,
        note=str(row["note"]),
        evidence=str(row["evidence"]),
        verifies=None if verifies is None else _integer(verifies),
        withdraws=None if withdraws is None else _integer(withdraws),
    )


def _filter_parameters(which: CaseFilter) -> Row:
    categories = ",".join(which.categories)
    return {
        "flow": which.flow,
        "categories": f",{categories.replace('_', '~')}," if categories else "",
        "stage": which.stage,
        "organisation": which.organisation,
        "target": f"%;{_like(which.target)};%" if which.target else "",
        "late_before": which.late_before.isoformat() if which.late_before else "",
        "finished_rank": which.finished_rank,
        "words": f"%{_like(which.words.lower())}%" if which.words else "",
    }


def _like(text: str) -> str:
    """Take the meaning from the wildcards of `like … escape '!'`."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def _written_cursor(row: Row) -> str:
    text = json.dumps([row["sort_value"], row["id"]], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode()


def _cursor(text: str) -> tuple[str, int]:
    try:
        value, last = json.loads(base64.urlsafe_b64decode(text.encode()).decode())
        if isinstance(value, str) and isinstance(last, int):
            return value, last
    except (ValueError, binascii.Error, TypeError):
        pass
    raise InvalidInput(f"{text!r} is not a cursor.", hint="Give the `next` of the page before.")


def _integer(value: object) -> int:
    return int(str(value))


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _day(value: object) -> date | None:
    return None if value is None else date.fromisoformat(str(value))
