"""The rows behind a proof, for people: where each object is, what it is called, whether it counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonetwin.analysis.areas import ancestors
from zonetwin.cases.records import read_case
from zonetwin.core.actor import Viewer
from zonetwin.indicators.evaluate import ZONE
from zonetwin.indicators.proof import kept_table
from zonetwin.indicators.records import KeptProof, read_proof
from zonetwin.store.model import Selection
from zonetwin.zone.zone import Zone

RowStatus = Literal["counted", "not", "unknown"]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One counted object. `point` is lon, lat; `label` what the object is called, or empty."""

    number: int
    feature: str
    area: str
    counted: float | None
    claimed: float | None
    of: float | None
    low: float | None
    high: float | None
    reason: str
    point: tuple[float, float] | None
    label: str


@dataclass(frozen=True, slots=True)
class ProofPart:
    """Some rows of a proof, the number of the last one (None at the end), and how many there are in all."""

    rows: tuple[ProofRow, ...]
    next: int | None
    total: int


@dataclass(frozen=True, slots=True)
class ProofFilter:
    """Which rows: of one area, of one status; None asks for all."""

    area: str | None = None
    status: RowStatus | None = None


def proof_part(
    zone: Zone, proof: str, which: ProofFilter, viewer: Viewer, *, after: int = 0, limit: int = 100
) -> ProofPart:
    """Give a part of a proof's rows in their kept order; `after` is the number of the last row already seen.

    Objects of a kind that the viewer may not see are counted and listed, but neither named nor placed.

    Raises:
        NotFound: there is no such proof, or its rows are gone.
    """
    kept = read_proof(zone.store, proof)
    rows = _kept_rows(_folder(zone), kept.proof.digest)
    numbers = np.flatnonzero(_chosen(zone, rows, which, viewer)) + 1
    wanted = numbers[numbers > after][:limit]
    part = rows.take(wanted - 1)
    places = _places(zone, kept)
    names = _Names(zone, viewer, _texts(part, "feature"))
    return ProofPart(
        tuple(
            _row(number, row, places, names)
            for number, row in zip(wanted.tolist(), part.to_pylist(), strict=True)
        ),
        int(wanted[-1]) if len(wanted) and wanted[-1] != numbers[-1] else None,
        len(numbers),
    )


def _chosen(zone: Zone, rows: pa.Table, which: ProofFilter, viewer: Viewer) -> Mask:
    chosen: Mask = np.ones(rows.num_rows, dtype=bool)
    if which.area is not None and which.area != ZONE:
        chosen &= pc.is_in(rows["area"], pa.array(_areas_in(zone, which.area, viewer))).to_numpy()
    if which.status is not None:
        known = rows["reason"].is_null().to_numpy()
        counts = np.nan_to_num(rows["counted"].to_numpy()) > 0.0
        chosen &= {"unknown": ~known, "counted": known & counts, "not": known & ~counts}[which.status]
    return chosen


def _areas_in(zone: Zone, area: str, viewer: Viewer) -> list[str]:
    """List an area's code and those of all areas inside it."""
    found = zone.store.read("area", viewer, Selection(columns=("code", "parent")))
    parents = {row["code"]: row["parent"] for row in found.to_pylist() if row["code"]}
    return [code for code in (*parents, area) if area in ancestors(parents, code, top=ZONE)]


@dataclass(frozen=True, slots=True)
class _Places:
    """Places by feature, as kept beside the proof's rows."""

    positions: Mapping[str, int]
    lon: list[float]
    lat: list[float]

    def of(self, feature: str) -> tuple[float, float] | None:
        at = self.positions.get(feature)
        return None if at is None else (self.lon[at], self.lat[at])


def _places(zone: Zone, kept: KeptProof) -> _Places:
    return _kept_places(_folder(zone), kept.places) if kept.places else _Places({}, [], [])


def _folder(zone: Zone) -> Path:
    from zonetwin.zone.computing import FOLDER  # brings the engines of measuring: 0.6 s of a server's start

    return zone.folder / FOLDER


@lru_cache(maxsize=4)
def _kept_places(folder: Path, digest: str) -> _Places:
    table = kept_table(folder, digest)
    positions = {feature: at for at, feature in enumerate(_texts(table, "feature"))}
    return _Places(positions, table["lon"].to_numpy().tolist(), table["lat"].to_numpy().tolist())


@lru_cache(maxsize=4)
def _kept_rows(folder: Path, digest: str) -> pa.Table:
    return kept_table(folder, digest)  # named by its content, so what was read once stays right


class _Names:
    """What the objects of some rows are called, read kind by kind."""

    def __init__(self, zone: Zone, viewer: Viewer, features: Sequence[str]) -> None:
        self._hidden = {
            kind.name for kind in zone.packs.kinds.values() if kind.persons and not viewer.sees_persons
        }
        self._names: dict[str, str] = {}
        by_kind: dict[str, list[int]] = {}
        for feature in dict.fromkeys(features):
            kind, _, number = feature.partition("/")
            if number.isdecimal():
                by_kind.setdefault(kind, []).append(int(number))
        for kind, numbers in by_kind.items():
            self._names |= self._read(zone, viewer, kind, numbers)

    def is_hidden(self, feature: str) -> bool:
        return feature.partition("/")[0] in self._hidden

    def of(self, feature: str) -> str:
        return self._names.get(feature, "")

    def _read(self, zone: Zone, viewer: Viewer, kind: str, numbers: list[int]) -> dict[str, str]:
        if kind == "case":
            return {f"case/{number}": read_case(zone.store, number).title for number in numbers}
        declared = zone.packs.kinds.get(kind)
        if (
            declared is None
            or kind in self._hidden
            or "name" not in {item.name for item in declared.properties}
        ):
            return {}
        found = zone.store.read(kind, viewer, Selection(fids=numbers, columns=("fid", "name")))
        return {f"{kind}/{row['fid']}": row["name"] or "" for row in found.to_pylist()}


def _row(number: int, row: Mapping[str, str | float | None], places: _Places, names: _Names) -> ProofRow:
    feature = str(row["feature"])
    hidden = names.is_hidden(feature)
    return ProofRow(
        number=number,
        feature=feature.partition("/")[0] if hidden else feature,
        area=str(row["area"] or ""),
        counted=_number(row["counted"]),
        claimed=_number(row["claimed"]),
        of=_number(row["of"]),
        low=_number(row["low"]),
        high=_number(row["high"]),
        reason=str(row["reason"] or ""),
        point=None if hidden else places.of(feature),
        label="" if hidden else names.of(feature),
    )


def _texts(table: pa.Table, name: str) -> list[str]:
    return [str(value) for value in table[name].to_pylist()]


def _number(value: str | float | None) -> float | None:
    return None if value is None else float(value)
