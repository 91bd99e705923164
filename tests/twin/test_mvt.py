"""Vector tiles read back with mapbox-vector-tile: ids, shapes, areas, turning and attributes survive."""

from itertools import pairwise
from typing import Any

import mapbox_vector_tile
import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from zonetwin.twin.mvt import Column, TileLayer, encode_tile


def layer(*geometries: shapely.Geometry, ids: list[int] | None = None, **attributes: Column) -> TileLayer:
    numbers = np.array(ids or range(1, len(geometries) + 1), dtype=np.int64)
    return TileLayer("kind", numbers, np.array(geometries, dtype=object), attributes)


def decoded(*layers: TileLayer) -> list[dict[str, Any]]:
    """Read back with y downwards, as tiles have it."""
    tile = mapbox_vector_tile.decode(encode_tile(layers), default_options={"y_coord_down": True})
    return [feature for item in tile.values() for feature in item["features"]]


def shapes(*layers: TileLayer) -> list[Any]:
    return [shape(feature["geometry"]) for feature in decoded(*layers)]


def signed_area(ring: list[list[float]]) -> float:
    """The surveyor's formula over a closed ring."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def test_polygon_with_a_hole_keeps_its_id_and_area() -> None:
    square = shapely.Polygon(
        [(100, 100), (100, 300), (300, 300), (300, 100)], [[(150, 150), (250, 150), (250, 250), (150, 250)]]
    )
    (feature,) = decoded(layer(square, ids=[70_000_000_000]))
    assert feature["id"] == 70_000_000_000
    assert shape(feature["geometry"]).area == 200 * 200 - 100 * 100


@pytest.mark.parametrize("exterior_reversed", [False, True])
@pytest.mark.parametrize("hole_reversed", [False, True])
def test_exteriors_turn_clockwise_on_the_screen_and_holes_the_other_way(
    exterior_reversed: bool, hole_reversed: bool
) -> None:
    exterior = [(0, 0), (200, 0), (200, 200), (0, 200)]
    hole = [(50, 50), (150, 50), (150, 150), (50, 150)]
    polygon = shapely.Polygon(
        exterior[::-1] if exterior_reversed else exterior, [hole[::-1] if hole_reversed else hole]
    )
    (feature,) = decoded(layer(polygon))
    outer, inner = feature["geometry"]["coordinates"]
    assert signed_area(outer) == 40_000
    assert signed_area(inner) == -10_000


def test_multi_parts_stay_one_feature() -> None:
    parts = shapely.MultiPolygon([shapely.box(0, 0, 10, 10), shapely.box(20, 0, 30, 20)])
    lines = shapely.MultiLineString([[(0, 0), (10, 10)], [(20, 0), (30, 10), (30, 20)]])
    points = shapely.MultiPoint([(1, 2), (3, 4), (5, 6)])
    drawn = {feature["id"]: shape(feature["geometry"]) for feature in decoded(layer(parts, lines, points))}
    assert drawn[1].equals(parts)
    assert drawn[2].equals(lines)
    assert drawn[3].equals(points)


def test_what_rounds_to_nothing_is_left_out() -> None:
    speck = shapely.box(10.1, 10.1, 10.3, 10.3)
    dot_of_a_line = shapely.LineString([(5.1, 5.1), (5.2, 5.3)])
    sliver = shapely.Polygon([(0, 0), (100, 0.2), (100, 0.3)])
    assert encode_tile([layer(speck, dot_of_a_line, sliver)]) == b""


def test_hole_goes_with_its_vanished_exterior_and_vanished_holes_go_alone() -> None:
    thin = shapely.Polygon(
        [(0, 0), (400, 0), (400, 0.45), (0, 0.45)], [[(10, 0.1), (20, 0.1), (20, 0.3), (10, 0.3)]]
    )
    pierced = shapely.Polygon(
        [(0, 0), (100, 0), (100, 100), (0, 100)], [[(50, 50), (50.2, 50), (50.2, 50.2), (50, 50.2)]]
    )
    (drawn,) = shapes(layer(thin, pierced))
    assert drawn.area == 10_000
    assert len(drawn.interiors) == 0


def test_shapes_are_cut_at_the_buffer_of_128_units() -> None:
    wide = shapely.box(-5000, 100, 9000, 200)
    line = shapely.LineString([(-5000, 50), (9000, 50)])
    beyond = shapely.Point(4096 + 129, 10)
    polygon, cut = sorted(shapes(layer(wide, line, beyond)), key=lambda item: item.geom_type, reverse=True)
    assert polygon.bounds == (-128, 100, 4224, 200)
    assert cut.bounds == (-128, 50, 4224, 50)


def test_bow_tie_across_the_edge_is_drawn_without_error() -> None:
    bow_tie = shapely.Polygon([(-300, 0), (300, 400), (300, 0), (-300, 400)])
    assert sum(item.area for item in shapes(layer(bow_tie))) > 0


def test_attributes_keep_their_types_and_null_is_absent() -> None:
    dot = shapely.Point(1, 1)
    (first, second) = decoded(
        layer(
            dot,
            dot,
            name=pa.array(["夏东", None]),
            storeys=pa.array([6, -2], pa.int64()),
            height=pa.array([17.25, None], pa.float64()),
            open=pa.array([True, False]),
            nothing=pa.array([None, None], pa.string()),
        )
    )
    assert first["properties"] == {"name": "夏东", "storeys": 6, "height": 17.25, "open": True}
    assert second["properties"] == {"storeys": -2, "open": False}
    assert isinstance(second["properties"]["open"], bool)


def test_the_same_value_is_written_once() -> None:
    dots = [shapely.Point(at, at) for at in range(50)]
    tile = encode_tile([layer(*dots, use=pa.array(["residential"] * 50))])
    assert tile.count(b"residential") == 1


def test_features_without_attributes_or_geometry_do_no_harm() -> None:
    empty = shapely.from_wkt("POLYGON EMPTY")
    gone = np.array([shapely.Point(3, 3), None, empty], dtype=object)
    tile = encode_tile([TileLayer("kind", np.array([1, 2, 3]), gone, {})])
    (feature,) = mapbox_vector_tile.decode(tile)["kind"]["features"]
    assert feature["id"] == 1


inside = st.integers(0, 4096)


@st.composite
def stars(draw: st.DrawFn) -> shapely.Polygon:
    """Any star-shaped polygon: corners at rising angles around a centre."""
    x, y = draw(inside), draw(inside)
    corners = draw(st.integers(3, 12))
    radii = draw(st.lists(st.floats(0.5, 900), min_size=corners, max_size=corners))
    angles = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return shapely.Polygon(
        [(x + r * np.cos(a), y + r * np.sin(a)) for r, a in zip(radii, angles, strict=True)]
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(stars(), min_size=1, max_size=6))
def test_drawn_area_differs_only_by_rounding(polygons: list[shapely.Polygon]) -> None:
    window = shapely.box(-128, -128, 4224, 4224)
    drawn = {feature["id"]: shape(feature["geometry"]) for feature in decoded(layer(*polygons))}
    for number, polygon in enumerate(polygons, start=1):
        expected = polygon.intersection(window)
        # each corner moves by at most half a unit on each axis, so the area by at most 0.71 × its outline
        allowed = 0.71 * expected.length + 8
        assert abs(abs(drawn[number].area if number in drawn else 0.0) - expected.area) <= allowed


@settings(max_examples=150, deadline=None)
@given(st.lists(stars(), min_size=1, max_size=4))
def test_every_ring_is_closed_turned_right_and_has_area(polygons: list[shapely.Polygon]) -> None:
    for feature in decoded(layer(*polygons)):
        geometry = feature["geometry"]
        many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for rings in many:
            assert rings[0][0] == rings[0][-1]
            assert signed_area(rings[0]) > 0
            assert all(signed_area(hole) < 0 for hole in rings[1:])


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(inside, inside), min_size=2, max_size=20, unique=True), min_size=1, max_size=5
    )
)
def test_lines_on_whole_units_come_back_as_they_were(lines: list[list[tuple[int, int]]]) -> None:
    drawn = shapes(layer(*(shapely.LineString(line) for line in lines)))
    assert [list(item.coords) for item in drawn] == lines
