"""Tables of plans for people, as plain cells: what a plan promises, and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from zonetwin.core.text import Language
from zonetwin.plans.ledger import leads_of
from zonetwin.plans.model import Target
from zonetwin.plans.overview import PlanStatus
from zonetwin.plans.plan import Plan
from zonetwin.plans.rows import TargetRow, organisation_json
from zonetwin.plans.wording import STATUS_TITLES, aim_text, amount


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table of texts under a title: `rows` have one cell for each of `columns`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_SHOW_COLUMNS = {
    "zh": ("编号", "章节", "指标", "目标", "期限", "牵头", "同", "指标来源"),
    "en": ("id", "section", "subject", "aim", "deadline", "leads", "same as", "measured by"),
}
_STATUS_COLUMNS = {
    "zh": ("编号", "状态", "指标", "目标", "现值", "期限", "理由"),
    "en": ("id", "verdict", "subject", "aim", "now", "deadline", "reason"),
}


def plan_table(plan: Plan, language: Language) -> TextTable:
    """List every row of a plan: what it asks for, who leads it, and what measures it or why nothing does."""
    by_id = {target.id: target for target in plan.targets}
    rows = []
    for target in plan.targets:
        leads = (plan.organisation(code).title for code in leads_of(target, by_id))
        unbound = target.unbound.reason.in_language(language) if target.unbound else ""
        rows.append(
            (
                target.id,
                target.clause.section,
                target.subject.in_language(language),
                aim_text(target).in_language(language),
                target.deadline.isoformat() if target.deadline else "–",
                _listed((lead.in_language(language) for lead in leads), language),
                target.duplicate_of or "–",
                target.indicator or unbound,
            )
        )
    return TextTable(plan.title.in_language(language), _SHOW_COLUMNS[language], tuple(rows))


def plan_json(plan: Plan) -> dict[str, object]:
    """Give a plan's rows as plain values, without verdicts: what `plan_table` shows and the offsets."""
    by_id = {target.id: target for target in plan.targets}
    return {
        "name": plan.name,
        "pack": plan.pack,
        "title": plan.title.as_json(),
        "start": plan.start.isoformat(),
        "end": plan.end.isoformat(),
        "total": len(plan.targets),
        "distinct": sum(not target.duplicate_of for target in plan.targets),
        "targets": [_target_json(plan, target, by_id) for target in plan.targets],
    }


def _target_json(plan: Plan, target: Target, by_id: Mapping[str, Target]) -> dict[str, object]:
    clause = target.clause
    leads = (plan.organisation(code) for code in leads_of(target, by_id))
    return {
        "id": target.id,
        "section": clause.section,
        "sort": target.sort,
        "subject": target.subject.as_json(),
        "aim": aim_text(target).as_json(),
        "comparator": target.comparator,
        "value": target.value,
        "value_max": target.value_max,
        "unit": target.unit,
        "direction": target.direction,
        "cadence": target.cadence,
        "start": target.start.isoformat() if target.start else None,
        "deadline": target.deadline.isoformat() if target.deadline else None,
        "leads": [organisation_json(lead) for lead in leads],
        "parent": target.parent,
        "relation": target.relation,
        "duplicate_of": target.duplicate_of,
        "indicator": target.indicator,
        "unbound": target.unbound.as_json() if target.unbound else None,
        "clause": [clause.start, clause.end],
        "number": [clause.number_start, clause.number_end],
        "note": target.note.as_json(),
    }


def status_table(status: PlanStatus, language: Language) -> TextTable:
    """List every target of a zone with its verdict and reason, under a line that says how many could be judged."""
    rows = tuple(_status_row(row, language) for row in status.rows)
    return TextTable(summary_line(status, language), _STATUS_COLUMNS[language], rows)


def summary_line(status: PlanStatus, language: Language) -> str:
    """Say in one line how many distinct targets were judged and how they stand on what day."""
    parts = [
        f"{title.in_language(language)} {status.by_status[kind.value]}"
        for kind, title in STATUS_TITLES.items()
        if status.by_status[kind.value]
    ]
    if language == "zh":
        return f"{status.today}:{status.asked} 项目标中 {status.scored} 项已评分({'、'.join(parts)})"
    return f"{status.today}: {status.scored} of {status.asked} targets scored ({', '.join(parts)})"


def _status_row(row: TargetRow, language: Language) -> tuple[str, ...]:
    target, verdict = row.target, row.verdict
    value = amount(verdict.value, target.unit).in_language(language) if verdict.value is not None else "–"
    return (
        target.id,
        STATUS_TITLES[verdict.status].in_language(language),
        target.subject.in_language(language),
        row.aim.in_language(language),
        value,
        target.deadline.isoformat() if target.deadline else "–",
        verdict.reason.in_language(language),
    )


def _listed(names: Iterable[str], language: Language) -> str:
    found: Sequence[str] = tuple(names)
    return ("、" if language == "zh" else ", ").join(found) or "–"
