"""The JSON shapes of projects: rows of lists, one project's card, and what is sent to change them."""

from datetime import date, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from zonetwin.api.shapes import Shape, TextShape, TitledCode
from zonetwin.cases.fields import CaseChange
from zonetwin.cases.model import CaseDraft
from zonetwin.zone.projects import ProjectMove


class QuantityShape(Shape):
    """A quantity of a project: planned, claimed, verified."""

    name: str
    title: TextShape
    unit: str
    unit_symbol: TextShape
    planned: float | None
    claimed: float | None
    verified: float | None


class CaseRowShape(Shape):
    """A project in a list. `late_days` is null where lateness means nothing; `point` is lon, lat."""

    id: int
    key: str
    title: str
    title_en: str
    category: str
    category_title: TextShape
    work: str
    work_title: TextShape
    organisation: TitledCode
    stage: str
    stage_title: TextShape
    verified_stage: str | None
    verified_stage_title: TextShape | None
    planned_start: date | None
    planned_end: date | None
    opened_on: date
    late_days: int | None
    site: str | None
    area: str | None
    placed: bool
    point: tuple[float, float] | None
    quantities: list[QuantityShape]
    targets: list[str]


class MoveShape(Shape):
    """An entry of a project's ledger; `evidence` lists hashes of kept files."""

    id: int
    start: str
    stage: str
    stage_title: TextShape
    on: date
    recorded_at: datetime
    actor: str
    organisation: TitledCode
    quantities: dict[str, float]
    note: str
    evidence: list[str]
    verifies: int | None
    withdraws: int | None
    withdrawn: bool


class StageShape(Shape):
    """A stage a project may go to."""

    stage: str
    title: TextShape


class EditShape(Shape):
    """One field of a project that somebody changed."""

    field: str
    before: str
    after: str
    recorded_at: datetime
    actor: str
    organisation: str
    note: str


class CaseShape(CaseRowShape):
    """A project with its ledger; `unverified` are claims nobody has verified yet."""

    participants: list[TitledCode]
    note: str
    moves: list[MoveShape]
    next: list[StageShape]
    unverified: list[int]
    edits: list[EditShape]
    geometry: dict[str, object] | None


_Name = Annotated[str, Field(max_length=200)]
_Long = Annotated[str, Field(max_length=4000)]
# numbers of people's making: infinities and NaN cannot be meant
_Amount = Annotated[float, Field(allow_inf_nan=False)]


class Sent(BaseModel):
    """What a client sends: unknown fields are refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


class CaseCreated(Sent):
    """A project to be opened; `geometry` is GeoJSON in lon/lat, `planned` the planned quantities by name."""

    flow: _Name = "project"
    title: _Long
    title_en: _Long = ""
    category: _Name
    work: _Name = ""
    organisation: _Name
    key: _Name = ""
    participants: list[_Name] = []
    planned_start: date | None = None
    planned_end: date | None = None
    opened_on: date | None = None
    targets: list[_Name] = []
    planned: dict[str, _Amount] = {}
    note: _Long = ""
    geometry: dict[str, object] | None = None

    def draft(self) -> CaseDraft:
        return CaseDraft(
            flow=self.flow,
            title=self.title,
            title_en=self.title_en,
            category=self.category,
            work=self.work,
            organisation=self.organisation,
            key=self.key,
            participants=tuple(self.participants),
            planned_start=self.planned_start,
            planned_end=self.planned_end,
            opened_on=self.opened_on,
            targets=tuple(self.targets),
            planned=self.planned,
            note=self.note,
        )


class CaseChanged(Sent):
    """New values for some fields of a project; a field left out stays. An empty day takes the day away."""

    key: _Name | None = None
    title: _Long | None = None
    title_en: _Long | None = None
    category: _Name | None = None
    work: _Name | None = None
    organisation: _Name | None = None
    participants: list[_Name] | None = None
    planned_start: _Name | None = None
    planned_end: _Name | None = None
    targets: list[_Name] | None = None
    planned: dict[str, _Amount | None] | None = None
    note: _Long | None = None
    change_note: _Long = ""

    def change(self) -> CaseChange:
        return CaseChange(
            key=self.key,
            title=self.title,
            title_en=self.title_en,
            category=self.category,
            work=self.work,
            organisation=self.organisation,
            participants=None if self.participants is None else tuple(self.participants),
            planned_start=self.planned_start,
            planned_end=self.planned_end,
            targets=None if self.targets is None else tuple(self.targets),
            planned=self.planned,
            note=self.note,
        )


class MoveSent(Sent):
    """A claim for a project's ledger, or with `verifies` the verification of one.

    `evidence` lists hashes of kept files; `organisation` is the actor's where it is left out.
    """

    stage: _Name = ""
    on: date
    quantities: dict[str, _Amount] = {}
    note: _Long = ""
    evidence: list[_Name] = []
    verifies: int | None = Field(default=None, ge=1, lt=2**53)
    organisation: _Name = ""

    def move(self) -> ProjectMove:
        return ProjectMove(
            on=self.on,
            stage=self.stage,
            quantities=self.quantities,
            note=self.note,
            evidence=" ".join(self.evidence),
            verifies=self.verifies,
            organisation=self.organisation,
        )


class PlaceSent(Sent):
    """A place: GeoJSON geometry in lon/lat. Without `valid_from` the former place was wrong from the start."""

    geometry: dict[str, object]
    note: _Long = ""
    valid_from: date | None = None


class WithdrawalSent(Sent):
    """Why an entry is taken back."""

    note: Annotated[str, Field(min_length=1, max_length=4000)]
    organisation: _Name = ""
