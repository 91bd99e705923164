"""Running an indicator's statement and adding its rows up to areas.

The rows are the proof: they come back in a fixed order with fixed types, so that the same state gives the same
bytes. This module leaves out where rows are kept (`proof`) and which periods are asked for (zone.measuring).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from zonetwin.analysis.rollup import CountedRows, Total, totals_by_area
from zonetwin.core.errors import InvalidInput
from zonetwin.core.period import Period
from zonetwin.indicators.model import ROW_COLUMNS
from zonetwin.packs.model import Indicator

ZONE = "zone"
"""Code of the area that is the whole zone."""

ROW_SCHEMA = pa.schema(
    [
        pa.field(name, pa.string() if name in ("area", "feature", "reason") else pa.float64(), nullable=True)
        for name in ROW_COLUMNS
    ]
)
"""Columns of a proof with their types, in order."""

_ORDER: list[tuple[str, Literal["ascending", "descending"]]] = [
    (name, "ascending") for name in ("feature", "area", "reason", "counted")
]
_REQUIRED = ("area", "feature", "counted", "of", "reason")
_FACTORS = {"percent": 100.0, "pp": 100.0}


class Session(Protocol):
    """What runs a pack's statement: an analysis session over the tables of one state."""

    def run(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """Run one SELECT with named parameters."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The rows of one indicator over one period, in the order of their features, and the total of every area."""

    rows: pa.Table
    totals: Mapping[str, Total]


def evaluate(
    indicator: Indicator,
    session: Session,
    period: Period,
    *,
    today: date,
    parents: Mapping[str, str | None],
) -> Evaluation:
    """Run an indicator over a period.

    Args:
        indicator: The declaration.
        session: The tables of one state, with those the indicator needs.
        period: The days asked about; an indicator of an instant sees its first day as `:today`.
        today: The zone's day, which indicators over a span see as `:today`.
        parents: For each area (or organisation) the one around it.

    Raises:
        InvalidInput: the statement does not give the columns of a proof, or a number that is not finite.
    """
    given = {
        "today": period.start if indicator.over == "instant" else today,
        "start": period.start,
        "end": period.end,
    }
    rows = checked_rows(session.run(indicator.sql, {**indicator.parameters, **given}), indicator.name)
    return Evaluation(rows, totals_of(rows, indicator, parents))


def totals_of(rows: pa.Table, indicator: Indicator, parents: Mapping[str, str | None]) -> dict[str, Total]:
    """Add rows up to every area and to the whole zone."""
    return totals_by_area(
        _counted(rows),
        combine=indicator.combine,
        factor=_FACTORS.get(indicator.unit, 1.0),
        parents=parents,
        top=ZONE,
    )


def checked_rows(table: pa.Table, indicator: str) -> pa.Table:
    """Give rows their types and order.

    Raises:
        InvalidInput: a column is missing or of another type, a feature has no name, a number is not finite.
    """
    if missing := [name for name in _REQUIRED if name not in table.column_names]:
        raise InvalidInput(
            f"The statement of {indicator!r} lacks the columns {missing}.",
            hint=f"It gives {', '.join(ROW_COLUMNS)}; only claimed, low and high may be left out.",
        )
    columns = [_column(table, name, indicator) for name in ROW_COLUMNS]
    rows = pa.table(columns, schema=ROW_SCHEMA)
    if rows.column("feature").null_count:
        raise InvalidInput(f"The statement of {indicator!r} gives rows without a feature.")
    order = pc.sort_indices(rows, sort_keys=_ORDER)
    return rows.take(order).combine_chunks()


def _column(table: pa.Table, name: str, indicator: str) -> "pa.ChunkedArray[pa.Scalar[pa.DataType]]":
    wanted = ROW_SCHEMA.field(name).type
    if name not in table.column_names:
        return pa.chunked_array([pa.nulls(len(table), wanted)])
    column = table.column(name)
    if pa.types.is_null(column.type):
        return column.cast(wanted)
    is_text = pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
    is_number = any(
        test(column.type) for test in (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    )
    if not (is_text if pa.types.is_string(wanted) else is_number or column.null_count == len(column)):
        raise InvalidInput(
            f"The column {name!r} of {indicator!r} is {column.type}, expected {wanted}.",
            hint="Cast it in the statement.",
        )
    typed = column.cast(wanted)
    if pa.types.is_floating(wanted) and not pc.all(pc.is_finite(typed), min_count=0).as_py():
        raise InvalidInput(f"The column {name!r} of {indicator!r} has numbers that are not finite.")
    return typed


def _counted(rows: pa.Table) -> CountedRows:
    def numbers(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.array(rows.column(name).to_numpy(zero_copy_only=False), dtype=np.float64)

    def texts(name: str) -> np.ndarray[tuple[int, ...], np.dtype[np.object_]]:
        return np.array([*rows.column(name).to_pylist(), None], dtype=object)[:-1]

    return CountedRows(
        area=texts("area"),
        counted=numbers("counted"),
        claimed=numbers("claimed"),
        of=numbers("of"),
        low=numbers("low"),
        high=numbers("high"),
        reason=texts("reason"),
    )
