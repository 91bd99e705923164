"""Coordinate systems and boxes: order of axes, curved sides, the antimeridian."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.api.ogc_crs import CRS84, OfferedCrs, crs_named, offered_crs, region_of
from zonetwin.api.problems import BadRequest

OFFERED = offered_crs("EPSG:4549")
CHINA = crs_named("EPSG:4549", OFFERED)
LATLON = crs_named("EPSG:4326", OFFERED)
POINT = np.array([[121.05, 31.35]])


def test_crs84_comes_first_and_nothing_twice() -> None:
    uris = [crs.uri for crs in offered_crs("epsg:3857")]
    assert uris[0] == CRS84
    assert len(uris) == len(set(uris))


@pytest.mark.parametrize(
    ("code", "flips"),
    [
        ("OGC:CRS84", False),
        ("EPSG:4326", True),
        ("EPSG:4490", True),
        ("EPSG:3857", False),
        ("EPSG:4549", True),
    ],
)
def test_axes_are_in_the_order_of_their_authority(code: str, flips: bool) -> None:
    # EPSG: 4326 and 4490 latitude first, 4549 northing (X) first, 3857 easting first
    assert crs_named(code, OFFERED).flips is flips


@pytest.mark.parametrize(
    "name",
    [
        "http://www.opengis.net/def/crs/EPSG/0/4549",
        "EPSG:4549",
        "[EPSG:4549]",
        "<http://www.opengis.net/def/crs/EPSG/0/4549>",
    ],
)
def test_a_crs_is_found_by_uri_and_short_forms(name: str) -> None:
    assert crs_named(name, OFFERED) is CHINA


def test_another_crs_is_refused_with_those_on_offer() -> None:
    with pytest.raises(BadRequest, match="not offered") as caught:
        crs_named("EPSG:9999", OFFERED)
    assert "EPSG/0/4549" in caught.value.hint


def test_a_point_is_given_in_each_crs() -> None:
    assert OFFERED[0].from_lonlat(POINT).tolist() == [[121.05, 31.35]]
    assert LATLON.from_lonlat(POINT).tolist() == [[31.35, 121.05]]
    north, east = CHINA.from_lonlat(POINT)[0]
    # by hand from the series of Gauss-Krüger on the axis 120° E, false easting 500 km:
    # easting 500 km + 1.05° * 111.32 km * cos 31.35° = 599.8 km; meridian arc to 31.35° about 3470 km
    assert east == pytest.approx(599_836, abs=300)
    assert north == pytest.approx(3_470_400, abs=1_500)


@given(st.floats(120.5, 121.5), st.floats(31, 32))
def test_there_and_back_is_the_same_place_to_a_tenth_of_a_millimetre(lon: float, lat: float) -> None:
    first, second = CHINA.from_lonlat(np.array([[lon, lat]]))[0]
    back = CHINA.to_lonlat([second], [first])[0]
    assert back == pytest.approx([lon, lat], abs=2e-9)


def test_a_box_is_read_in_the_axis_order_of_its_crs() -> None:
    expected = region_of([121.0, 31.3, 121.1, 31.4], OFFERED[0])
    assert region_of([31.3, 121.0, 31.4, 121.1], LATLON).boxes == expected.boxes
    assert region_of([121.0, 31.3, -5, 121.1, 31.4, 50], OFFERED[0]).boxes == expected.boxes


def test_a_box_over_the_antimeridian_is_two() -> None:
    region = region_of([170, -20, -170, -10], OFFERED[0])
    assert [box.as_tuple() for box in region.boxes] == [(170, -20, 180, -10), (-180, -20, -170, -10)]
    places = np.array(
        [shapely.Point(175, -15), shapely.Point(-175, -15), shapely.Point(0, -15)], dtype=object
    )
    assert region.meets(places).tolist() == [True, True, False]


def test_a_projected_box_follows_its_curved_sides() -> None:
    (south, west), (north, east) = CHINA.from_lonlat(np.array([[120.2, 31.0], [121.9, 32.0]]))
    region = region_of([south, west, north, east], CHINA)
    xy = np.array([[west + 5, north - 5], [west - 5, north - 5]])
    places = shapely.points(CHINA.to_lonlat(xy[:, 0].tolist(), xy[:, 1].tolist()))
    assert region.meets(np.asarray(places)).tolist() == [True, False]


def test_a_box_without_width_is_a_line_and_one_without_either_a_point() -> None:
    through = np.array([shapely.Point(121.0, 31.35)], dtype=object)
    assert region_of([121.0, 31.3, 121.0, 31.4], OFFERED[0]).meets(through).tolist() == [True]
    assert region_of([121.0, 31.35, 121.0, 31.35], OFFERED[0]).meets(through).tolist() == [True]


@pytest.mark.parametrize(
    ("numbers", "crs"),
    [
        ([1, 2, 3], OFFERED[0]),
        ([1, 2, 3, 4, 5], OFFERED[0]),
        ([0, 10, 1, 5], OFFERED[0]),
        ([float("nan"), 0, 1, 1], OFFERED[0]),
        ([float("inf"), 0, 1, 1], OFFERED[0]),
        ([5, 0, 1, 1], crs_named("EPSG:3857", OFFERED)),
        ([1e30, 1e30, 2e30, 2e30], CHINA),
    ],
)
def test_what_is_no_box_is_refused(numbers: list[float], crs: OfferedCrs) -> None:
    with pytest.raises(BadRequest):
        region_of(numbers, crs)
