"""The fields of a case that people fill in: what they may hold, how they change, and how a change is told.

Stage and done quantities are no fields: they follow from the ledger.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date

from zonetwin.cases.classes import Rules
from zonetwin.cases.entries import check_planned
from zonetwin.cases.flow import first_stage
from zonetwin.cases.ledger import quantities_from
from zonetwin.cases.model import Case, CaseDraft, CaseMove
from zonetwin.core.errors import InvalidInput

FIELDS = (
    "key",
    "title",
    "title_en",
    "category",
    "work",
    "organisation",
    "participants",
    "planned_start",
    "planned_end",
    "targets",
    "note",
)
"""The plain fields, in the order of forms; planned quantities come after them as `planned:NAME`."""

_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class CaseChange:
    """New values for some fields of a case; None leaves a field as it is.

    `planned` replaces the planned amounts it names; an amount of None takes one away. `planned_start` and
    `planned_end` are text: an ISO day, or empty to take the day away.
    """

    key: str | None = None
    title: str | None = None
    title_en: str | None = None
    category: str | None = None
    work: str | None = None
    organisation: str | None = None
    participants: tuple[str, ...] | None = None
    planned_start: str | None = None
    planned_end: str | None = None
    targets: tuple[str, ...] | None = None
    planned: Mapping[str, float | None] | None = None
    note: str | None = None


def case_from_draft(draft: CaseDraft, rules: Rules, *, today: date) -> Case:
    """Make the case a draft describes, in the first stage of its flow and without an id.

    Raises:
        InvalidInput: as `check_fields` says.
    """
    check_planned(draft.category, draft.planned, rules.classes)
    case = Case(
        id=0,
        flow=draft.flow,
        key=clean_text(draft.key),
        title=clean_text(draft.title),
        title_en=clean_text(draft.title_en),
        category=draft.category,
        work=draft.work,
        organisation=clean_text(draft.organisation),
        participants=tuple(map(clean_text, draft.participants)),
        site=draft.site,
        stage=first_stage(rules.flow).name,
        verified_stage="",
        planned_start=draft.planned_start,
        planned_end=draft.planned_end,
        opened_on=draft.opened_on or today,
        targets=tuple(map(clean_text, draft.targets)),
        quantities=quantities_from(draft.planned, rules.classes, ()),
        note=clean_text(draft.note),
        area=draft.area,
    )
    check_fields(case, rules)
    return case


def changed_case(case: Case, change: CaseChange, moves: Sequence[CaseMove], rules: Rules) -> Case:
    """Give a case with new values in some fields.

    Raises:
        InvalidInput: a day that is none.
    """
    values: dict[str, object] = {}
    for item in fields(change):
        value = getattr(change, item.name)
        if value is None or item.name == "planned":
            continue
        if item.name in ("planned_start", "planned_end"):
            values[item.name] = _day(value)
        else:
            values[item.name] = clean_text(value) if isinstance(value, str) else tuple(map(clean_text, value))
    planned = {**planned_amounts(case), **(change.planned or {})}
    kept = {name: amount for name, amount in planned.items() if amount is not None}
    values["quantities"] = quantities_from(kept, rules.classes, moves)
    return replace(case, **values)  # type: ignore[arg-type]


def check_fields(case: Case, rules: Rules) -> None:
    """Refuse a case whose fields cannot stand.

    Raises:
        InvalidInput: no title or organisation; an unknown category or work; quantities that the category
            does not carry; a planned end before the planned start.
    """
    if not case.title:
        raise InvalidInput("The case has no title.", hint="Give `title`, in Chinese.")
    if not case.organisation:
        raise InvalidInput("The case has no organisation.", hint="Give the code of the one that leads it.")
    rules.classes.check_category(case.category)
    rules.classes.check_work(case.work)
    check_planned(case.category, planned_amounts(case), rules.classes)
    for quantity in case.quantities:
        rules.classes.quantity_of(case.category, quantity.name)
    if case.planned_start and case.planned_end and case.planned_end < case.planned_start:
        raise InvalidInput(
            f"The planned end {case.planned_end} lies before the planned start {case.planned_start}.",
            hint="Correct one of the two days.",
        )


def clean_text(text: str) -> str:
    """Give a text without control characters and outer blanks, which sheets and logs cannot carry.

    Raises:
        InvalidInput: it is longer than 4 000 characters.
    """
    kept = "".join(
        letter
        for letter in text.replace("\r\n", "\n").replace("\r", "\n")
        if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs")
    ).strip()
    if len(kept) > _LONGEST:
        raise InvalidInput(
            f"The text has {len(kept)} characters, expected at most {_LONGEST}.", hint="Attach it as a file."
        )
    return kept


def planned_amounts(case: Case) -> dict[str, float]:
    """Give the planned quantities by name."""
    return {item.name: item.planned for item in case.quantities if item.planned is not None}


def field_texts(case: Case) -> dict[str, str]:
    """Give every field as text, planned quantities as `planned:NAME`: what an edit is told in."""
    texts = {name: _text(getattr(case, name)) for name in FIELDS}
    return texts | {f"planned:{name}": f"{amount:.12g}" for name, amount in planned_amounts(case).items()}


def field_edits(before: Case, after: Case) -> dict[str, tuple[str, str]]:
    """List the fields that differ, each as text before and after; absent is empty."""
    old, new = field_texts(before), field_texts(after)
    names = [*new, *(name for name in old if name not in new)]
    return {
        name: (old.get(name, ""), new.get(name, ""))
        for name in names
        if old.get(name, "") != new.get(name, "")
    }


def _text(value: object) -> str:
    if value is None:
        return ""
    return ";".join(value) if isinstance(value, tuple) else str(value)


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidInput(f"{text!r} is not a day.", hint="Write it as 2025-12-31.") from error
