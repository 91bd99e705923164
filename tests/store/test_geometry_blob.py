"""Geometry as GeoPackage blobs."""

import struct

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from tests.store.samples import square

from zonetwin.core.errors import InvalidInput
from zonetwin.core.kind import Geometry
from zonetwin.core.space import Box
from zonetwin.store.geometry_blob import (
    blobs_from_wkb,
    bounds_of_blob,
    box_of_bounds,
    join_boxes,
    wkb_of_blob,
)


def _line_to(x: float) -> bytes:
    """Give the WKB of a line from 0, 0 to x, 1: little-endian, type 2, two points."""
    return struct.pack("<BII4d", 1, 2, 2, 0.0, 0.0, x, 1.0)


def test_the_header_is_as_the_standard_lays_it_out() -> None:
    (blob,), _ = blobs_from_wkb([square(121.0, 31.0, 0.5)], Geometry.POLYGON)
    assert blob is not None
    # Magic GP, version 0, flags 3 (little-endian, envelope of 4 doubles), srs 4326, then minx maxx miny maxy.
    assert blob[:4] == b"GP\x00\x03"
    assert struct.unpack_from("<i4d", blob, 4) == (4326, 121.0, 121.5, 31.0, 31.5)
    assert shapely.from_wkb(wkb_of_blob(blob)).geom_type == "MultiPolygon"


def test_single_lines_and_polygons_become_multi_parts_where_any_geometry_is_allowed() -> None:
    shapes = [shapely.Point(1, 2), shapely.LineString([(0, 0), (1, 1)]), shapely.box(0, 0, 1, 1)]
    blobs, _ = blobs_from_wkb([shapely.to_wkb(shape) for shape in shapes], Geometry.ANY)
    types = [shapely.from_wkb(wkb_of_blob(blob)).geom_type for blob in blobs if blob]
    assert types == ["Point", "MultiLineString", "MultiPolygon"]


def test_a_multi_point_of_one_part_becomes_a_point() -> None:
    (blob,), _ = blobs_from_wkb([shapely.to_wkb(shapely.MultiPoint([(1, 2)]))], Geometry.POINT)
    assert blob is not None
    assert shapely.from_wkb(wkb_of_blob(blob)) == shapely.Point(1, 2)


def test_heights_are_dropped() -> None:
    (blob,), _ = blobs_from_wkb([shapely.to_wkb(shapely.Point(1, 2, 3))], Geometry.POINT)
    assert blob is not None
    assert not shapely.from_wkb(wkb_of_blob(blob)).has_z


def test_what_has_no_place_has_no_blob_and_no_bounds() -> None:
    blobs, bounds = blobs_from_wkb([None, square(1, 1, 1)], Geometry.POLYGON)
    assert blobs[0] is None
    assert box_of_bounds(bounds) == Box(1, 1, 2, 2)
    assert box_of_bounds(bounds[:1]) is None


@pytest.mark.parametrize(
    ("wkb", "sort", "message"),
    [
        (b"nonsense", Geometry.ANY, "not valid WKB"),
        (shapely.to_wkb(shapely.Point()), Geometry.POINT, "an empty geometry"),
        (
            shapely.to_wkb(shapely.Point(1, 2)),
            Geometry.POLYGON,
            "Row 0 is a Point, but this kind takes polygon",
        ),
        (shapely.to_wkb(shapely.MultiPoint([(1, 2), (3, 4)])), Geometry.POINT, "a MultiPoint"),
        (
            shapely.to_wkb(shapely.GeometryCollection([shapely.Point(1, 2)])),
            Geometry.ANY,
            "GeometryCollection",
        ),
        (shapely.to_wkb(shapely.Point(1, 2)), Geometry.NONE, "has no geometry"),
        (shapely.to_wkb(shapely.Point(40_500_000, 3_480_000)), Geometry.POINT, "not lon/lat"),
        (shapely.to_wkb(shapely.Point(31.0, 121.0)), Geometry.POINT, "not lon/lat"),  # axes swapped
        (_line_to(float("nan")), Geometry.LINE, "not lon/lat"),
        (_line_to(float("inf")), Geometry.LINE, "not lon/lat"),
    ],
)
def test_what_the_kind_does_not_take_is_refused(wkb: bytes, sort: Geometry, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        blobs_from_wkb([wkb], sort)


@given(st.floats(-179, 179), st.floats(-89, 89), st.floats(1e-6, 0.9))
def test_a_blob_keeps_its_exact_bounds(x: float, y: float, side: float) -> None:
    (blob,), bounds = blobs_from_wkb([square(x, y, side)], Geometry.POLYGON)
    assert blob is not None
    assert bounds_of_blob(blob) == (x, x + side, y, y + side)
    assert bounds[0].tolist() == [x, y, x + side, y + side]


def test_boxes_are_joined_and_absent_ones_ignored() -> None:
    assert join_boxes(None, None) is None
    assert join_boxes(Box(0, 0, 1, 1), None) == Box(0, 0, 1, 1)
    assert join_boxes(Box(0, 0, 1, 1), Box(-1, 0.5, 0.5, 2)) == Box(-1, 0, 1, 2)
