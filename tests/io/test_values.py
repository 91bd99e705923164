from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.core.kind import Property, Type
from zonetwin.core.text import Text
from zonetwin.io.values import BadValue, is_absent, typed_value


def prop(type_: Type, *, unit: str | None = None, **codes: tuple[str, str]) -> Property:
    return Property(
        "it", type_, Text("它", "It"), unit, {code: Text(*title) for code, title in codes.items()}
    )


USE = prop(Type.TEXT, residential=("住宅", "Residential"), other=("其他", "Other"))


@pytest.mark.parametrize("raw", ["residential", "Residential", "住宅", " residential "])
def test_a_code_is_found_by_itself_and_by_its_title_in_either_language(raw: str) -> None:
    assert typed_value(USE, raw) == "residential"


def test_a_text_that_is_no_code_is_refused() -> None:
    with pytest.raises(BadValue, match="one of the codes"):
        typed_value(USE, "castle")


@pytest.mark.parametrize(
    ("type_", "raw", "value"),
    [
        (Type.TEXT, 12.0, "12"),
        (Type.TEXT, True, "true"),
        (Type.TEXT, "a\x00b", "ab"),
        (Type.INTEGER, "1,200", 1200),
        (Type.INTEGER, 3.0, 3),
        (Type.INTEGER, "3;4", 3),
        (Type.REAL, 7, 7.0),
        (Type.BOOLEAN, "是", True),
        (Type.BOOLEAN, 0, False),
        (Type.BOOLEAN, "no", False),
        (Type.DATE, "2024/2/29", date(2024, 2, 29)),
        (Type.DATE, "20240229", date(2024, 2, 29)),
        (Type.DATE, "2024年2月29日", date(2024, 2, 29)),
        (Type.DATE, datetime(2024, 2, 29, 8, tzinfo=UTC), date(2024, 2, 29)),
        (Type.INSTANT, "2024-02-29T08:00:00+08:00", datetime(2024, 2, 29, tzinfo=UTC)),
    ],
)
def test_values_become_what_the_property_holds(type_: Type, raw: object, value: object) -> None:
    assert typed_value(prop(type_), raw) == value


@pytest.mark.parametrize(
    ("type_", "raw"),
    [
        (Type.TEXT, {"a": 1}),
        (Type.INTEGER, "many"),
        (Type.INTEGER, 2.5),
        (Type.INTEGER, True),
        (Type.INTEGER, 1e30),
        (Type.REAL, "12 bananas"),
        (Type.REAL, float("inf")),
        (Type.BOOLEAN, "perhaps"),
        (Type.DATE, "2023-02-29"),
        (Type.DATE, "soon"),
        (Type.INSTANT, "noon"),
    ],
)
def test_what_does_not_fit_is_refused_not_bent(type_: Type, raw: object) -> None:
    with pytest.raises(BadValue):
        typed_value(prop(type_), raw)


def test_a_bare_number_is_in_the_unit_the_mapping_says() -> None:
    # 15 mu are 15 * 2000/3 = 10 000 m2.
    assert typed_value(prop(Type.REAL, unit="m2"), 15, unit="亩") == pytest.approx(10_000)


@pytest.mark.parametrize("raw", [None, "", "  ", "\x00", float("nan")])
def test_null_blank_and_nan_say_nothing(raw: object) -> None:
    assert is_absent(raw)


@given(st.integers(min_value=-(2**63) + 1, max_value=2**63 - 1))
def test_whole_numbers_keep_every_digit(number: int) -> None:
    assert typed_value(prop(Type.INTEGER), number) == number
