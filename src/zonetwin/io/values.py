"""From what a file has to the typed value a property holds, or the refusal to make one up."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa

from zonetwin.core.kind import Property, Type
from zonetwin.io.quantity import number_from_text

Typed = str | int | float | bool | date | datetime

ARROW: Mapping[Type, pa.DataType] = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.REAL: pa.float64(),
    Type.BOOLEAN: pa.bool_(),
    Type.DATE: pa.date32(),
    Type.INSTANT: pa.timestamp("us", tz="UTC"),
}
"""How each type travels in Arrow tables, as `store.model` has it."""

_TRUE = frozenset({"true", "yes", "1", "t", "y", "是", "有"})
_FALSE = frozenset({"false", "no", "0", "f", "n", "否", "无"})
_DAY = re.compile(r"^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$")


class BadValue(ValueError):
    """A value that the property cannot hold; `wanted` says what it could."""

    def __init__(self, wanted: str) -> None:
        super().__init__(wanted)
        self.wanted = wanted


def is_absent(raw: object) -> bool:
    """Tell whether a file's value says nothing: null, empty text, NaN."""
    if raw is None:
        return True
    if isinstance(raw, str):
        return not plain_text(raw)
    return isinstance(raw, float) and math.isnan(raw)


def plain_text(text: str) -> str:
    """Take blanks off both ends and NUL out, at which the record's texts would end."""
    return text.replace("\x00", "").strip()


def typed_value(prop: Property, raw: Any, *, unit: str | None = None) -> Typed:
    """Give what a property holds for a value that is not absent.

    Args:
        prop: The property; its codes, if any, are the only texts it takes (by code, or by title in either language).
        raw: As the file has it.
        unit: Unit of a bare number, None when it is the property's own.

    Raises:
        BadValue: the value is not of the property's type, or not one of its codes.
    """
    if prop.type is Type.TEXT:
        return _text(prop, raw)
    if prop.type in (Type.INTEGER, Type.REAL):
        return _number(prop, raw, unit)
    return _OTHERS[prop.type](raw)


def _text(prop: Property, raw: Any) -> str:
    if isinstance(raw, (dict, list, tuple, bytes)):
        raise BadValue("a text")
    text = _plain(raw)
    if not prop.codes or text in prop.codes:
        return text
    folded = text.casefold()
    for code, title in prop.codes.items():
        if folded in (code.casefold(), title.zh.casefold(), title.en.casefold()):
            return code
    raise BadValue("one of the codes")


def _plain(raw: Any) -> str:
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return plain_text(str(raw))


def _number(prop: Property, raw: Any, unit: str | None) -> int | float:
    whole = prop.type is Type.INTEGER
    if isinstance(raw, (dict, list, tuple, bytes, bool)):
        raise BadValue("a number")
    if whole and isinstance(raw, int) and unit is None and abs(raw) < 2**63:
        return raw
    value = number_from_text(raw if isinstance(raw, str) else repr(raw), unit=unit, target=prop.unit)
    if value is None or not math.isfinite(value):
        raise BadValue("a number")
    if not whole:
        return value
    if not value.is_integer() or abs(value) >= 2**63:
        raise BadValue("a whole number")
    return int(value)


def _boolean(raw: Any) -> bool:
    text = _plain(raw).casefold()
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise BadValue("yes or no")


def _date(raw: Any) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if match := _DAY.match(_plain(raw)):
        try:
            return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError as error:
            raise BadValue("a date") from error
    raise BadValue("a date")


def _instant(raw: Any) -> datetime:
    try:
        moment = raw if isinstance(raw, datetime) else datetime.fromisoformat(_plain(raw))
    except ValueError as error:
        raise BadValue("an instant") from error
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_OTHERS: Mapping[Type, Callable[[Any], Typed]] = {
    Type.BOOLEAN: _boolean,
    Type.DATE: _date,
    Type.INSTANT: _instant,
}
