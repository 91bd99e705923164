import numpy as np
import pytest
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.io.placing import crs_to_use, to_lonlat


def place(x: float, y: float, crs: str, datum: str = "wgs84") -> tuple[float, float]:
    points = np.array([shapely.Point(x, y, 5.0), None], dtype=object)
    moved = to_lonlat(points, crs, datum)  # type: ignore[arg-type]
    assert moved[1] is None
    assert not moved[0].has_z
    return float(moved[0].x), float(moved[0].y)


def test_projected_coordinates_come_to_lonlat() -> None:
    # The test point of notes: 121.02 E, 31.37 N is E 597038.56, N 3472446.87 in EPSG:4549.
    assert place(597038.56, 3472446.87, "EPSG:4549") == pytest.approx((121.02, 31.37), abs=1e-7)


def test_the_chinese_shift_is_undone() -> None:
    assert place(121.0244679, 31.3680879, "EPSG:4490", "gcj02") == pytest.approx((121.02, 31.37), abs=1e-7)
    assert place(121.0310710, 31.3737376, "EPSG:4326", "bd09") == pytest.approx((121.02, 31.37), abs=1e-6)


def test_the_given_crs_is_taken_before_the_files_and_none_is_guessed() -> None:
    assert crs_to_use("EPSG:4549", "EPSG:4326", "f") == "EPSG:4549"
    assert crs_to_use(None, "EPSG:4326", "f") == "EPSG:4326"
    with pytest.raises(InvalidInput, match="--crs EPSG:4549"):
        crs_to_use(None, None, "f")
