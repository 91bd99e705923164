"""Everything one target's page shows: its row, its clause, its relatives, its course over time, its projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zonetwin.packs.model import Indicator
from zonetwin.plans.anchors import ClauseText
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Target
from zonetwin.plans.pace import elapsed_share, expected_value
from zonetwin.plans.plan import Task
from zonetwin.plans.rows import TargetRow, organisation_json


@dataclass(frozen=True, slots=True)
class CoursePoint:
    """One point of a target's course: what was measured up to the end of a day, and where an even pace stood."""

    day: date
    value: float | None
    claimed: float | None
    expected: float | None
    low: float | None
    high: float | None

    def as_json(self) -> dict[str, object]:
        return {
            "period_end": self.day.isoformat(),
            "value": self.value,
            "claimed": self.claimed,
            "expected": self.expected,
            "low": self.low,
            "high": self.high,
        }


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A project that counts towards a target, in a few words; its own page says the rest."""

    id: int
    key: str
    title: str
    title_en: str
    category: str
    organisation: str
    stage: str
    verified_stage: str
    site: str

    def as_json(self) -> dict[str, object]:
        return {
            "id": self.id,
            "key": self.key,
            "title": self.title,
            "title_en": self.title_en,
            "category": self.category,
            "organisation": self.organisation,
            "stage": self.stage,
            "verified_stage": self.verified_stage,
            "site": self.site,
        }


@dataclass(frozen=True, slots=True)
class TargetPage:
    """One target with all around it.

    `duplicates` are the rows that say the same (its original among them), `children` its stages, parts and
    parameters, `siblings` the other children of its parent. `clause` is None until the plan's text is attached.
    """

    row: TargetRow
    clause: ClauseText | None
    duplicates: tuple[str, ...]
    parent: TargetRow | None
    children: tuple[TargetRow, ...]
    siblings: tuple[str, ...]
    tasks: tuple[Task, ...]
    course: tuple[CoursePoint, ...]
    indicator: Indicator | None
    measured: Measured | None
    unknown_reasons: tuple[tuple[str, float], ...]
    cases: tuple[LinkedCase, ...]

    def as_json(self) -> dict[str, object]:
        target, verdict = self.row.target, self.row.verdict
        clause = target.clause
        return self.row.as_json() | {
            "clause": {
                "start": clause.start,
                "end": clause.end,
                "number_start": clause.number_start,
                "number_end": clause.number_end,
                "section": clause.section,
                "section_title": clause.section_title.as_json(),
                "document": self.clause.as_json() if self.clause else None,
            },
            "comparator_basis": target.comparator_basis,
            "value_basis": target.value_basis,
            "deadline_basis": target.deadline_basis,
            "note": target.note.as_json(),
            "unbound": target.unbound.as_json() if target.unbound else None,
            "participants": [organisation_json(item) for item in self.row.participants],
            "scope": target.scope,
            "start": target.start.isoformat() if target.start else None,
            "baseline": target.baseline,
            "duplicates": list(self.duplicates),
            "parent_row": self.parent.as_json() if self.parent else None,
            "children": [row.as_json() for row in self.children],
            "siblings": list(self.siblings),
            "tasks": [{"id": task.id, "title": task.title.as_json()} for task in self.tasks],
            "series": [point.as_json() for point in self.course],
            "indicator": _indicator_json(self.indicator),
            "proof": verdict.proof,
            "unknown": self.measured.unknown if self.measured else None,
            "unknown_reasons": dict(self.unknown_reasons),
            "projects": [case.as_json() for case in self.cases],
        }


def course_of(target: Target, series: Iterable[Measured]) -> tuple[CoursePoint, ...]:
    """Give a target's course, oldest first: running totals from its start, yearly amounts, or levels.

    Measurements come in the target's unit. Levels have no even pace; a running total's is a straight line from 0.
    """
    points = []
    for item in sorted(series, key=lambda item: (item.period.end, item.period.start)):
        is_level = (item.period.end - item.period.start).days == 1
        starts = target.start is not None and item.period.start == target.start
        is_year = target.cadence == "annual" and item.period.start >= (target.start or date.min)
        if is_level or starts or is_year:
            expected = None if is_level else _expected(target, item)
            points.append(CoursePoint(item.last_day, item.value, item.claimed, expected, item.low, item.high))
    return tuple(points)


def _expected(target: Target, item: Measured) -> float | None:
    if target.start is None or target.deadline is None or target.cadence not in ("cumulative", "annual"):
        return None
    deadline = target.deadline
    if target.cadence == "annual":
        deadline = min(deadline, date(item.period.start.year, 12, 31))
    share = elapsed_share(item.period.start, deadline, item.last_day)
    return expected_value(0.0, target.value, share)


def _indicator_json(indicator: Indicator | None) -> dict[str, object] | None:
    if indicator is None:
        return None
    return {
        "name": indicator.name,
        "title": indicator.title.as_json(),
        "unit": indicator.unit,
        "source": indicator.source.as_json(),
        "limits": indicator.limits.as_json(),
        "sql": indicator.sql,
        "band": indicator.band,
        "combine": indicator.combine,
        "over": indicator.over,
        "pack": indicator.pack,
        "version": indicator.version,
    }
