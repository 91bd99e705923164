"""Tiles of WebMercatorQuad and where places fall in them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.core.errors import NotFound
from zonetwin.twin.mercator import (
    EXTENT,
    MAX_LATITUDE,
    Tile,
    metres_per_unit,
    tile_at,
    tile_units,
    world_from_lonlat,
)


def test_the_only_tile_of_zoom_0_is_the_world() -> None:
    assert Tile(0, 0, 0).box().as_tuple() == pytest.approx((-180, -MAX_LATITUDE, 180, MAX_LATITUDE))


def test_a_known_place_lies_in_its_known_tile() -> None:
    # 121.05 E, 31.35 N at zoom 14: x = (121.05 + 180) / 360 * 16384 = 13701.12; y by the usual formula of
    # (1 - ln(tan φ + sec φ) / π) / 2 * 16384 = 6688.1938
    units = tile_units(Tile(14, 13701, 6688), world_from_lonlat(np.array([[121.05, 31.35]])))
    assert (units / EXTENT)[0] == pytest.approx([0.12, 0.1938], abs=1e-4)


def test_a_buffered_box_grows_by_its_share_of_the_tile() -> None:
    plain, grown = Tile(10, 800, 400).box(), Tile(10, 800, 400).box(buffer=EXTENT / 4)
    width = plain.east - plain.west
    assert plain.west - grown.west == pytest.approx(width / 4)
    assert grown.north > plain.north


@given(st.floats(-180, 180), st.floats(-85, 85), st.integers(0, 22))
def test_a_place_lies_inside_the_box_of_its_tile(lon: float, lat: float, zoom: int) -> None:
    world = world_from_lonlat(np.array([[lon, lat]]))
    column, row = np.minimum(np.floor(world[0] * 2**zoom), 2**zoom - 1).astype(int).tolist()
    box = Tile(zoom, column, row).box()
    assert box.west - 1e-9 <= lon <= box.east + 1e-9
    assert box.south - 1e-9 <= lat <= box.north + 1e-9


@pytest.mark.parametrize(
    ("zoom", "row", "column"), [(-1, 0, 0), (23, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0)]
)
def test_tiles_outside_the_scheme_are_not_found(zoom: int, row: int, column: int) -> None:
    with pytest.raises(NotFound):
        tile_at(zoom, row, column)


def test_rows_come_before_columns() -> None:
    assert tile_at(5, 7, 9) == Tile(5, 9, 7)


def test_a_unit_at_the_equator_is_the_circumference_divided() -> None:
    # at zoom 16 a tile at the equator is 40075016.7 / 65536 = 611.5 m wide, a unit a 4096th of that
    assert metres_per_unit(Tile(16, 0, 32768)) == pytest.approx(611.5 / 4096, rel=1e-3)
