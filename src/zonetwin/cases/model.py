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
    `verified_stage` the furthest one verified. `work` says what is done to the thing (new, rebuild, extend …).
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


@dataclass(frozen=True, slots=True)
class CaseMove:
    """One entry of a case's ledger: a claim of a stage or quantity, or the verification of one.

    `on` is the day it holds (valid time), `recorded_at` when it was entered. `verifies` is the id of the claim
    this entry confirms, None for a claim. `evidence` is a content hash in the zone's media folder, or empty.
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
