"""Measuring a zone: indicators over their periods, kept with their proofs in one Change.

What a value depends on is hashed (declaration, tables, day); a value whose basis is unchanged is not computed
again. Computing a proof again is in `rerunning`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zonetwin.core.actor import Actor
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.gap import Gap
from zonetwin.core.period import Period
from zonetwin.core.text import Text
from zonetwin.indicators import records
from zonetwin.indicators.model import Measurement, Unmeasured
from zonetwin.indicators.records import KeptProof
from zonetwin.packs.model import Indicator
from zonetwin.plans.model import Target
from zonetwin.plans.reading import read_plans
from zonetwin.store.model import Store
from zonetwin.zone.bench import Bench
from zonetwin.zone.computing import Basis, compute
from zonetwin.zone.missing import gap_of, gap_without_rows
from zonetwin.zone.periods import asked_periods, by_state
from zonetwin.zone.progress import Progress, no_progress
from zonetwin.zone.rerunning import Rerun, rerun
from zonetwin.zone.state import open_zone_state
from zonetwin.zone.zone import Zone

__all__ = ["MeasureReport", "Rerun", "measure", "rerun"]

TOOL = "measure"


@dataclass(frozen=True, slots=True)
class MeasureReport:
    """What was measured, newly or before on an unchanged basis, and what could not be, with the reason."""

    measurements: tuple[Measurement, ...]
    unmeasured: tuple[Unmeasured, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "measurements": [measurement_json(item) for item in self.measurements],
            "unmeasured": [
                {"indicator": item.indicator, "reason": item.gap.as_json()} for item in self.unmeasured
            ],
        }


def measurement_json(item: Measurement) -> dict[str, object]:
    """Give a measurement as interfaces print it; the period is `start/end`, its end exclusive."""
    return {
        "indicator": item.indicator,
        "area": item.area,
        "period": str(item.period),
        "value": item.value,
        "unit": item.unit,
        "low": item.low,
        "high": item.high,
        "unknown": item.unknown,
        "data_date": item.data_date.isoformat() if item.data_date else None,
        "proof": item.proof,
        "claimed": item.claimed,
        "counted": item.counted,
        "of": item.of,
        "unknown_reasons": dict(item.unknown_reasons),
    }


def measure(
    zone: Zone,
    *,
    indicators: Sequence[str] | None = None,
    actor: Actor,
    progress: Progress = no_progress,
) -> MeasureReport:
    """Measure indicators on the zone's present record and keep what was found.

    Args:
        zone: The open zone.
        indicators: Names of indicators; all the packs declare by default.
        actor: Who measures.
        progress: Told the number of values done and in all.

    Raises:
        NotFound: no pack declares an indicator of that name.
    """
    run = _Run(zone, _chosen(zone, indicators), progress)
    run.compute_all(_targets(zone))
    if run.fresh or run.gaps_have_changed():
        note = f"{len(run.fresh)} values, {len(run.gaps)} indicators not measured"
        with zone.store.begin(actor=actor, tool=TOOL, note=note) as writer:
            for name, period in run.lost:
                records.forget_measurements(writer, name, period)
            for kept, found in run.fresh:
                records.save_measurements(writer, kept, found)
            records.save_unmeasured(writer, run.unmeasured)
    return MeasureReport(tuple(run.measured), tuple(run.unmeasured))


def _chosen(zone: Zone, names: Sequence[str] | None) -> dict[str, Indicator]:
    declared = zone.packs.indicators
    for name in names or ():
        if name not in declared:
            raise NotFound(
                f"No chosen pack declares the indicator {name!r}.", hint=f"Declared: {', '.join(declared)}."
            )
    return {name: declared[name] for name in (names if names is not None else declared)}


def _targets(zone: Zone) -> list[Target]:
    return [target for plan in read_plans(zone.packs) for target in plan.targets]


@dataclass(slots=True)
class _Run:
    """One run over all chosen indicators: what it found, to be written at its end."""

    zone: Zone
    indicators: Mapping[str, Indicator]
    progress: Progress
    measured: list[Measurement] = field(default_factory=list)
    fresh: list[tuple[KeptProof, list[Measurement]]] = field(default_factory=list)
    gaps: dict[str, Gap] = field(default_factory=dict)
    lost: list[tuple[str, Period]] = field(default_factory=list)
    done: int = 0

    @property
    def unmeasured(self) -> list[Unmeasured]:
        """The indicators that gave no value over any period."""
        given = {item.indicator for item in self.measured}
        return [Unmeasured(name, gap) for name, gap in sorted(self.gaps.items()) if name not in given]

    def gaps_have_changed(self) -> bool:
        held = {item.indicator: item.gap for item in records.read_unmeasured(self.zone.store)}
        return any(held.get(item.indicator) != item.gap for item in self.unmeasured)

    def compute_all(self, targets: Sequence[Target]) -> None:
        today = self.zone.clock.today()
        asked = asked_periods(self.indicators.values(), targets, today)
        held = records.proofs_by_basis(self.zone.store)
        total = sum(len(periods) for periods in asked.values())
        for day, work in by_state(asked, self.indicators, today).items():
            self._compute(day, work, held, total)
        self.measured.sort(key=lambda item: (item.indicator, item.area, item.period))

    def _compute(
        self,
        day: date,
        work: Sequence[tuple[Indicator, Period]],
        held: Mapping[str, KeptProof],
        total: int,
    ) -> None:
        """Measure what looks at the state of one day."""
        with (
            open_zone_state(self.zone, at=day) as state,
            Bench(state, self.zone.packs, [indicator for indicator, _ in work]) as bench,
        ):
            for indicator, period in work:
                self.progress(self.done, total, indicator.title)
                self.done += 1
                self._one(Basis(indicator, period, self.zone.clock.today(), bench), state.record, held)
        self.progress(self.done, total, Text("测量完成", "Measured"))

    def _one(self, basis: Basis, record: Store, held: Mapping[str, KeptProof]) -> None:
        if kept := held.get(basis.digest):
            self.measured += records.measurements_of_proof(self.zone.store, kept.proof.id)
            return
        if gap := gap_of(basis.indicator, basis.bench):
            self._lose(basis, gap)
            return
        try:
            fresh = compute(basis, self.zone, record)
        except InvalidInput as error:
            said = Text(f"指标语句无法执行:{error}", f"The statement cannot be run: {error}")
            self._lose(basis, Gap("failed", said))
            return
        if gap := gap_without_rows(basis.indicator, fresh[0].proof.rows):
            self._lose(basis, gap)
            return
        self.fresh.append(fresh)
        self.measured += fresh[1]

    def _lose(self, basis: Basis, gap: Gap) -> None:
        """Note that there is no value over a period, whatever an earlier run found."""
        self.gaps[basis.indicator.name] = gap
        self.lost.append((basis.indicator.name, basis.period))
