"""Tiles over a real record: what is drawn, which attributes it has, where labels stand."""

from collections.abc import Iterator, Sequence
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from shapely.geometry import shape
from tests.small_zone import SIDE, SOUTH, STEP, WEST, building_outline, make_zone

from zonetwin.core.actor import PUBLIC, STAFF
from zonetwin.core.errors import NotFound
from zonetwin.twin.drawn_kinds import drawn_kinds
from zonetwin.twin.mercator import EXTENT, Tile, metres_per_unit, tile_units, world_from_lonlat
from zonetwin.twin.tiles import render_tile
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    with open_zone(make_zone(tmp_path_factory.mktemp("tiles") / "small")) as opened:
        yield opened


def tile_holding(lon: float, lat: float, zoom: int) -> Tile:
    column, row = np.floor(world_from_lonlat(np.array([[lon, lat]]))[0] * 2**zoom).astype(int).tolist()
    return Tile(zoom, column, row)


def tile_layers(zone: Zone, kinds: Sequence[str], tile: Tile) -> dict[str, Any]:
    drawn = drawn_kinds(zone.packs, STAFF)
    content = render_tile(zone.store, STAFF, [drawn[kind] for kind in kinds], tile)
    layers: dict[str, Any] = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})
    return layers


def ids(layer: dict[str, Any]) -> set[int]:
    return {feature["id"] for feature in layer["features"]}


def test_a_tile_shows_exactly_the_features_that_reach_into_it(zone: Zone) -> None:
    tile = tile_holding(WEST + SIDE / 2, SOUTH + SIDE / 2, 17)
    box = tile.box(buffer=128)
    expected = {
        number
        for number in range(1, 241)
        if building_outline(number).intersects(shapely.box(*box.as_tuple()))
    }
    assert ids(tile_layers(zone, ["building"], tile)["building"]) == expected


def test_a_building_has_its_size_on_the_ground(zone: Zone) -> None:
    tile = tile_holding(WEST + SIDE / 2, SOUTH + SIDE / 2, 16)
    layer = tile_layers(zone, ["building"], tile)["building"]
    first = next(feature for feature in layer["features"] if feature["id"] == 1)
    ring = np.array(first["geometry"]["coordinates"][0])
    width = (ring[:, 0].max() - ring[:, 0].min()) * metres_per_unit(tile)
    # 0.0004° at 31.35° N: 0.0004 * 111.32 km * cos 31.35° = 38.03 m on a sphere of the Mercator radius
    assert width == pytest.approx(38.03, abs=0.3)


def test_near_tiles_carry_all_properties_and_far_ones_what_layers_need(zone: Zone) -> None:
    near = tile_layers(zone, ["building"], tile_holding(WEST, SOUTH, 16))["building"]["features"][0]
    far = tile_layers(zone, ["building"], tile_holding(WEST, SOUTH, 14))["building"]["features"][0]
    assert {"use", "height_m", "storeys"} <= set(near["properties"])
    assert set(far["properties"]) <= {"height_m", "name", "name_en"}


def test_each_park_has_one_label_point_over_all_tiles(zone: Zone) -> None:
    west, east = tile_holding(WEST - 0.002, SOUTH, 17), tile_holding(WEST + 0.006, SOUTH - 0.005, 17)
    seen = [
        feature
        for column in range(west.column, east.column + 1)
        for row in range(west.row - 1, east.row + 1)
        for feature in tile_layers(zone, ["park"], Tile(17, column, row)).get("park-label", {"features": []})[
            "features"
        ]
    ]
    assert [(feature["id"], feature["properties"]["name"]) for feature in seen] == [(1, "青阳公园")]


def test_label_points_stay_below_the_far_edge(zone: Zone) -> None:
    label = tile_layers(zone, ["park"], tile_holding(WEST + 0.002, SOUTH - 0.002, 14))["park-label"]
    for feature in label["features"]:
        x, y = feature["geometry"]["coordinates"]
        assert 0 <= x < EXTENT
        assert 0 <= y < EXTENT


def test_far_away_specks_stand_for_each_other(zone: Zone) -> None:
    """At zoom 10 a building is a speck: those that are drawn cover about the ground that all of them cover."""
    tile = tile_holding(WEST, SOUTH, 10)
    layers = tile_layers(zone, ["building", "area"], tile)
    assert ids(layers["area"]) == {1, 2}
    drawn = layers["building"]["features"]
    # a building is 38.0 m by 44.4 m = 1690 m²; one square pixel is 64 square units of 8.16 m = 4260 m²
    assert len(drawn) == pytest.approx(240 * 1690 / 4260, rel=0.1)
    assert all(shape(feature["geometry"]).area == pytest.approx(64, rel=0.3) for feature in drawn)


def test_tiles_agree_on_which_specks_stand_for_the_others(zone: Zone) -> None:
    """The buildings lie across the edge of two tiles of zoom 10, within the buffers of both."""
    south = tile_holding(WEST, SOUTH, 10)
    north = Tile(10, south.column, south.row - 1)
    drawn = [ids(tile_layers(zone, ["building"], tile)["building"]) for tile in (south, north)]
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) > 50


def test_features_of_any_sort_share_a_layer(zone: Zone) -> None:
    layer = tile_layers(zone, ["facility"], tile_holding(WEST + 0.003, SOUTH + 0.01, 14))["facility"]
    assert {feature["geometry"]["type"] for feature in layer["features"]} == {"Point", "Polygon"}


def test_outside_the_zone_a_tile_is_empty(zone: Zone) -> None:
    drawn = drawn_kinds(zone.packs, STAFF)
    assert render_tile(zone.store, STAFF, drawn.values(), Tile(16, 0, 0)) == b""


def test_kinds_of_persons_are_not_drawn_for_the_public(zone: Zone) -> None:
    assert "resident" in drawn_kinds(zone.packs, STAFF)
    assert "resident" not in drawn_kinds(zone.packs, PUBLIC)
    resident = drawn_kinds(zone.packs, STAFF)["resident"]
    with pytest.raises(NotFound):
        render_tile(zone.store, PUBLIC, [resident], tile_holding(WEST, SOUTH, 16))


def test_neighbouring_tiles_meet_at_the_seam(zone: Zone) -> None:
    """A building cut by a tile's edge reaches into both tiles' buffers, at the same places."""
    number = 1
    outline = building_outline(number)
    left = tile_holding(outline.bounds[0], SOUTH + SIDE / 2, 20)
    right = Tile(20, left.column + 1, left.row)
    layers = [tile_layers(zone, ["building"], tile)["building"] for tile in (left, right)]
    rings = [
        np.array(
            next(item for item in layer["features"] if item["id"] == number)["geometry"]["coordinates"][0]
        )
        for layer in layers
    ]
    # both show the strip of 128 units on either side of the shared edge, at the same height
    assert rings[0][:, 0].max() == EXTENT + 128
    assert rings[1][:, 0].min() == -128
    assert set(rings[0][:, 1]) == set(rings[1][:, 1])


def test_every_building_is_in_some_tile(zone: Zone) -> None:
    west = tile_holding(WEST, SOUTH, 15)
    east = tile_holding(WEST + 20 * STEP, SOUTH + 12 * STEP, 15)
    seen: set[int] = set()
    for column in range(west.column, east.column + 1):
        for row in range(east.row, west.row + 1):
            layers = tile_layers(zone, ["building"], Tile(15, column, row))
            seen |= ids(layers.get("building", {"features": []}))
    assert seen == set(range(1, 241))


def test_tile_units_are_exact_at_corners() -> None:
    box = Tile(15, 27402, 13404).box()
    units = tile_units(Tile(15, 27402, 13404), world_from_lonlat(np.array([[box.west, box.north]])))
    assert units[0] == pytest.approx([0, 0], abs=1e-4)
