"""Contrast as WCAG defines it, and colours that colour-blind eyes tell apart."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.packs.colours import contrast, luminance

Colours = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_agrees_with_published_pairs(first: str, second: str, ratio: float) -> None:
    # 21:1 is the greatest; #767676 is the lightest grey that passes 4.5:1 on white, #777777 fails (WebAIM)
    assert contrast(first, second) == pytest.approx(ratio, abs=0.005)


@given(Colours, Colours)
def test_contrast_is_symmetric_and_between_1_and_21(first: str, second: str) -> None:
    assert contrast(first, second) == contrast(second, first)
    assert 1.0 <= contrast(first, second) <= 21.0


@given(Colours)
def test_luminance_lies_between_black_and_white(colour: str) -> None:
    assert 0.0 <= luminance(colour) <= 1.0 or math.isclose(luminance(colour), 1.0)
