"""Computing a proof again from the state it names, and saying what differs."""

from dataclasses import dataclass
from datetime import datetime

from zonetwin.core.errors import Conflict
from zonetwin.indicators import records
from zonetwin.indicators.model import Proof
from zonetwin.indicators.proof import Difference, differences, kept_table, rows_digest
from zonetwin.packs.model import Indicator
from zonetwin.store.states import StateName, state_name_from_text
from zonetwin.zone.bench import Bench, reads_of
from zonetwin.zone.computing import FOLDER, Basis, evaluated
from zonetwin.zone.state import open_zone_state
from zonetwin.zone.zone import Zone

_LISTED = 1000


@dataclass(frozen=True, slots=True)
class Rerun:
    """A proof computed again: `same` to the last bit, or `agrees` to the tolerance, or neither."""

    proof: str
    same: bool
    agrees: bool
    differences: tuple[Difference, ...]

    def as_json(self) -> dict[str, object]:
        """Give the answer with at most a thousand differences listed."""
        return {
            "proof": self.proof,
            "same": self.same,
            "agrees": self.agrees,
            "count": len(self.differences),
            "differences": [
                {"feature": item.feature, "column": item.column, "before": item.before, "after": item.after}
                for item in self.differences[:_LISTED]
            ],
        }


def rerun(zone: Zone, proof: str) -> Rerun:
    """Compute a proof again and compare its rows with those kept.

    Raises:
        NotFound: there is no such proof, or its rows are gone.
        Conflict: its declaration or a table without history has changed since, so that its state is no more.
    """
    kept = records.read_proof(zone.store, proof).proof
    indicator = _declared(zone, kept)
    before = kept_table(zone.folder / FOLDER, kept.digest)
    name = state_name_from_text(kept.state)
    with (
        open_zone_state(zone, at=name.at, known=_known(zone, indicator, name)) as state,
        Bench(state, zone.packs, [indicator]) as bench,
    ):
        after = evaluated(Basis(indicator, kept.period, kept.today, bench)).rows
    found = tuple(differences(before, after))
    return Rerun(
        proof=proof,
        same=rows_digest(after) == kept.digest,
        agrees=all(item.is_within_tolerance for item in found),
        differences=found,
    )


def _declared(zone: Zone, proof: Proof) -> Indicator:
    indicator = zone.packs.indicators.get(proof.indicator)
    if indicator is None or indicator.version != proof.version:
        raise Conflict(
            f"The declaration of {proof.indicator!r} has changed since the proof was made.",
            hint="Measure again.",
        )
    return indicator


def _known(zone: Zone, indicator: Indicator, name: StateName) -> datetime | None:
    """Give the instant of the proof's state; None where nothing that it reads has changed since."""
    reads = reads_of(indicator, zone.packs).tables
    present = [table for table in reads if table in zone.packs.kinds or _is_published(zone, table)]
    later = [table for table in present if zone.store.kind_change(table) > name.change]
    if not later:
        return name.known
    if lost := [table for table in later if table not in zone.packs.kinds]:
        raise Conflict(
            f"Of {', '.join(lost)} only the present rows are kept, and they have changed since.",
            hint="Measure again.",
        )
    return name.known or zone.store.changes(before=name.change + 1, limit=1)[0].at


def _is_published(zone: Zone, table: str) -> bool:
    return table in zone.store.published_tables
