"""Proofs: the rows behind a measurement, kept by the hash of what they say, and compared with a later run.

Rows lie as Parquet in the zone's `proofs/`, one file per content however many measurements stand on it. Hashes
are over values, not over the file, so another version of Parquet does not change them.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from zonetwin.core.errors import Conflict, NotFound
from zonetwin.indicators.model import ROW_COLUMNS

TOLERANCE = 1e-9
"""Relative difference of a number up to which a run in another environment still agrees."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that two runs say differently about one object; None where a run does not have it."""

    feature: str
    column: str
    before: str | float | None
    after: str | float | None

    @property
    def is_within_tolerance(self) -> bool:
        """Whether both are numbers that agree to the tolerance."""
        if not (isinstance(self.before, float) and isinstance(self.after, float)):
            return False
        return abs(self.before - self.after) <= TOLERANCE * max(abs(self.before), abs(self.after))


def rows_digest(rows: pa.Table) -> str:
    """Hash the values of a table: names, types, which are null, and the rest bit by bit."""
    total = hashlib.sha256()
    for name, column in zip(rows.column_names, rows.columns, strict=True):
        total.update(f"{name}:{column.type}:{len(column)};".encode())
        total.update(np.packbits(column.is_valid().to_numpy(zero_copy_only=False)).tobytes())
        if pa.types.is_floating(column.type):
            total.update(np.nan_to_num(column.to_numpy(zero_copy_only=False)).astype("<f8").tobytes())
        else:
            total.update("\0".join(str(value or "") for value in column.to_pylist()).encode())
    return total.hexdigest()


def keep_table(folder: Path, table: pa.Table) -> str:
    """Keep a table under the hash of its values, and give the hash. What is there already is left alone."""
    digest = rows_digest(table)
    file = _file(folder, digest)
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_suffix(".new")
        pq.write_table(table, fresh, compression="zstd")
        fresh.replace(file)
    return digest


def kept_table(folder: Path, digest: str) -> pa.Table:
    """Read a kept table.

    Raises:
        NotFound: the file is gone.
        Conflict: the file does not hold what its name says.
    """
    file = _file(folder, digest)
    if not file.is_file():
        raise NotFound(f"The rows {digest[:16]} are not in the zone's proofs.", hint="Measure again.")
    table = pq.read_table(file)
    if rows_digest(table) != digest:
        raise Conflict(f"The rows {digest[:16]} have been changed since they were kept.")
    return table


def proof_id(*parts: str) -> str:
    """Name a proof by what it says: indicator, version, state, period and rows."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def differences(before: pa.Table, after: pa.Table) -> list[Difference]:
    """List what two runs say differently, by feature and area; equal bytes give none."""
    old, new = _by_object(before), _by_object(after)
    found: list[Difference] = []
    for key in sorted(set(old) | set(new)):
        was, now = old.get(key), new.get(key)
        if was is None or now is None:
            found.append(Difference(key[0], "feature", key[0] if was else None, key[0] if now else None))
            continue
        found += [
            Difference(key[0], name, was[name], now[name]) for name in ROW_COLUMNS if was[name] != now[name]
        ]
    return found


_Row = Mapping[str, str | float | None]


def _by_object(rows: pa.Table) -> dict[tuple[str, int], _Row]:
    """Key rows by feature and, where one has several, by their order."""
    seen: dict[str, int] = {}
    keyed: dict[tuple[str, int], _Row] = {}
    for row in rows.select(list(ROW_COLUMNS)).to_pylist():
        number = seen.get(row["feature"], 0)
        seen[row["feature"]] = number + 1
        keyed[row["feature"], number] = row
    return keyed


def _file(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / f"{digest}.parquet"
