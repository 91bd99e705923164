"""Computing one indicator over one period on a bench: its rows, its proof and its measurements."""

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version

import pyarrow as pa
import pyarrow.parquet as pq

from zonetwin import __version__
from zonetwin.analysis.rollup import Total
from zonetwin.core.period import Period
from zonetwin.indicators.evaluate import Evaluation, evaluate
from zonetwin.indicators.model import Measurement, Proof
from zonetwin.indicators.proof import keep_table, proof_id, rows_digest
from zonetwin.indicators.records import KeptProof
from zonetwin.packs.model import Indicator, Table
from zonetwin.store.model import Store
from zonetwin.zone.bench import Bench, framing_kind, reads_of
from zonetwin.zone.places import places_of
from zonetwin.zone.state import parents_of
from zonetwin.zone.zone import Zone

FOLDER = "proofs"
_PROGRAMS = ("duckdb", "numpy", "scipy", "shapely", "pyarrow", "pyproj")


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything a value depends on: the declaration, the period, the zone's day, and a state on a bench."""

    indicator: Indicator
    period: Period
    today: date
    bench: Bench

    @property
    def digest(self) -> str:
        """Hash of the declaration, the period, the day and the content of every table read."""
        reads = reads_of(self.indicator, self.bench.packs)
        packs = self.bench.packs.tables
        parts = [
            self.indicator.name,
            self.indicator.version,
            str(self.period),
            self.today.isoformat(),
            *(self.bench.file_name(name) for name in (*reads.tables, framing_kind(self.indicator))),
            *(_table_digest(packs[name]) if name in packs else name for name in reads.pack_tables),
            repr(sorted(environment().items())),
        ]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def evaluated(basis: Basis) -> Evaluation:
    """Run the indicator's statement and add its rows up."""
    bench = basis.bench
    return evaluate(
        basis.indicator,
        bench.session_for(basis.indicator),
        basis.period,
        today=basis.today,
        parents=parents_of(bench.table(framing_kind(basis.indicator))),
    )


def compute(basis: Basis, zone: Zone, record: Store) -> tuple[KeptProof, list[Measurement]]:
    """Compute one indicator over one period and put its rows into the zone's proofs.

    Args:
        basis: What to compute, on a bench.
        zone: The zone.
        record: The snapshot of the record that the bench's state was opened on.

    Raises:
        InvalidInput: the statement cannot be run, or gives other columns than a proof has.
    """
    indicator, bench = basis.indicator, basis.bench
    found = evaluated(basis)
    folder = zone.folder / FOLDER
    places = keep_table(folder, places_of(found.rows, indicator, bench))
    digest = keep_table(folder, found.rows)
    state = str(bench.state.name)
    proof = Proof(
        id=proof_id(indicator.name, indicator.version, state, str(basis.period), digest),
        indicator=indicator.name,
        version=indicator.version,
        state=state,
        period=basis.period,
        today=basis.today,
        rows=len(found.rows),
        digest=digest,
        made_at=zone.clock.now(),
        environment=environment(),
    )
    newest = data_date(basis, zone, record)
    measurements = [
        _measurement(basis, code, total, newest, proof.id) for code, total in sorted(found.totals.items())
    ]
    return KeptProof(proof, places, basis.digest), measurements


def _measurement(basis: Basis, area: str, total: Total, newest: date | None, proof: str) -> Measurement:
    return Measurement(
        indicator=basis.indicator.name,
        area=area,
        period=basis.period,
        value=total.value,
        claimed=total.claimed,
        unit=basis.indicator.unit,
        low=total.low,
        high=total.high,
        counted=total.counted,
        of=total.of,
        unknown=total.unknown,
        unknown_reasons=total.unknown_reasons,
        data_date=newest,
        proof=proof,
    )


@lru_cache(maxsize=1)
def environment() -> Mapping[str, str]:
    """Name the programs a value was computed with; the same ones give the same bytes."""
    programs = {name: version(name) for name in _PROGRAMS}
    own = {"zonetwin": __version__, "python": platform.python_version(), "machine": platform.machine()}
    return own | programs


def data_date(basis: Basis, zone: Zone, record: Store) -> date | None:
    """Give the day of the newest data read: when its source was obtained, else when it was recorded.

    Never later than the zone's day, which may be pinned in the past.
    """
    reads = reads_of(basis.indicator, basis.bench.packs)
    held = basis.bench.newest_days
    for name in reads.tables:
        if name not in held:
            held[name] = _newest_day(name, basis.bench, record, zone)
    newest = max((day for name in reads.tables if (day := held[name])), default=None)
    return min(newest, basis.today) if newest else None


def _newest_day(name: str, bench: Bench, record: Store, zone: Zone) -> date | None:
    if name not in bench.state.tables() or not bench.row_count(name):
        return None
    recorded = _day_of_change(record, record.kind_change(name), zone)
    if name not in record.kinds:
        return recorded
    sources = pq.read_table(bench.state.path(name), columns=["source"]).column("source").unique()
    obtained = {id_: source.obtained_on for id_, source in record.sources()}
    days = [obtained.get(int(id_ or 0)) or recorded for id_ in sources.to_pylist()]
    return max((day for day in days if day), default=None)


def _day_of_change(record: Store, change: int, zone: Zone) -> date | None:
    found = record.changes(before=change + 1, limit=1) if change else []
    return found[0].at.astimezone(zone.clock.zone).date() if found else None


def _table_digest(table: Table) -> str:
    text = pa.table({name: [row[name] for row in table.rows] for name in table.columns})
    return rows_digest(text) if len(table.rows) else repr(table.columns)
