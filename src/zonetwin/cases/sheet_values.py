"""Values as clerks write them in sheets: days in several forms, amounts with 万 and units, names in lists.

Nothing is guessed: what cannot be read raises with what was seen and what is expected. Numbers of Excel
count days from 1899-12-30, or from 1904-01-01 in files of old Macintosh programs.
"""

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import Literal

from zonetwin.core.errors import InvalidInput
from zonetwin.core.units import convert, is_convertible

Cell = str | int | float | bool | date | datetime | None
Month = Literal["first", "last", "refused"]
"""What a month without a day stands for."""

UNIT_WORDS = {
    "平方米": "m2",
    "平米": "m2",
    "m2": "m2",
    "平方公里": "km2",
    "平方千米": "km2",
    "km2": "km2",
    "公顷": "ha",
    "ha": "ha",
    "亩": "亩",
    "mu": "亩",
    "公里": "km",
    "千米": "km",
    "km": "km",
    "米": "m",
    "m": "m",
    "学位": "place",
    "个学位": "place",
    "schoolplaces": "place",
    "places": "place",
    "套": "套",
    "homes": "套",
    "户": "户",
    "households": "户",
    "家": "家",
    "firms": "家",
    "条": "条",
    "lines": "条",
    "roads": "条",
    "个": "个",
    "items": "个",
    "spaces": "个",
}
"""Units as people write them, after `folded`, and the unit of `core.units` each is."""

_PEOPLE = ("place", "套", "户", "家", "条", "个")
_TIMES = {"": 1.0, "万": 1e4, "10k": 1e4, "亿": 1e8}
_AMOUNT = re.compile(r"^(?:约|共|计|~)?([-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)(万|亿)?(.*)$")
_DAY = re.compile(r"^(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?:t?00:00(?::00)?)?$")
_SOLID_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_MONTH = re.compile(r"^(\d{4})(?:[-/.年])(\d{1,2})月?$")
_SERIALS = range(20_000, 80_000)  # 1954 to 2119: no other number of a sheet's date column lies there
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def folded(text: str) -> str:
    """Give a text without spaces, in lower case, full-width forms made plain: what headings are compared by."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def text_from_cell(cell: Cell) -> str:
    """Give a cell as text, trimmed; a whole number has no decimals, an empty cell is empty."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def list_from_cell(cell: Cell) -> tuple[str, ...]:
    """Give the names listed in a cell, separated by 、 ; or , and in either width."""
    return tuple(part.strip() for part in re.split(r"[、;;,,\n]", text_from_cell(cell)) if part.strip())


def day_from_cell(cell: Cell, *, month: Month, from_1904: bool = False) -> date | None:
    """Read a day; an empty cell is None.

    Args:
        cell: A date of the sheet, a number of Excel, or text such as 2023-12-31, 2023年12月31日 or 20231231.
        month: What 2023年12月 stands for.
        from_1904: Whether the file counts days from 1904.

    Raises:
        InvalidInput: it is not a day.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = folded(text_from_cell(cell))
    if not text:
        return None
    number = _whole_number(cell, text)
    if number in _SERIALS:
        return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=number)
    try:
        if match := _DAY.match(text) or _SOLID_DAY.match(text):
            return date(*(int(part) for part in match.groups()))
        if (match := _MONTH.match(text)) and month != "refused":
            year, number = int(match[1]), int(match[2])
            return date(year, number, 1 if month == "first" else monthrange(year, number)[1])
    except ValueError:
        pass
    raise InvalidInput(f"{text_from_cell(cell)!r} is not a day.", hint="Write it as 2023-12-31.")


def amount_from_cell(cell: Cell, *, unit: str, written_in: str = "") -> float | None:
    """Read an amount and express it in a unit; an empty cell is None.

    Args:
        cell: A number, or text such as 1,200, 3.5万, 120亩 or 约29万平方米.
        unit: Unit of `core.units` that is wanted.
        written_in: Unit of a bare number where the column's heading names another one.

    Raises:
        InvalidInput: it is not a number, or its unit measures something else.
    """
    if isinstance(cell, bool | date):
        raise InvalidInput(f"{cell!s} is not an amount.", hint=f"Write a number in {unit}.")
    if isinstance(cell, int | float):
        return _converted(float(cell), written_in or unit, unit, str(cell))
    text = folded(text_from_cell(cell)).replace(",", "")
    if not text or text in ("-", "—", "/", "无"):
        return None
    match = _AMOUNT.match(text)
    if match is None:
        raise InvalidInput(f"{cell!r} is not an amount.", hint=f"Write a number in {unit}.")
    value = float(match[1]) * _TIMES[match[2] or ""]
    return _converted(value, unit_from_text(match[3], unit) or written_in or unit, unit, str(cell))


def unit_from_text(text: str, wanted: str) -> str:
    """Find the unit people mean by a word; empty for none. 个 stands for any unit that is counted.

    Raises:
        InvalidInput: the word is no unit.
    """
    word = folded(text)
    if not word:
        return ""
    if word == "个" and wanted in _PEOPLE:
        return wanted
    for prefix, marked in (("10k", "万"), ("万", "万"), ("", "")):
        if word.startswith(prefix) and (unit := UNIT_WORDS.get(word.removeprefix(prefix))):
            return f"{marked}{unit}"
    raise InvalidInput(f"{text!r} is no unit known here.", hint=f"Write the amount in {wanted}.")


def _converted(value: float, unit: str, wanted: str, seen: str) -> float:
    if unit.startswith("万"):
        value, unit = value * 1e4, unit.removeprefix("万")
    if unit == "个" and wanted in _PEOPLE:
        unit = wanted
    if not is_convertible(unit, wanted):
        raise InvalidInput(f"{seen!r} is in {unit}, which measures something else than {wanted}.")
    return convert(value, unit, wanted)


def _whole_number(cell: Cell, text: str) -> int:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell) == int(cell):
        return int(cell)
    return int(text) if text.isascii() and text.isdigit() and len(text) == 5 else -1
