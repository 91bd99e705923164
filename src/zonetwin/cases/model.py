"""Cases: matters in the hands of an organisation that move through a declared flow.

A stage is *claimed* by the organisation that leads the case until another organisation has *verified* it. The
flows themselves are declared in packs; this module leaves out clocks and routing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity a case carries: planned, and done so far as claimed and as verified, in `unit`."""

    name: str
    unit: str
    planned: float | None
    claimed: float | None = None
    verified: float | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands now.

    `site` is the feature it is about, as `kind/fid`, or empty; `stage` is the furthest stage claimed,
    `verified_stage` the furthest one verified (empty when none is). `work` says what is done to the thing
    (new, rebuild, extend …) and is empty when nobody recorded it.
    """

    id: int
    flow: str
    key: str
    title: str
    title_en: str
    category: str
    work: str
    organisation: str
    participants: tuple[str, ...]
    site: str
    stage: str
    verified_stage: str
    planned_start: date | None
    planned_end: date | None
    opened_on: date
    targets: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    note: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One entry of a case's ledger: a claim of a stage or quantity, its verification, or a counter-entry.

    `on` is the day it holds (valid time), `recorded_at` when it was entered. `verifies` is the id of the
    claim this entry confirms, `withdraws` the id of the entry it takes back; both None for a claim.
    Quantities are totals reached by that day, in the unit of the case's class. `evidence` lists content
    hashes in the zone's media folder, separated by spaces.
    """

    id: int
    case: int
    start: str
    end: str
    on: date
    recorded_at: datetime
    actor: str
    organisation: str
    quantities: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    evidence: str = ""
    verifies: int | None = None
    withdraws: int | None = None

    @property
    def is_claim(self) -> bool:
        return self.verifies is None and self.withdraws is None


@dataclass(frozen=True, slots=True)
class Dossier:
    """A case with its whole ledger, oldest entry first, entries taken back included."""

    case: Case
    moves: tuple[CaseMove, ...] = ()

    def move(self, number: int) -> CaseMove | None:
        """Find an entry of this case by its id."""
        return next((move for move in self.moves if move.id == number), None)


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What is said of a case when it is opened. `planned` gives planned quantities by name.

    An empty `key` lets the record choose one.
    """

    flow: str
    title: str
    category: str
    organisation: str
    key: str = ""
    title_en: str = ""
    work: str = ""
    participants: tuple[str, ...] = ()
    site: str = ""
    area: str = ""
    planned_start: date | None = None
    planned_end: date | None = None
    opened_on: date | None = None
    targets: tuple[str, ...] = ()
    planned: Mapping[str, float] = field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement that a case has reached a stage, or totals of its quantities, by a day.

    An empty `stage` leaves the stage as it is.
    """

    on: date
    organisation: str
    stage: str = ""
    quantities: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """The confirmation of a claim by another organisation, entered for a day.

    `quantities` gives the totals found where they are lower than claimed; names left out are confirmed as
    claimed.
    """

    claim: int
    on: date
    organisation: str
    quantities: Mapping[str, float] = field(default_factory=dict)
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Edit:
    """One field of a case that somebody changed, as text before and after."""

    case: int
    field: str
    before: str
    after: str
    recorded_at: datetime
    actor: str
    organisation: str
    note: str
