"""The columns of a kind's table: their SQL and Arrow types, and the way of values between the two.

Days are kept as `2026-03-01`, instants as `2026-03-01T08:00:00.000Z` (milliseconds, what a GeoPackage allows),
booleans as 0 and 1. A value that does not fit its column is refused, never bent.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc

from zonetwin.core.errors import InvalidInput
from zonetwin.core.kind import Geometry, Kind, Type
from zonetwin.store.model import Value

if TYPE_CHECKING:
    ArrowArray = pa.Array[Any]
    ArrowColumn = pa.ChunkedArray[Any]

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


def arrow_from_values(values: Sequence[object], type_: pa.DataType) -> "ArrowArray":
    """Build an Arrow column from the values SQLite gives for it."""
    if pa.types.is_boolean(type_):
        return pc.cast(pa.array(values, pa.int64()), pa.bool_())
    if pa.types.is_date32(type_) or pa.types.is_timestamp(type_):
        return pc.cast(pa.array(values, pa.string()), type_)
    return pa.array(values, type_)


def values_from_arrow(column: "ArrowColumn", wanted: Column) -> Sequence[Value]:
    """Give the values SQLite keeps for an Arrow column of a fitting type.

    Days and instants may also be given as ISO texts, integers where the column is real, and whole real numbers where
    it is integer. Instants are cut to milliseconds.

    Raises:
        InvalidInput: the type is another one, or a value would lose something.
    """
    if not any(accepts(column.type) for accepts in _ACCEPTED[wanted.sql]):
        raise InvalidInput(f"{wanted.name!r} takes {wanted.sql.lower()} values, not {column.type}.")
    try:
        fitted = column.cast(wanted.arrow)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InvalidInput(
            f"A value does not fit {wanted.name!r}, which is {wanted.sql.lower()}: {error}"
        ) from error
    return _kept(fitted, wanted)


def _kept(fitted: "ArrowColumn", wanted: Column) -> Sequence[Value]:
    if wanted.sql == "DATETIME":
        cut: ArrowColumn = fitted.cast(pa.timestamp("ms"), safe=False)
        return pc.strftime(cut, "%Y-%m-%dT%H:%M:%SZ").to_pylist()
    if wanted.sql == "DATE":
        return _python(fitted.cast(pa.string()))
    if wanted.sql == "BOOLEAN":
        return _python(fitted.cast(pa.int8()))
    if wanted.sql == "REAL" and not pc.all(pc.is_finite(fitted)).as_py() and fitted.null_count < len(fitted):
        raise InvalidInput(
            f"{wanted.name!r} holds NaN or an infinite value.", hint="Write null where it is missing."
        )
    return _python(fitted)


def _python(column: "ArrowColumn") -> Sequence[Value]:
    values: list[Value] = column.to_pylist()
    return values


_TEXTS = (pa.types.is_string, pa.types.is_large_string, pa.types.is_null)
_ACCEPTED: dict[str, tuple[Callable[[pa.DataType], bool], ...]] = {
    "TEXT": (*_TEXTS, pa.types.is_dictionary),
    "INTEGER": (pa.types.is_integer, pa.types.is_floating, pa.types.is_null),
    "REAL": (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal, pa.types.is_null),
    "BOOLEAN": (pa.types.is_boolean, pa.types.is_null),
    "DATE": (pa.types.is_date, *_TEXTS),
    "DATETIME": (pa.types.is_timestamp, *_TEXTS),
}


def column_list(columns: Iterable[Column], *, prefix: str = "") -> str:
    """Write column names for a statement, quoted."""
    return ", ".join(f'{prefix}"{column.name}"' for column in columns)
