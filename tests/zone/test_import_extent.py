import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.core.errors import InvalidInput
from zonetwin.core.space import Box
from zonetwin.zone.import_extent import dense_hull, distances_from, refuse_misplaced

BOX = Box(121.0, 31.0, 121.1, 31.1)


def bounds(*rows: tuple[float, float, float, float]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array(rows, dtype=np.float64)


def points(*places: tuple[float, float]) -> pa.Table:
    return pa.table(
        {"geom": pa.array([shapely.to_wkb(shapely.Point(place)) for place in places], pa.binary())}
    )


def test_distance_is_how_far_the_farthest_side_reaches_out() -> None:
    kilometres = distances_from(
        BOX,
        bounds(
            (121.05, 31.05, 121.06, 31.06),
            (121.05, 30.0, 121.06, 31.05),  # a degree of latitude: 111.3 km
            (120.0, 31.05, 121.05, 31.06),  # a degree of longitude at 31.05 N: 111.32 * cos(31.05°) = 95.4 km
            (np.nan, np.nan, np.nan, np.nan),
        ),
    ).kilometres
    assert kilometres[:3] == pytest.approx([0.0, 111.3, 95.4], abs=0.1)
    assert np.isnan(kilometres[3])


def test_half_of_the_objects_far_is_a_file_with_strays_more_is_another_place() -> None:
    here, there = (121.05, 31.05, 121.05, 31.05), (110.0, 31.0, 110.0, 31.0)
    refuse_misplaced(bounds(here, there), BOX, "f")
    with pytest.raises(
        InvalidInput, match=r"2 of 3 objects lie over 50 km outside it, around 110\.0000, 31\.0000"
    ):
        refuse_misplaced(bounds(here, there, there), BOX, "f")


def test_the_hint_names_the_likely_cause() -> None:
    with pytest.raises(InvalidInput, match="exchange --x and --y"):
        refuse_misplaced(bounds((31.05, 121.05, 31.05, 121.05)), BOX, "f")
    with pytest.raises(InvalidInput, match="give the CRS of the coordinates with --crs"):
        refuse_misplaced(bounds((5e5, 3e6, 5e5, 3e6)), BOX, "f")
    with pytest.raises(InvalidInput, match="--datum"):
        refuse_misplaced(bounds((110.0, 31.0, 110.0, 31.0)), BOX, "f")


def test_the_hull_is_where_objects_are_dense() -> None:
    crowd = points(*[(121 + x / 1000, 31 + y / 1000) for x in range(20) for y in range(20)])
    hull = dense_hull({"a": crowd, "b": points((125.0, 35.0))}, "EPSG:4549")
    assert hull is not None
    # Grown by 10 m, about 1e-4 degrees.
    assert hull.bounds == pytest.approx((121.0, 31.0, 121.019, 31.019), abs=2e-4)
    assert all(hull.contains(shapely.Point(121 + x / 1000, 31 + y / 1000)) for x in (0, 19) for y in (0, 19))


def test_two_towns_are_both_dense() -> None:
    towns = points(*[(x + n / 1000, 31) for x in (121.0, 121.3) for n in range(10)])
    hull = dense_hull({"a": towns}, "EPSG:4549")
    assert hull is not None
    assert hull.bounds[2] - hull.bounds[0] == pytest.approx(0.309, abs=3e-4)


def test_without_places_there_is_no_hull() -> None:
    assert dense_hull({"a": pa.table({"geom": pa.array([None], pa.binary())})}, "EPSG:4549") is None
    assert dense_hull({}, "EPSG:4549") is None


@given(st.lists(st.tuples(st.floats(120.9, 121.1), st.floats(31.0, 31.2)), min_size=1, max_size=30))
def test_the_hull_of_one_place_encloses_it(places: list[tuple[float, float]]) -> None:
    hull = dense_hull({"a": points(*places)}, "EPSG:4549")
    assert hull is not None
    assert hull.is_valid
    assert any(hull.contains(shapely.Point(place)) for place in places)
