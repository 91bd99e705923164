import pytest

from zonetwin.io.quantity import number_from_text


@pytest.mark.parametrize(
    ("text", "metres"),
    [
        ("12", 12.0),
        ("12.5 m", 12.5),
        ("12m", 12.0),
        (".5", 0.5),
        ("1.2 km", 1200.0),
        ("3 米", 3.0),
        ("20 ft", 6.096),  # 20 * 0.3048
        ("6'", 1.8288),  # 6 * 0.3048
        ("""5'10\"""", 1.778),  # 5 * 0.3048 + 10 * 0.0254
        ("1,200.5", 1200.5),
        ("3;4", 3.0),
    ],
)
def test_lengths_are_read_as_people_write_them(text: str, metres: float) -> None:
    assert number_from_text(text, unit=None, target="m") == pytest.approx(metres)


@pytest.mark.parametrize("text", ["", "high", "m", "12 kg", "12 m2", "-", "~12", "."])
def test_what_is_no_length_is_none(text: str) -> None:
    assert number_from_text(text, unit=None, target="m") is None


def test_a_pure_number_takes_no_unit() -> None:
    assert number_from_text("12", unit=None, target=None) == 12.0
    assert number_from_text("12 m", unit=None, target=None) is None
