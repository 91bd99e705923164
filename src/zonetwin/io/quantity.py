"""Numbers as people write them in files: `12`, `12.5 m`, `40'`, `1,200`, `3;4`."""

import re

from zonetwin.core.units import UNITS, convert

_IN_METRES = {
    "ft": 0.3048,
    "feet": 0.3048,
    "'": 0.3048,
    "in": 0.0254,
    '"': 0.0254,
    "mi": 1609.344,
    "cm": 0.01,
}
_ALIASES = {
    "metre": "m",
    "metres": "m",
    "meter": "m",
    "meters": "m",
    "米": "m",
    "公里": "km",
    "m²": "m2",
    "㎡": "m2",
}
_FEET = re.compile(r"""^(\d+)'\s*(\d+(?:\.\d+)?)"$""")
_NUMBER = re.compile(r"^([-+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(.*)$")


def number_from_text(text: str, *, unit: str | None, target: str | None) -> float | None:
    """Read a number, converted to the target unit; None when the text is not one.

    Args:
        text: As the file has it. Of a list separated by `;` the first is read.
        unit: The unit of a bare number, None when it is the target's.
        target: The unit wanted, None for a pure number, which no unit may follow.
    """
    first = text.split(";")[0].strip()
    if feet := _FEET.match(first):
        return _converted(float(feet[1]) * 0.3048 + float(feet[2]) * 0.0254, "m", target)
    match = _NUMBER.match(first)
    if match is None or not any(character.isdigit() for character in match[1]):
        return None
    value, suffix = float(match[1].replace(",", "")), match[2].strip().lower()
    if not suffix:
        return _converted(value, unit or target, target)
    if suffix in _IN_METRES:
        return _converted(value * _IN_METRES[suffix], "m", target)
    return _converted(value, _ALIASES.get(suffix, suffix), target)


def _converted(value: float, unit: str | None, target: str | None) -> float | None:
    if unit == target or unit is None:
        return value
    if target is None or unit not in UNITS or not _same_sort(unit, target):
        return None
    return convert(value, unit, target)


def _same_sort(unit: str, target: str) -> bool:
    from zonetwin.core.units import is_convertible

    return is_convertible(unit, target)
