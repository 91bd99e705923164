import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.core.kind import Geometry
from zonetwin.io.model import Geometries
from zonetwin.io.shapes import fit_shapes


def shapes(*texts: str | None) -> Geometries:
    out = np.empty(len(texts), dtype=np.object_)
    out[:] = [None if text is None else shapely.from_wkt(text) for text in texts]
    return out


def fit(text: str | None, wanted: Geometry, *, outline: bool = False) -> tuple[str | None, str | None]:
    """Give the fitted shape as WKT and the code of what was wrong with it."""
    result = fit_shapes(shapes(text), wanted, outline=outline)
    shape = result.geometry[0]
    return None if shape is None else shape.wkt, result.faults[0].code if result.faults else None


UNIT = "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))"


def test_lines_and_polygons_become_multi_parts() -> None:
    assert fit(UNIT, Geometry.POLYGON) == ("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)))", None)
    assert fit("LINESTRING (0 0, 1 1)", Geometry.LINE) == ("MULTILINESTRING ((0 0, 1 1))", None)


def test_a_closed_line_fills_up_where_a_polygon_is_wanted() -> None:
    text, code = fit("LINESTRING (0 0, 1 0, 1 1, 0 0)", Geometry.POLYGON)
    assert (text, code) == ("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))", None)


def test_a_polygon_gives_its_outline_only_where_asked() -> None:
    assert fit(UNIT, Geometry.LINE, outline=True)[0] == "MULTILINESTRING ((0 0, 1 0, 1 1, 0 1, 0 0))"
    assert fit(UNIT, Geometry.LINE) == (None, "wrong-shape")


def test_a_label_point_is_no_polygon() -> None:
    assert fit("POINT (1 2)", Geometry.POLYGON) == (None, "wrong-shape")


def test_several_points_that_are_one_are_a_point() -> None:
    assert fit("MULTIPOINT ((1 2))", Geometry.POINT) == ("POINT (1 2)", None)
    assert fit("MULTIPOINT ((1 2), (3 4))", Geometry.POINT) == (None, "wrong-shape")


def test_a_collection_gives_the_parts_of_the_wanted_dimension() -> None:
    text = f"GEOMETRYCOLLECTION (POINT (5 5), {UNIT})"
    assert fit(text, Geometry.POINT) == ("POINT (5 5)", None)
    assert fit(text, Geometry.ANY) == ("MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)))", None)


def test_nan_is_quarantined_and_absence_is_not() -> None:
    assert fit("POINT (NaN 1)", Geometry.POINT) == (None, "not-a-number")
    assert fit(None, Geometry.POINT) == (None, None)
    assert fit("POLYGON EMPTY", Geometry.POLYGON) == (None, None)


def test_a_bow_tie_is_quarantined_because_its_size_is_not_known() -> None:
    # Its two wings cancel out: the signed area is 0, repaired it would be 0.5.
    assert fit("POLYGON ((0 0, 1 1, 1 0, 0 1, 0 0))", Geometry.POLYGON) == (None, "self-intersection")


def test_a_small_loop_is_repaired() -> None:
    text, code = fit(
        "POLYGON ((0 0, 10 0, 10 10, 0 10, 0 5, -0.001 5.001, 0 5.001, -0.001 5, 0 0))", Geometry.POLYGON
    )
    assert code == "repaired"
    assert text is not None
    assert shapely.from_wkt(text).area == pytest.approx(100, rel=0.01)


def test_shapes_without_extent_are_quarantined() -> None:
    assert fit("POLYGON ((0 0, 1 0, 0 0, 0 0))", Geometry.POLYGON) == (None, "no-area")
    assert fit("LINESTRING (1 1, 1 1)", Geometry.LINE) == (None, "no-length")


coordinates = st.tuples(st.integers(-5, 5), st.integers(-5, 5))


@given(st.lists(coordinates, min_size=3, max_size=9))
def test_whatever_ring_is_given_the_result_is_valid_or_a_fault(points: list[tuple[int, int]]) -> None:
    ring = np.empty(1, dtype=np.object_)
    ring[0] = shapely.Polygon(points)
    result = fit_shapes(ring, Geometry.POLYGON)
    shape = result.geometry[0]
    if shape is None:
        assert result.faults[0].severity == "quarantined"
    else:
        assert shape.is_valid
        assert shape.area > 0
        assert shape.geom_type == "MultiPolygon"
