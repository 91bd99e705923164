"""Units of the plan: areas convert, things counted in different words do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.core.errors import InvalidInput
from zonetwin.core.units import UNITS, convert, is_convertible, symbol


@pytest.mark.parametrize(
    ("value", "unit", "target", "expected"),
    [
        (3000, "亩", "m2", 2_000_000),  # 1 亩 = 2000/3 m²
        (33.53, "km2", "亩", 50_295),  # 33.53 · 1500
        (1.04, "万亩", "ha", 693.3333333),  # 10 400 亩 / 15
        (8.1, "万m2", "m2", 81_000),
        (70, "亿元", "万元", 700_000),
        (9.5, "km", "m", 9_500),
        (100, "percent", "ratio", 1),
        (15, "min", "s", 900),
    ],
)
def test_values_convert_within_a_dimension(value: float, unit: str, target: str, expected: float) -> None:
    assert convert(value, unit, target) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("unit", "target"),
    [("percent", "pp"), ("套", "处"), ("亩", "km"), ("家", "户"), ("person", "套"), ("m2", "元")],
)
def test_what_measures_another_thing_does_not_convert(unit: str, target: str) -> None:
    with pytest.raises(InvalidInput, match="different things"):
        convert(1, unit, target)


def test_an_unknown_unit_lists_the_known_ones() -> None:
    with pytest.raises(InvalidInput, match="Known: m, km"):
        convert(1, "furlong", "m")


@given(
    st.floats(1e-6, 1e9),
    st.sampled_from(["m2", "万m2", "km2", "ha", "亩", "万亩"]),
    st.sampled_from(["m2", "亩"]),
)
def test_converting_there_and_back_gives_the_value(value: float, unit: str, target: str) -> None:
    assert convert(convert(value, unit, target), target, unit) == pytest.approx(value)


@pytest.mark.parametrize("unit", sorted(UNITS))
def test_every_unit_converts_to_itself_and_has_a_symbol_of_its_own(unit: str) -> None:
    assert is_convertible(unit, unit)
    assert symbol(unit).zh or unit in ("ratio", "m2/m2")
