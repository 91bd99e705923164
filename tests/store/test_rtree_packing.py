"""R*Trees built in bulk hold what row by row would, and SQLite finds them sound."""

import sqlite3
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zonetwin.core.space import Box
from zonetwin.store import rtree_nodes, rtree_packing
from zonetwin.store.geometry_blob import Bounds


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    opened = _tree()
    yield opened
    opened.close()


def _tree() -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:", isolation_level=None)
    opened.execute("create virtual table tree using rtree(id, minx, maxx, miny, maxy)")
    return opened


def _bounds(count: int, seed: int = 1) -> Bounds:
    random = np.random.default_rng(seed)
    corner = np.column_stack([random.uniform(-179, 179, count), random.uniform(-89, 89, count)])
    return np.column_stack([corner, corner + random.uniform(0, 0.5, (count, 2))])


def _pack(connection: sqlite3.Connection, bounds: Bounds, first: int = 1) -> None:
    rtree_packing.pack_into(connection, "tree", np.arange(first, first + len(bounds)), bounds)


def _rows(connection: sqlite3.Connection) -> list[tuple[float, ...]]:
    return connection.execute("select id, minx, maxx, miny, maxy from tree order by id").fetchall()


def _is_sound(connection: sqlite3.Connection) -> bool:
    (verdict,) = connection.execute("select rtreecheck('tree')").fetchone()
    return bool(verdict == "ok")


# 51 cells fit into a node, 40 are filled: 51 is a root alone, 52 a second level, 2 041 a third.
@pytest.mark.parametrize("count", [0, 1, 50, 51, 52, 1000, 2041, 20_000])
def test_a_packed_tree_is_sound_and_whole(connection: sqlite3.Connection, count: int) -> None:
    _pack(connection, _bounds(count))
    assert _is_sound(connection)
    assert [row[0] for row in _rows(connection)] == list(range(1, count + 1))


def test_a_packed_tree_finds_what_a_plain_comparison_finds(connection: sqlite3.Connection) -> None:
    bounds = _bounds(5000)
    _pack(connection, bounds)
    west, south, east, north = -20.0, -10.0, 30.0, 40.0
    found = connection.execute(
        "select id from tree where maxx >= ? and minx <= ? and maxy >= ? and miny <= ? order by id",
        (west, east, south, north),
    ).fetchall()
    meets = (
        (bounds[:, 2] >= west) & (bounds[:, 0] <= east) & (bounds[:, 3] >= south) & (bounds[:, 1] <= north)
    )
    assert [id_ for (id_,) in found] == (np.flatnonzero(meets) + 1).tolist()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 300), min_size=1, max_size=4))
def test_packing_again_keeps_what_was_there(counts: list[int]) -> None:
    connection = _tree()
    first = 1
    for number, count in enumerate(counts):
        _pack(connection, _bounds(count, seed=number), first)
        first += count
    assert _is_sound(connection)
    assert [row[0] for row in _rows(connection)] == list(range(1, first))
    connection.close()


def test_boxes_are_rounded_outward(connection: sqlite3.Connection) -> None:
    bounds = _bounds(2000)
    _pack(connection, bounds)
    stored = np.array(_rows(connection))
    assert (stored[:, 1] <= bounds[:, 0]).all()
    assert (stored[:, 2] >= bounds[:, 2]).all()
    assert (stored[:, 3] <= bounds[:, 1]).all()
    assert (stored[:, 4] >= bounds[:, 3]).all()
    assert np.abs(stored[:, 1] - bounds[:, 0]).max() < 2e-5  # one float32 step at 179 degrees is 1.5e-5


def test_rows_without_a_place_are_left_out(connection: sqlite3.Connection) -> None:
    bounds = _bounds(100)
    bounds[::2] = np.nan
    _pack(connection, bounds)
    assert [row[0] for row in _rows(connection)] == list(range(2, 101, 2))


def test_a_packed_tree_takes_single_rows_and_deletions(connection: sqlite3.Connection) -> None:
    _pack(connection, _bounds(3000))
    connection.executemany("insert into tree values (?, 0, 1, 0, 1)", ((id_,) for id_ in range(3001, 3501)))
    connection.execute("delete from tree where id <= 1500")
    assert _is_sound(connection)
    assert [row[0] for row in _rows(connection)] == list(range(1501, 3501))


def test_packing_pays_for_a_load_of_more_than_a_fifth_of_what_is_there(
    connection: sqlite3.Connection,
) -> None:
    assert rtree_packing.is_worthwhile(connection, "tree", 1)
    _pack(connection, _bounds(6000))
    assert not rtree_packing.is_worthwhile(connection, "tree", 1200)
    assert rtree_packing.is_worthwhile(connection, "tree", 1201)


def test_the_root_tells_the_extent_and_about_how_many_meet_a_box(connection: sqlite3.Connection) -> None:
    assert rtree_nodes.root(connection, "tree").enclosing() is None
    assert rtree_nodes.root(connection, "tree").share_of(Box(-180, -90, 180, 90)) == 0.0
    _pack(connection, _bounds(20_000))
    root = rtree_nodes.root(connection, "tree")
    assert root.share_of(Box(-180, -90, 180, 90)) == pytest.approx(1.0)
    assert root.share_of(Box(-180, -90, 0, 90)) == pytest.approx(0.5, abs=0.05)  # half of an even spread
    assert 14_000 < root.entries < 28_000
    minx, maxx, miny, maxy = root.enclosing() or (0, 0, 0, 0)
    assert minx < -178 < 178 < maxx
    assert miny < -88 < 88 < maxy
