"""Datums and coordinate systems against published vectors, and that shifts undo themselves."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.core.errors import InvalidInput
from zonetwin.core.space import (
    LONLAT,
    check_metric,
    to_wgs84,
    transformer,
    wgs84_to_bd09,
    wgs84_to_gcj02,
)

LON, LAT = np.array([121.02]), np.array([31.37])


def test_gauss_kruger_120_gives_the_published_coordinates() -> None:
    east, north = transformer(LONLAT, "EPSG:4549").transform(121.02, 31.37)
    assert (east, north) == pytest.approx((597_038.56, 3_472_446.87), abs=0.01)


def test_cgcs2000_is_taken_as_wgs84() -> None:
    assert transformer("EPSG:4490", LONLAT).transform(121.02, 31.37) == pytest.approx(
        (121.02, 31.37), abs=1e-7
    )


def test_gcj02_gives_the_published_shift() -> None:
    lon, lat = wgs84_to_gcj02(LON, LAT)
    assert (lon[0], lat[0]) == pytest.approx((121.0244679, 31.3680879), abs=1e-6)


def test_bd09_gives_the_published_shift() -> None:
    lon, lat = wgs84_to_bd09(LON, LAT)
    assert (lon[0], lat[0]) == pytest.approx((121.0310710, 31.3737376), abs=1e-6)


def test_outside_the_box_of_the_shift_nothing_moves() -> None:
    lon, lat = wgs84_to_gcj02(np.array([24.9]), np.array([60.2]))
    assert (lon[0], lat[0]) == (24.9, 60.2)


@given(st.floats(75, 130), st.floats(5, 53), st.sampled_from(["gcj02", "bd09"]))
def test_undoing_a_shift_gives_the_point_back(x: float, y: float, datum: str) -> None:
    shift = wgs84_to_gcj02 if datum == "gcj02" else wgs84_to_bd09
    lon, lat = to_wgs84("gcj02" if datum == "gcj02" else "bd09", *shift(np.array([x]), np.array([y])))
    # 1e-7 degrees are about a centimetre
    assert (lon[0], lat[0]) == pytest.approx((x, y), abs=1e-7)


@pytest.mark.parametrize(
    ("crs", "seen"), [("EPSG:4326", "not projected"), ("EPSG:2263", "not projected"), ("EPSG:1", "known")]
)
def test_a_crs_that_is_not_in_metres_is_refused(crs: str, seen: str) -> None:
    with pytest.raises(InvalidInput, match=seen):
        check_metric(crs)


def test_an_unknown_crs_names_what_to_write() -> None:
    with pytest.raises(InvalidInput, match="EPSG:4549"):
        transformer("EPSG:99999999", LONLAT)
