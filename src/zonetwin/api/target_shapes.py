"""The JSON shapes of targets: rows of lists, and one target's page."""

from datetime import date

from zonetwin.api.case_shapes import CaseRowShape
from zonetwin.api.shapes import GapShape, Shape, TextShape, TitledCode
from zonetwin.plans.model import Cadence, Comparator, Direction, Relation, Status


class MeasuredShape(Shape):
    """What was measured, in the target's unit: verified, claimed, and the band."""

    value: float | None
    claimed: float | None
    low: float | None
    high: float | None
    unit: str


class TargetRowShape(Shape):
    """A target as it stands. `share` is value over target, `expected` where an even pace would be."""

    id: str
    plan: str
    section: str
    section_title: TextShape
    subject: TextShape
    aim: TextShape
    comparator: Comparator
    value: float
    value_max: float | None
    unit: str
    unit_symbol: TextShape
    direction: Direction
    deadline: date | None
    cadence: Cadence
    leads: list[TitledCode]
    duplicate_of: str
    parent: str
    relation: Relation
    indicator: str
    status: Status
    code: str
    reason: TextShape
    measured: MeasuredShape | None
    share: float | None
    expected: float | None
    required_pace: float | None
    measured_on: date | None
    sort: str


class ClauseDocument(Shape):
    """The clause in the attached text, with what stands around it; `number` is the figure itself."""

    before: str
    text: str
    after: str
    number: str


class ClauseShape(Shape):
    """Where the plan says it: offsets in code points, and the text itself once it is attached."""

    start: int
    end: int
    number_start: int
    number_end: int
    section: str
    section_title: TextShape
    document: ClauseDocument | None


class CourseShape(Shape):
    """A point of a target's course over time."""

    period_end: date
    value: float | None
    claimed: float | None
    expected: float | None
    low: float | None
    high: float | None


class TargetIndicator(Shape):
    """The indicator that measures a target."""

    name: str
    title: TextShape
    unit: str
    source: TextShape
    limits: TextShape
    sql: str
    band: str
    combine: str
    over: str
    pack: str
    version: str


class TargetTask(Shape):
    """A task of the plan that belongs to a target."""

    id: str
    title: TextShape


class TargetPageShape(TargetRowShape):
    """One target with all around it."""

    clause: ClauseShape
    comparator_basis: str
    value_basis: str
    deadline_basis: str
    note: TextShape
    unbound: GapShape | None
    participants: list[TitledCode]
    scope: str
    start: date | None
    baseline: float | None
    duplicates: list[str]
    parent_row: TargetRowShape | None
    children: list[TargetRowShape]
    siblings: list[str]
    tasks: list[TargetTask]
    series: list[CourseShape]
    indicator: TargetIndicator | None  # type: ignore[assignment]  # the row has its name, the page all of it
    proof: str
    unknown: float | None
    unknown_reasons: dict[str, float]
    projects: list[CaseRowShape]
