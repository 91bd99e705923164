"""Reads the rows of plan packs into `Plan` values; all faults at once, each with file and line.

What a pack must have in `plan/`: `plan.yaml`, `targets.csv`, `tasks.csv`, `organisations.csv`, `sections.csv` and
`reasons.csv` (why a target is bound to no indicator). Named projects and places are other parts' reading.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import get_args

from zonetwin.core.errors import InvalidPack, Issue
from zonetwin.core.gap import Gap
from zonetwin.core.text import Text
from zonetwin.core.units import UNITS
from zonetwin.packs.issues import Issues, nearest_hint
from zonetwin.packs.model import Catalogue, Pack, Table
from zonetwin.plans.binding import check_bindings
from zonetwin.plans.cells import Cells, rows_of
from zonetwin.plans.model import Cadence, Clause, Comparator, Direction, Relation, Target
from zonetwin.plans.plan import Document, Organisation, Plan, Section, Task, TaskKind
from zonetwin.plans.rules import TABLE, read_rules

TARGET_COLUMNS = (
    *(
        "id",
        "sort",
        "section",
        "subject_zh",
        "subject_en",
        "comparator",
        "comparator_basis",
        "value",
        "value_max",
    ),
    *("value_basis", "unit", "direction", "start", "deadline", "deadline_basis", "cadence", "scope", "leads"),
    *(
        "participants",
        "parent",
        "relation",
        "duplicate_of",
        "indicator",
        "unbound",
        "baseline",
        "clause_start",
    ),
    *("clause_end", "number_start", "number_end", "number_digest", "note_zh", "note_en"),
)
TASK_COLUMNS = (
    *("id", "section", "title_zh", "title_en", "kind", "entity", "deadline", "leads", "participants"),
    *("clause_start", "clause_end", "targets"),
)
PLAN_COLUMNS = (
    *("plan", "title_zh", "title_en", "start", "end", "document_title_zh", "document_title_en"),
    *("document_issued", "document_characters", "document_sha256"),
)


@dataclass(frozen=True, slots=True)
class _Lists:
    """What the rows of targets and tasks may name."""

    plan: str
    sections: Mapping[str, Section]
    organisations: Mapping[str, Organisation]
    reasons: Mapping[str, Text]


def read_plans(catalogue: Catalogue) -> tuple[Plan, ...]:
    """Read the plans of all plan packs and check that each target fits the indicator it is bound to.

    Raises:
        InvalidPack: with every fault of every plan.
    """
    issues = Issues()
    plans = tuple(_read_plan(pack, catalogue.tables, issues) for pack in catalogue.plan_packs)
    for plan in plans:
        check_bindings(plan, catalogue.indicators, issues)
    issues.raise_if_any()
    return plans


def plan_faults(catalogue: Catalogue) -> tuple[Issue, ...]:
    """List the faults for which `read_plans` would refuse the plan packs."""
    try:
        read_plans(catalogue)
    except InvalidPack as error:
        return error.issues
    return ()


def _read_plan(pack: Pack, tables: Mapping[str, Table], issues: Issues) -> Plan:
    heads = list(rows_of(pack.plan, "plan", PLAN_COLUMNS, issues))
    issues.raise_if_any()
    head = heads[0]
    name = head.text("plan", required=True)
    sections = {item.name: item for item in _sections(pack, issues)}
    organisations = {item.code: item for item in _organisations(pack, issues)}
    lists = _Lists(name, sections, organisations, _reasons(pack, issues))
    rows = list(rows_of(pack.plan, "targets", TARGET_COLUMNS, issues))
    targets = tuple(_target(cells, lists) for cells in rows)
    _check_links(targets, rows)
    start, end = head.day("start"), head.day("end")
    if start is None or end is None or end < start:
        head.fault("A plan needs a start and an end after it.")
        issues.raise_if_any()
    assert start is not None
    assert end is not None
    return Plan(
        name=name,
        pack=pack.name,
        title=head.both("title"),
        start=start,
        end=end,
        document=_document(head),
        sections=tuple(sections.values()),
        organisations=tuple(organisations.values()),
        targets=targets,
        tasks=tuple(_tasks(pack, lists, {target.id for target in targets}, issues)),
        rules=read_rules(tables.get(TABLE), head.place, issues),
        digests={cells.text("id"): cells.text("number_digest", required=True) for cells in rows},
        places={cells.text("id"): cells.place for cells in rows},
    )


def _document(head: Cells) -> Document:
    return Document(
        head.both("document_title"),
        head.day("document_issued"),
        head.offset("document_characters"),
        head.text("document_sha256", required=True),
    )


def _sections(pack: Pack, issues: Issues) -> list[Section]:
    cells = rows_of(pack.plan, "sections", ("section", "zh", "en"), issues)
    return [
        Section(row.text("section", required=True), Text(row.text("zh"), row.text("en"))) for row in cells
    ]


def _organisations(pack: Pack, issues: Issues) -> list[Organisation]:
    rows = list(rows_of(pack.plan, "organisations", ("code", "zh", "en", "same_as"), issues))
    codes = [row.text("code", required=True) for row in rows]
    for row in rows:
        if codes.count(row.text("code")) > 1:
            row.fault(f"The organisation {row.text('code')!r} is there twice.")
        row.codes("same_as", codes, "the organisation")
    return [
        Organisation(row.text("code"), Text(row.text("zh"), row.text("en")), row.text("same_as"))
        for row in rows
    ]


def _reasons(pack: Pack, issues: Issues) -> dict[str, Text]:
    return {
        row.text("code", required=True): Text(row.text("zh", required=True), row.text("en", required=True))
        for row in rows_of(pack.plan, "reasons", ("code", "zh", "en"), issues)
    }


def _target(cells: Cells, lists: _Lists) -> Target:
    start, deadline = _days(cells)
    value, value_max = cells.number("value"), cells.number("value_max")
    if value is None:
        cells.fault("value is empty.")
    elif value_max is not None and value_max <= value:
        cells.fault(f"value_max {value_max:g} does not lie above value {value:g}.")
    indicator, unbound = _binding(cells, lists.reasons)
    return Target(
        id=cells.text("id", required=True),
        plan=lists.plan,
        sort=cells.choice("sort", ("target", "constraint", "forecast", "context")),
        subject=cells.both("subject"),
        clause=_clause(cells, lists.sections),
        comparator=cells.choice("comparator", get_args(Comparator)),
        comparator_basis=cells.choice("comparator_basis", ("explicit", "unmarked", "convention")),
        value=value or 0.0,
        value_max=value_max,
        value_basis=cells.choice("value_basis", ("digit", "hanzi", "word", "enumerated")),
        unit=_unit(cells),
        direction=cells.choice("direction", get_args(Direction)),
        start=start,
        deadline=deadline,
        deadline_basis=cells.choice("deadline_basis", ("explicit", "inherited", "plan-period", "none")),
        cadence=cells.choice("cadence", get_args(Cadence)),
        scope=cells.text("scope"),
        leads=cells.codes("leads", lists.organisations, "the organisation"),
        participants=cells.codes("participants", lists.organisations, "the organisation"),
        parent=cells.text("parent"),
        relation=cells.choice("relation", get_args(Relation)),
        duplicate_of=cells.text("duplicate_of"),
        indicator=indicator,
        unbound=unbound,
        baseline=cells.number("baseline"),
        note=cells.both("note", required=False),
    )


def _days(cells: Cells) -> tuple[date | None, date | None]:
    """Give the first and the last day; a deadline needs a start before it and a basis."""
    start, deadline = cells.day("start"), cells.day("deadline")
    if (deadline is None) != (cells.text("deadline_basis") == "none"):
        cells.fault("A deadline needs a basis, and a basis other than none needs a deadline.")
    if deadline and (start is None or deadline < start):
        cells.fault("A deadline needs a start that does not lie after it.")
    return start, deadline


def _clause(cells: Cells, sections: Mapping[str, Section]) -> Clause:
    name = cells.text("section", required=True)
    if name not in sections:
        cells.fault(f"section {name!r} is not listed.", nearest_hint(name, sections))
    clause = Clause(
        name,
        sections[name].title if name in sections else Text(name, name),
        cells.offset("clause_start"),
        cells.offset("clause_end"),
        cells.offset("number_start"),
        cells.offset("number_end"),
    )
    if not clause.start <= clause.number_start < clause.number_end <= clause.end:
        cells.fault("The span of the number does not lie inside the span of the clause.")
    return clause


def _unit(cells: Cells) -> str:
    unit = cells.text("unit")
    if unit not in UNITS:
        cells.fault(f"The unit {unit!r} is unknown.", nearest_hint(unit, UNITS))
        return "ratio"
    return unit


def _binding(cells: Cells, reasons: Mapping[str, Text]) -> tuple[str, Gap | None]:
    """Give the indicator, or the reason why there is none: exactly one of the two."""
    indicator, code = cells.text("indicator"), cells.text("unbound")
    if bool(indicator) == bool(code):
        cells.fault("A target needs either an indicator or the code of a reason why it has none.")
        return indicator, None
    if not code:
        return indicator, None
    if code not in reasons:
        cells.fault(f"The reason {code!r} is not listed.", nearest_hint(code, reasons))
    return "", Gap(code, reasons.get(code, Text(code, code)))


def _check_links(targets: tuple[Target, ...], rows: list[Cells]) -> None:
    """Check that ids are unique, that parents and originals exist, and that an original is no duplicate."""
    by_id = {target.id: target for target in targets}
    seen: set[str] = set()
    for target, cells in zip(targets, rows, strict=True):
        if target.id in seen:
            cells.fault(f"The target {target.id!r} is there twice.")
        seen.add(target.id)
        if bool(target.parent) != bool(target.relation):
            cells.fault("parent and relation belong together.")
        if target.parent and (target.parent not in by_id or target.parent == target.id):
            cells.fault(f"parent names the target {target.parent!r}, which is not another row.")
        original = by_id.get(target.duplicate_of)
        if target.duplicate_of and (original is None or original.duplicate_of):
            cells.fault(f"duplicate_of names {target.duplicate_of!r}, which is not an original row.")


def _tasks(pack: Pack, lists: _Lists, targets: set[str], issues: Issues) -> list[Task]:
    return [
        Task(
            id=row.text("id", required=True),
            section=row.text("section", required=True),
            title=row.both("title"),
            kind=row.choice("kind", get_args(TaskKind)),
            entity=row.text("entity"),
            deadline=row.day("deadline"),
            leads=row.codes("leads", lists.organisations, "the organisation"),
            participants=row.codes("participants", lists.organisations, "the organisation"),
            start=row.offset("clause_start"),
            end=row.offset("clause_end"),
            targets=row.codes("targets", targets, "the target"),
        )
        for row in rows_of(pack.plan, "tasks", TASK_COLUMNS, issues)
    ]
