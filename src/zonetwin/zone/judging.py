"""Judging a zone's plans: every target with its verdict, and one target with all around it.

Targets come from the zone's plan packs, what was measured from the record (area `zone`), clauses from the text that
was attached. Nothing is written.
"""

from collections.abc import Iterable, Mapping, Sequence

from zonetwin.cases.model import Case
from zonetwin.cases.records import CaseFilter, list_cases
from zonetwin.core.errors import NotFound
from zonetwin.indicators.evaluate import ZONE
from zonetwin.indicators.model import Measurement
from zonetwin.indicators.records import read_measurements, read_unmeasured
from zonetwin.plans.anchors import ClauseText, clause_text, is_kept
from zonetwin.plans.ledger import Evidence, judge_targets
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Target
from zonetwin.plans.overview import PlanStatus, summarise
from zonetwin.plans.page import LinkedCase, TargetPage, course_of
from zonetwin.plans.plan import Plan
from zonetwin.plans.reading import read_plans
from zonetwin.plans.records import documents
from zonetwin.plans.rows import TargetRow, rows_of_plan
from zonetwin.zone.attaching import attached_text
from zonetwin.zone.zone import Zone


def judge(zone: Zone) -> PlanStatus:
    """Judge all targets of a zone's plans on its day.

    Raises:
        InvalidPack: a plan pack has faults.
    """
    plans = read_plans(zone.packs)
    evidence = _evidence(zone)
    rows = tuple(row for plan in plans for row in _judged(zone, plan, evidence))
    return summarise(plans, rows, today=zone.clock.today(), attached=documents(zone.store))


def judge_target(zone: Zone, target_id: str) -> TargetPage:
    """Judge one target and gather all around it.

    Raises:
        NotFound: no plan of the zone has this target.
    """
    for plan in read_plans(zone.packs):
        if any(target.id == target_id for target in plan.targets):
            return _page(zone, plan, target_id)
    raise NotFound(
        f"No plan of this zone has a target {target_id!r}.", hint="`zonetwin plan status` lists them."
    )


def _judged(zone: Zone, plan: Plan, evidence: Mapping[str, Evidence]) -> tuple[TargetRow, ...]:
    verdicts = judge_targets(plan.targets, evidence, today=zone.clock.today(), rules=plan.rules)
    return rows_of_plan(plan, verdicts)


def _evidence(zone: Zone) -> dict[str, Evidence]:
    """Give what the record has about each indicator in the whole zone: its values, or why there are none."""
    series: dict[str, list[Measured]] = {}
    for item in read_measurements(zone.store, area=ZONE):
        series.setdefault(item.indicator, []).append(_measured(item))
    gaps = {item.indicator: item.gap for item in read_unmeasured(zone.store)}
    return {
        name: Evidence(tuple(series.get(name, ())), gaps.get(name)) for name in series.keys() | gaps.keys()
    }


def _measured(item: Measurement) -> Measured:
    return Measured(
        period=item.period,
        value=item.value,
        claimed=item.claimed,
        unit=item.unit,
        low=item.low,
        high=item.high,
        unknown=item.unknown,
        of=item.of,
        data_date=item.data_date,
        proof=item.proof,
    )


def _page(zone: Zone, plan: Plan, target_id: str) -> TargetPage:
    evidence = _evidence(zone)
    rows = {row.target.id: row for row in _judged(zone, plan, evidence)}
    row = rows[target_id]
    target = row.target
    root = target.duplicate_of or target.id
    series = [item.in_unit(target.unit) for item in evidence.get(target.indicator, Evidence()).series]
    measurement = _measurement_of(zone, row)
    commitment = [name for name, item in rows.items() if root in (name, item.target.duplicate_of)]
    children = [item for item in rows.values() if item.target.parent == root]
    return TargetPage(
        row=row,
        clause=_clause(zone, plan, target),
        duplicates=tuple(name for name in commitment if name != target_id),
        parent=rows.get(target.parent),
        children=tuple(children),
        siblings=_siblings(target, rows),
        tasks=tuple(task for task in plan.tasks if set(commitment) & set(task.targets)),
        course=course_of(target, series),
        indicator=zone.packs.indicators.get(target.indicator),
        measured=_measured(measurement) if measurement else None,
        unknown_reasons=tuple(sorted(measurement.unknown_reasons.items())) if measurement else (),
        cases=_linked_cases(zone, [*commitment, *(item.target.id for item in children)]),
    )


def _siblings(target: Target, rows: Mapping[str, TargetRow]) -> tuple[str, ...]:
    """List the other children of the same parent; where there is no parent, other figures of the same clause."""
    if target.parent:
        return tuple(
            name for name, row in rows.items() if row.target.parent == target.parent and name != target.id
        )
    span = (target.clause.start, target.clause.end)
    return tuple(
        name
        for name, row in rows.items()
        if (row.target.clause.start, row.target.clause.end) == span and name != target.id
    )


def _measurement_of(zone: Zone, row: TargetRow) -> Measurement | None:
    """Find the measurement the verdict stands on."""
    proof = row.verdict.proof
    if not proof:
        return None
    found = read_measurements(zone.store, indicator=row.target.indicator, area=ZONE)
    return next((item for item in found if item.proof == proof), None)


def _linked_cases(zone: Zone, targets: Sequence[str]) -> tuple[LinkedCase, ...]:
    """List the cases that name one of the targets, each once, by id."""
    found: dict[int, Case] = {}
    for name in targets:
        found |= {case.id: case for case in _cases_of(zone, name)}
    return tuple(
        LinkedCase(
            id=case.id,
            key=case.key,
            title=case.title,
            title_en=case.title_en,
            category=case.category,
            organisation=case.organisation,
            stage=case.stage,
            verified_stage=case.verified_stage,
            site=case.site,
        )
        for case in sorted(found.values(), key=lambda case: case.id)
    )


def _cases_of(zone: Zone, target: str) -> Iterable[Case]:
    after: str | None = None
    while True:
        page = list_cases(zone.store, CaseFilter(target=target), after=after, limit=1000)
        yield from page.items
        if page.next is None:
            return
        after = page.next


def _clause(zone: Zone, plan: Plan, target: Target) -> ClauseText | None:
    """Cut the clause out of the attached text; None without one, or where its number no longer stands there."""
    text = attached_text(zone, plan.name)
    if text is None or not is_kept(text, target.clause, plan.digests[target.id]):
        return None
    return clause_text(text, target.clause)
