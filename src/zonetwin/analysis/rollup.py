"""Adding up counted objects to areas, from the smallest area up to the whole zone.

Rows whose answer is unknown never enter a value; their weight stands beside it. Sums are correctly rounded
(`math.fsum`), so neither the order of rows nor the way areas are nested changes a bit.
"""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from zonetwin.analysis.areas import ancestors
from zonetwin.analysis.network import Bools, Floats, Geometries, Ints

Combine = Literal["sum", "ratio", "max", "median", "whole"]
NO_VALUE = "no-value"
"""Reason of a row that gives neither a number nor a reason."""


@dataclass(frozen=True, slots=True)
class CountedRows:
    """One row per counted object; numbers are NaN where the row has none, shape (rows,) each.

    `area` and `reason` hold text or None; a row without a reason is known.
    """

    area: Geometries
    counted: Floats
    claimed: Floats
    of: Floats
    low: Floats
    high: Floats
    reason: Geometries


@dataclass(frozen=True, slots=True)
class Total:
    """What the rows of one area give; `Measurement` says what each number means."""

    value: float | None
    claimed: float | None
    low: float | None
    high: float | None
    counted: int
    of: float | None
    unknown: float
    unknown_reasons: Mapping[str, float]


def totals_by_area(
    rows: CountedRows, *, combine: Combine, factor: float, parents: Mapping[str, str | None], top: str
) -> dict[str, Total]:
    """Give the total of every area, of the top one and of every code in the rows, rows or not.

    Args:
        rows: The counted objects.
        combine: `whole` takes an area's own rows only (a ratio where they have an `of`, else their sum); all
            others also those of the areas inside it.
        factor: What a ratio is multiplied by: 100 for percent.
        parents: For each area's code the code of the area around it; a code that is not there counts for the
            top area only.
        top: Code of the whole zone.
    """
    groups = _rows_by_area(rows.area, parents, top, nested=combine != "whole")
    return {code: _total(rows, index, combine, factor) for code, index in groups.items()}


def _rows_by_area(
    area: Geometries, parents: Mapping[str, str | None], top: str, *, nested: bool
) -> dict[str, Ints]:
    codes, inverse = _coded(area, top)
    parts: dict[str, list[Ints]] = {top: [], **{code: [] for code in parents}}
    for number, code in enumerate(codes):
        own = np.flatnonzero(inverse == number)
        known = code == top or code in parents
        chain = [code if known else top] if not nested else ancestors(parents, code, top=top)
        for container in chain:
            if container in parts:
                parts[container].append(own)
    return {code: np.sort(np.concatenate([*found, _NO_ROWS])) for code, found in parts.items()}


_NO_ROWS: Ints = np.empty(0, dtype=np.int64)


def _coded(area: Geometries, top: str) -> tuple[list[str], Ints]:
    numbers: dict[str, int] = {}
    coded = [numbers.setdefault(top if code is None else str(code), len(numbers)) for code in area]
    return list(numbers), np.array(coded, dtype=np.int64)


def _total(rows: CountedRows, index: Ints, combine: Combine, factor: float) -> Total:
    counted, of, reason = rows.counted[index], rows.of[index], rows.reason[index]
    is_known = _known(counted, of, reason, needs_of=combine == "ratio")
    known = index[is_known]
    answer = _ANSWERS[combine]

    def combined(values: Floats) -> float | None:
        own = values[known]
        if np.isnan(own).all():
            return None
        filled = np.where(np.isnan(own), rows.counted[known], own)
        return answer(filled.tolist(), rows.of[known].tolist(), factor)

    weights = np.where(np.isnan(of), 1.0, of)[~is_known]
    reasons: dict[str, list[float]] = {}
    for why, weight in zip(reason[~is_known], weights, strict=True):
        reasons.setdefault(str(why or NO_VALUE), []).append(float(weight))
    nothing = 0.0 if combine == "sum" and not len(index) else None
    has_of = len(known) > 0 and not np.isnan(rows.of[known]).all()
    return Total(
        value=combined(rows.counted) if len(known) else nothing,
        claimed=combined(rows.claimed) if len(known) else nothing,
        low=combined(rows.low),
        high=combined(rows.high),
        counted=len(known),
        of=math.fsum(np.nan_to_num(rows.of[known]).tolist()) if has_of else None,
        unknown=math.fsum(weights.tolist()),
        unknown_reasons={why: math.fsum(parts) for why, parts in sorted(reasons.items())},
    )


def _known(counted: Floats, of: Floats, reason: Geometries, *, needs_of: bool) -> Bools:
    has_reason = np.array([why is not None for why in reason], dtype=bool)
    known: Bools = ~has_reason & ~np.isnan(counted)
    return known & ~np.isnan(of) if needs_of else known


def _sum(values: Sequence[float], of: Sequence[float], factor: float) -> float | None:
    return math.fsum(values)


def _ratio(values: Sequence[float], of: Sequence[float], factor: float) -> float | None:
    whole = math.fsum(of)
    return factor * math.fsum(values) / whole if whole else None


def _whole(values: Sequence[float], of: Sequence[float], factor: float) -> float | None:
    return math.fsum(values) if all(math.isnan(part) for part in of) else _ratio(values, of, factor)


def _max(values: Sequence[float], of: Sequence[float], factor: float) -> float | None:
    return max(values)


def _median(values: Sequence[float], of: Sequence[float], factor: float) -> float | None:
    return statistics.median(values)


_ANSWERS: Mapping[Combine, Callable[[Sequence[float], Sequence[float], float], float | None]] = {
    "sum": _sum,
    "ratio": _ratio,
    "max": _max,
    "median": _median,
    "whole": _whole,
}
