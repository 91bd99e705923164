"""Kept tiles: given again until a Change touches what they show, and no longer."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import shapely
from tests.small_zone import ACTOR, SOUTH, WEST, features, make_zone

from zonetwin.core.actor import PUBLIC, STAFF
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.store.model import Store
from zonetwin.twin.mercator import Tile
from zonetwin.twin.tile_cache import TileCache, TileKey, unpacked
from zonetwin.zone.zone import open_zone

HERE = Tile(14, 13701, 6688)
KEY = TileKey(STAFF, ("building",), HERE)


class Maker:
    """Makes tiles and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> bytes:
        self.made += 1
        return b"tile %d" % self.made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_zone(make_zone(tmp_path / "zone", buildings=5)) as zone:
        yield zone.store


def inside(box: Box) -> tuple[float, float]:
    return (box.west + box.east) / 2, (box.south + box.north) / 2


def revise(store: Store, kind: str, fid: int, **values: str) -> None:
    with store.begin(actor=ACTOR, tool="test") as writer:
        writer.revise(kind, fid, values)


def test_a_tile_is_made_once(store: Store) -> None:
    cache, make = TileCache(store), Maker()
    first, second = cache.tile(KEY, make), cache.tile(KEY, make)
    assert (make.made, first) == (1, second)
    assert unpacked(first) == b"tile 1"


def test_a_change_of_a_shown_feature_makes_it_again(store: Store) -> None:
    cache, make = TileCache(store), Maker()
    cache.tile(KEY, make)
    revise(store, "building", 1, name="new name")
    assert cache.find(KEY) is None
    assert unpacked(cache.tile(KEY, make)) == b"tile 2"


def test_a_change_of_another_kind_leaves_it(store: Store) -> None:
    cache, make = TileCache(store), Maker()
    cache.tile(KEY, make)
    revise(store, "park", 1, name="another park")
    assert cache.find(KEY) is not None


def test_a_change_elsewhere_leaves_it(store: Store) -> None:
    cache, make = TileCache(store), Maker()
    far = TileKey(STAFF, ("building",), Tile(14, HERE.column + 5, HERE.row))
    cache.tile(far, make)
    revise(store, "building", 1, name="new name")
    assert cache.find(far) is not None


def test_both_places_of_a_moved_feature_are_made_again(store: Store) -> None:
    cache, make = TileCache(store), Maker()
    target = TileKey(STAFF, ("building",), Tile(14, HERE.column + 5, HERE.row))
    cache.tile(KEY, make)
    cache.tile(target, make)
    x, y = inside(target.tile.box())
    with store.begin(actor=ACTOR, tool="test") as writer:
        writer.revise("building", 1, {"geom": shapely.to_wkb(shapely.box(x, y, x + 1e-4, y + 1e-4))})
    assert cache.find(KEY) is None
    assert cache.find(target) is None


def test_an_ended_feature_leaves_the_tile(store: Store) -> None:
    cache, make = TileCache(store), Maker()
    cache.tile(KEY, make)
    with store.begin(actor=ACTOR, tool="test") as writer:
        writer.end("building", 1, valid_to=date(2025, 1, 1))
    assert cache.find(KEY) is None


def test_many_changes_later_an_untouched_tile_is_still_good(store: Store) -> None:
    cache, make = TileCache(store), Maker()
    cache.tile(KEY, make)
    for number in range(5):
        with store.begin(actor=ACTOR, tool="test") as writer:
            source = writer.add_source(Source(f"source {number}"))
            writer.add("organisation", features([None], code=[f"o{number}"]), source=source)
        assert cache.find(KEY) is not None
    revise(store, "building", 2, name="at last")
    assert cache.find(KEY) is None


def test_viewers_do_not_share_tiles(store: Store) -> None:
    cache, make = TileCache(store), Maker()
    cache.tile(KEY, make)
    assert cache.find(TileKey(PUBLIC, KEY.kinds, KEY.tile)) is None


def test_the_least_used_tiles_go_first(store: Store) -> None:
    keys = [TileKey(STAFF, ("building",), Tile(14, column, 1)) for column in range(4)]
    size = len(TileCache(store).tile(keys[0], lambda: b"x").body)
    cache = TileCache(store, largest=3 * size)
    for key in keys[:3]:
        cache.tile(key, lambda: b"x")
    cache.find(keys[0])
    cache.tile(keys[3], lambda: b"x")
    assert [cache.find(key) is not None for key in keys] == [True, False, True, True]


def test_an_empty_tile_is_kept_too(store: Store) -> None:
    cache = TileCache(store)
    assert cache.tile(KEY, lambda: b"").body == b""
    assert cache.find(KEY) is not None


def test_equal_content_has_an_equal_tag(store: Store) -> None:
    one, two = TileCache(store), TileCache(store)
    assert one.tile(KEY, lambda: b"same").tag == two.tile(KEY, lambda: b"same").tag
    assert one.tile(KEY, lambda: b"same").tag != TileCache(store).tile(KEY, lambda: b"other").tag


def test_the_tests_tile_holds_the_buildings() -> None:
    box = HERE.box()
    assert box.west < WEST < box.east
    assert box.south < SOUTH < box.north
