"""Measurements, proofs and gaps in the record: the only file here that reads and writes it.

A measurement is kept once per indicator, area and period. What an indicator could not give is kept too, so that
a target can say why it cannot be scored.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from zonetwin.core.errors import NotFound
from zonetwin.core.gap import Gap
from zonetwin.core.period import Period
from zonetwin.core.text import Text
from zonetwin.indicators.model import Measurement, Proof, Unmeasured
from zonetwin.store.model import Migration, Part, Row, Store, Value, Writer
from zonetwin.store.statements import load_statements

_FOLDER = Path(__file__).parent
_SQL = load_statements(_FOLDER / "queries.sql")
PART = Part(
    "indicators",
    (Migration("indicators", 1, (_FOLDER / "schema.sql").read_text(encoding="utf-8")),),
    {"measurement": _SQL["measurement"]},
)
"""What indicators add to the record."""


@dataclass(frozen=True, slots=True)
class KeptProof:
    """A proof with where it is kept: the places of its objects (a hash, empty when none) and its basis."""

    proof: Proof
    places: str
    basis: str


def save_measurements(writer: Writer, kept: KeptProof, measurements: Iterable[Measurement]) -> None:
    """Keep the measurements of one indicator over one period, in place of earlier ones, with their proof."""
    proof = kept.proof
    forget_measurements(writer, proof.indicator, proof.period)
    writer.execute(_SQL["forget_unmeasured"], {"indicator": proof.indicator})
    writer.execute(_SQL["forget_proof"], {"id": proof.id})
    writer.execute(_SQL["add_proof"], _proof_values(kept))
    rows = [_measurement_values(item) for item in measurements]
    writer.execute_many(_SQL["add_measurement"], rows)
    writer.touch("measurement", len(rows))


def forget_measurements(writer: Writer, indicator: str, period: Period) -> None:
    """Take back what was measured over a period, because the data for it is gone."""
    bounds = {"period_start": period.start.isoformat(), "period_end": period.end.isoformat()}
    writer.execute(_SQL["forget_measurements"], {"indicator": indicator, **bounds})
    writer.touch("measurement")


def save_unmeasured(writer: Writer, gaps: Iterable[Unmeasured]) -> None:
    """Keep why indicators gave nothing, in place of earlier reasons."""
    for item in gaps:
        writer.execute(_SQL["forget_unmeasured"], {"indicator": item.indicator})
        writer.execute(
            _SQL["add_unmeasured"],
            {
                "indicator": item.indicator,
                "code": item.gap.code,
                "reason_zh": item.gap.reason.zh,
                "reason_en": item.gap.reason.en,
            },
        )
        writer.touch("unmeasured")


def read_measurements(
    store: Store, *, indicator: str | None = None, area: str | None = None, period: Period | None = None
) -> list[Measurement]:
    """List measurements by indicator, area and period; each filter may be left out."""
    rows = store.select(
        _SQL["measurements"],
        {
            "indicator": indicator,
            "area": area,
            "period_start": period.start.isoformat() if period else None,
            "period_end": period.end.isoformat() if period else None,
        },
    )
    return [_measurement(row) for row in rows]


def latest_measurements(
    store: Store, *, indicator: str | None = None, area: str | None = None
) -> list[Measurement]:
    """Give per indicator and area the measurement whose period ends last; of those the longest."""
    latest: dict[tuple[str, str], Measurement] = {}
    for item in read_measurements(store, indicator=indicator, area=area):
        key = (item.indicator, item.area)
        held = latest.get(key)
        if held is None or _recency(item) > _recency(held):
            latest[key] = item
    return list(latest.values())


def measurement_series(
    store: Store, indicator: str, area: str, *, start: date | None = None
) -> list[Measurement]:
    """List an indicator's measurements in an area by the end of their periods.

    Args:
        store: The record.
        indicator: Name of the indicator.
        area: Code of the area.
        start: Only periods that start on this day: the growing values of one span.
    """
    found = read_measurements(store, indicator=indicator, area=area)
    if start is not None:
        found = [item for item in found if item.period.start == start]
    return sorted(found, key=lambda item: (item.period.end, item.period.start))


def measurements_of_proof(store: Store, proof: str) -> list[Measurement]:
    """List what stands on a proof, by area."""
    return [_measurement(row) for row in store.select(_SQL["measurements_of_proof"], {"proof": proof})]


def read_proof(store: Store, id_: str) -> KeptProof:
    """Find a proof.

    Raises:
        NotFound: there is none with this id.
    """
    rows = store.select(_SQL["proof"], {"id": id_})
    if not rows:
        raise NotFound(f"There is no proof {id_!r}.", hint="`zonetwin measure` prints the proofs in force.")
    return _kept_proof(rows[0])


def proofs_by_basis(store: Store) -> dict[str, KeptProof]:
    """Give the proofs that measurements stand on, by what they were computed from."""
    kept = [_kept_proof(row) for row in store.select(_SQL["proofs"])]
    return {item.basis: item for item in kept}


def read_unmeasured(store: Store) -> list[Unmeasured]:
    """List the indicators that gave nothing when last asked, with the reason."""
    return [
        Unmeasured(
            str(row["indicator"]),
            Gap(str(row["code"]), Text(str(row["reason_zh"]), str(row["reason_en"]))),
        )
        for row in store.select(_SQL["unmeasured"])
    ]


def _recency(item: Measurement) -> tuple[date, int]:
    return item.period.end, (item.period.end - item.period.start).days


def _measurement_values(item: Measurement) -> Mapping[str, Value]:
    return {
        "indicator": item.indicator,
        "area": item.area,
        "period_start": item.period.start.isoformat(),
        "period_end": item.period.end.isoformat(),
        "value": item.value,
        "claimed": item.claimed,
        "unit": item.unit,
        "low": item.low,
        "high": item.high,
        "counted": item.counted,
        "of_total": item.of,
        "unknown": item.unknown,
        "unknown_reasons": json.dumps(dict(item.unknown_reasons), sort_keys=True),
        "data_date": item.data_date.isoformat() if item.data_date else None,
        "proof": item.proof,
    }


def _proof_values(kept: KeptProof) -> Mapping[str, Value]:
    proof = kept.proof
    return {
        "id": proof.id,
        "indicator": proof.indicator,
        "version": proof.version,
        "state": proof.state,
        "period_start": proof.period.start.isoformat(),
        "period_end": proof.period.end.isoformat(),
        "today": proof.today.isoformat(),
        "row_count": proof.rows,
        "digest": proof.digest,
        "places": kept.places,
        "made_at": proof.made_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        "environment": json.dumps(dict(proof.environment), sort_keys=True),
        "basis": kept.basis,
    }


def _measurement(row: Row) -> Measurement:
    return Measurement(
        indicator=str(row["indicator"]),
        area=str(row["area"]),
        period=_period(row),
        value=_number(row["value"]),
        claimed=_number(row["claimed"]),
        unit=str(row["unit"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        counted=int(str(row["counted"])),
        of=_number(row["of_total"]),
        unknown=_number(row["unknown"]) or 0.0,
        unknown_reasons=json.loads(str(row["unknown_reasons"])),
        data_date=date.fromisoformat(str(row["data_date"])) if row["data_date"] else None,
        proof=str(row["proof"]),
    )


def _kept_proof(row: Row) -> KeptProof:
    proof = Proof(
        id=str(row["id"]),
        indicator=str(row["indicator"]),
        version=str(row["version"]),
        state=str(row["state"]),
        period=_period(row),
        today=date.fromisoformat(str(row["today"])),
        rows=int(str(row["row_count"])),
        digest=str(row["digest"]),
        made_at=datetime.fromisoformat(str(row["made_at"])),
        environment=json.loads(str(row["environment"])),
    )
    return KeptProof(proof, str(row["places"]), str(row["basis"]))


def _period(row: Row) -> Period:
    return Period(date.fromisoformat(str(row["period_start"])), date.fromisoformat(str(row["period_end"])))


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, int | float) else None
