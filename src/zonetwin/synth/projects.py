"""Projects of the programme with their moves over the plan's years, and what they truly add up to.

Each project is reported by the organisation that leads it and, some weeks later, verified by another one; the
newest reports, and a few old ones, still wait for that. Nothing is dated after the district's day.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np

from zonetwin.core.space import Floats
from zonetwin.synth.names import Names
from zonetwin.synth.programme import PACE, STAGES, Item, Stream

_DAYS_TO_VERIFY = 24
_NEVER_VERIFIED = 0.05
_LEAD_DAYS = {"preparing": 420, "started": 300, "building": 240, "complete": 40, "delivered": 0}
_MOST_PROJECTS = 12
WHOLE = frozenset({"units", "places", "firms", "households", "spaces", "roads"})
"""Quantities that come in whole numbers."""


@dataclass(frozen=True, slots=True)
class Move:
    """A report of a stage (with cumulative quantities), or the verification of one."""

    on: date
    stage: str
    organisation: str
    verifies: bool
    quantities: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Project:
    """A made-up project with all its moves, at a point on the ground."""

    key: str
    title: str
    title_en: str
    category: str
    work: str
    organisation: str
    participants: tuple[str, ...]
    planned_start: date
    planned_end: date
    planned: dict[str, float]
    plan_target: str
    at: tuple[float, float]
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and by whom projects are done: candidate points on the ground, verifiers, the district's day."""

    sites: Floats
    verifiers: tuple[str, ...]
    today: date


def make_projects(
    programme: Iterable[Stream],
    scene: Scene,
    titles: Mapping[str, tuple[str, str]],
    names: Names,
    rng: np.random.Generator,
) -> list[Project]:
    """Make the projects of every stream; what nobody leads goes to the first of the verifiers.

    `titles` gives the Chinese and English word for each category.
    """
    projects: list[Project] = []
    for stream in programme:
        lots = _lots(stream.lead, rng)
        for lot in lots:
            title = names.take(*titles[stream.category])
            key = f"MN-{len(projects) + 1:04d}"
            projects.append(_project(stream, key, title, lot, len(lots), scene, rng))
    return projects


@dataclass(frozen=True, slots=True)
class Lot:
    """One project's part of an item: the day it is due, its amount, how many days later it is done."""

    due: date
    amount: float
    delay: int


def _lots(item: Item, rng: np.random.Generator) -> list[Lot]:
    """Split an item into the parts of its projects."""
    lots: list[Lot] = []
    done, since = 0.0, item.start
    for year_start, day, amount in _steps(item):
        wanted = amount - (0.0 if item.yearly else done)
        count = _count(item, wanted)
        if count < 1:
            continue
        begin = year_start or since
        ends = _spread_days(begin, day, count, rng)
        for end, share in zip(ends, _shares(item, wanted, count, rng), strict=True):
            lots.append(Lot(end, share, _delay(item, begin, end)))
        done, since = amount, day
    return lots


def _steps(item: Item) -> list[tuple[date | None, date, float]]:
    """List what is due when: each dated amount, or each year's anew."""
    if not item.yearly:
        return [(None, day, amount) for day, amount in item.amounts]
    last, amount = item.amounts[-1]
    return [(date(year, 1, 1), date(year, 12, 31), amount) for year in range(item.start.year, last.year + 1)]


def _count(item: Item, wanted: float) -> int:
    if not item.quantity:
        return round(wanted)
    return 0 if wanted <= 0 else int(min(_MOST_PROJECTS, max(2, round(np.log2(wanted + 2)))))


def _shares(item: Item, wanted: float, count: int, rng: np.random.Generator) -> list[float]:
    """Split an amount into parts rounded to a thousandth of the whole, which add up to it."""
    if not item.quantity:
        return [1.0] * count
    step = 10.0 ** (np.floor(np.log10(wanted)) - 2)
    parts = [float(np.round(part * wanted / step) * step) for part in rng.dirichlet(np.full(count, 4.0))]
    parts = [max(part, step) for part in parts]
    parts[-1] = max(float(wanted - sum(parts[:-1])), step)
    return [round(part, 6) for part in parts]


def _spread_days(begin: date, end: date, count: int, rng: np.random.Generator) -> list[date]:
    """Give due days spread over a span, the last of them on its last day."""
    length = (end - begin).days
    at = np.linspace(length / count, length, count) - rng.uniform(0, 0.3, count) * length / count
    at[-1] = length
    return [begin + timedelta(days=int(day)) for day in at]


def _delay(item: Item, begin: date, end: date) -> int:
    """Stretch the time from the item's start so that on the district's day it stands where its luck says."""
    pace = PACE[item.luck]
    planned = max((end - begin).days, 1)
    return round(planned / pace) - planned


def _project(
    stream: Stream,
    key: str,
    title: tuple[str, str],
    lot: Lot,
    among: int,
    scene: Scene,
    rng: np.random.Generator,
) -> Project:
    item = stream.lead
    planned = _planned(stream, lot, among)
    site = scene.sites[int(rng.integers(len(scene.sites)))]
    organisation = item.organisation or scene.verifiers[0]
    return Project(
        key=key,
        title=title[0],
        title_en=title[1],
        category=stream.category,
        work=stream.work,
        organisation=organisation,
        participants=item.participants,
        planned_start=max(lot.due - timedelta(days=_LEAD_DAYS["started"]), item.start),
        planned_end=lot.due,
        planned=planned,
        plan_target=stream.plan_target,
        at=(float(site[0]), float(site[1])),
        moves=tuple(_moves(item, organisation, planned, lot.due + timedelta(days=lot.delay), scene, rng)),
    )


def _planned(stream: Stream, lot: Lot, among: int) -> dict[str, float]:
    """Give the quantities of one project: the lead's own part, and an even part of each that rides along."""
    planned: dict[str, float] = {}
    for item, share in stream.riders:
        if item.quantity:
            whole = item.quantity in WHOLE
            planned[item.quantity] = _rounded(item.total * share / item.scale / among, whole)
    if stream.lead.quantity:
        planned[stream.lead.quantity] = _rounded(
            lot.amount / stream.lead.scale, stream.lead.quantity in WHOLE
        )
    return planned


def _part(name: str, amount: float, share: float) -> float:
    return float(int(amount * share)) if name in WHOLE else round(amount * share, 6)


def _rounded(amount: float, whole: bool) -> float:
    return float(max(round(amount), 1)) if whole else float(f"{amount:.4g}")


def _moves(
    item: Item,
    organisation: str,
    planned: dict[str, float],
    reached: date,
    scene: Scene,
    rng: np.random.Generator,
) -> list[Move]:
    """Report the stages up to the one that counts on `reached`; progress is reported in thirds on the way."""
    verifier = str(rng.choice([code for code in scene.verifiers if code != organisation]))
    moves: list[Move] = []
    for stage, day, quantities in _reports(item, planned, reached):
        if day > scene.today:
            break
        moves.append(Move(day, stage, organisation, verifies=False, quantities=quantities))
        checked = day + timedelta(days=_DAYS_TO_VERIFY)
        if checked <= scene.today and rng.random() >= _NEVER_VERIFIED:
            moves.append(Move(checked, stage, verifier, verifies=True, quantities=quantities))
    return moves


def _reports(
    item: Item, planned: dict[str, float], reached: date
) -> Sequence[tuple[str, date, dict[str, float]]]:
    counted = STAGES.index(item.stage)
    earliest = item.start
    stages = [
        (stage, max(earliest, reached - timedelta(days=max(_LEAD_DAYS[stage] - _LEAD_DAYS[item.stage], 0))))
        for stage in STAGES[1 : counted + 1]
    ]
    reports: list[tuple[str, date, dict[str, float]]] = []
    for stage, day in stages:
        is_last = stage == item.stage
        reports.append((stage, day, dict(planned) if is_last else {}))
        if item.mode == "progress" and stage == STAGES[max(counted - 1, 1)] and not is_last:
            span = (reached - day).days
            for third in (1, 2):
                part = {name: _part(name, value, third / 3) for name, value in planned.items()}
                reports.append((stage, day + timedelta(days=span * third // 3), part))
    return reports
