"""The columns of a kind's table: their SQL and Arrow types, and the way of values between the two.

Days are kept as `2026-03-01`, instants as `2026-03-01T08:00:00.000Z` (milliseconds, what a GeoPackage allows),
booleans as 0 and 1. A value that does not fit its column is refused, never bent.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.compute as pc

from zonetwin.core.errors import InvalidInput
from zonetwin.core.kind import Geometry, Kind, Type

INSTANT = pa.timestamp("us", tz="UTC")

ARROW_TYPES: dict[Type, pa.DataType] = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.REAL: pa.float64(),
    Type.BOOLEAN: pa.bool_(),
    Type.DATE: pa.date32(),
    Type.INSTANT: INSTANT,
}

SQL_TYPES: dict[Type, str] = {
    Type.TEXT: "TEXT",
    Type.INTEGER: "INTEGER",
    Type.REAL: "REAL",
    Type.BOOLEAN: "BOOLEAN",
    Type.DATE: "DATE",
    Type.INSTANT: "DATETIME",
}

GEOMETRY_TYPES: dict[Geometry, str] = {
    Geometry.POINT: "POINT",
    Geometry.LINE: "MULTILINESTRING",
    Geometry.POLYGON: "MULTIPOLYGON",
    Geometry.ANY: "GEOMETRY",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind's table: its name, its type in SQL, and its type in Arrow."""

    name: str
    sql: str
    arrow: pa.DataType


def columns_of(kind: Kind) -> tuple[Column, ...]:
    """List the columns of a kind's current rows in order, `fid` first; a kind without a place has no `geom`."""
    geometry = (Column("geom", GEOMETRY_TYPES[kind.geometry], pa.binary()),) if has_place(kind) else ()
    return (
        Column("fid", "INTEGER", pa.int64()),
        *geometry,
        Column("key", "TEXT", pa.string()),
        Column("source", "INTEGER", pa.int64()),
        Column("valid_from", "DATE", pa.date32()),
        Column("recorded_at", "DATETIME", INSTANT),
        Column("change", "INTEGER", pa.int64()),
        *(Column(item.name, SQL_TYPES[item.type], ARROW_TYPES[item.type]) for item in kind.properties),
        Column("more", "TEXT", pa.string()),
    )


PAST_COLUMNS = (Column("valid_to", "DATE", pa.date32()), Column("replaced_at", "DATETIME", INSTANT))
"""What a version that is over has beside the columns of its kind."""


def has_place(kind: Kind) -> bool:
    """Tell whether features of the kind may have a geometry."""
    return kind.geometry is not Geometry.NONE


def read_order(kind: Kind, *, past: bool) -> tuple[Column, ...]:
    """List the columns in the order in which a read gives them (`store.model`); `geom` is always among them."""
    by_name = {column.name: column for column in columns_of(kind)}
    by_name.setdefault("geom", Column("geom", "BLOB", pa.binary()))
    first = ("fid", "key", "source", "geom", "valid_from", "recorded_at", "change")
    properties = tuple(item.name for item in kind.properties)
    ordered = tuple(by_name[name] for name in (*first, *properties, "more"))
    return ordered + PAST_COLUMNS if past else ordered


def instant_text(instant: datetime) -> str:
    """Write an aware instant as the record keeps it, cut to milliseconds."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant_from_text(text: str) -> datetime:
    """Read an instant of the record."""
    return datetime.fromisoformat(text)


def arrow_from_values(values: Sequence[object], type_: pa.DataType) -> pa.Array:
    """Build an Arrow column from the values SQLite gives for it."""
    if pa.types.is_boolean(type_):
        return pc.cast(pa.array(values, pa.int64()), pa.bool_())
    if pa.types.is_date32(type_) or pa.types.is_timestamp(type_):
        return pc.cast(pa.array(values, pa.string()), type_)
    return pa.array(values, type_)


def values_from_arrow(column: pa.ChunkedArray, wanted: Column) -> list[object]:
    """Give the values SQLite keeps for an Arrow column of any fitting type.

    Raises:
        InvalidInput: the values do not fit the column's type without loss.
    """
    try:
        fitted = column.cast(wanted.arrow)
        if pa.types.is_timestamp(wanted.arrow):
            return pc.strftime(
                fitted.cast(pa.timestamp("ms", tz="UTC"), safe=False), "%Y-%m-%dT%H:%M:%SZ"
            ).to_pylist()
        if pa.types.is_date32(wanted.arrow):
            return fitted.cast(pa.string()).to_pylist()
        if pa.types.is_boolean(wanted.arrow):
            return fitted.cast(pa.int8()).to_pylist()
        if pa.types.is_floating(wanted.arrow) and pc.any(pc.is_nan(fitted)).as_py():
            raise InvalidInput(f"{wanted.name!r} holds NaN.", hint="Write null where a value is missing.")
        return fitted.to_pylist()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InvalidInput(
            f"{wanted.name!r} takes {wanted.sql.lower()} values, but {column.type} values do not fit: {error}"
        ) from error


def column_list(columns: Iterable[Column], *, prefix: str = "") -> str:
    """Write column names for a statement, quoted."""
    return ", ".join(f'{prefix}"{column.name}"' for column in columns)
