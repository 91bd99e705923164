"""Analysis states: files per table, reused while what they hold is the same."""

import os
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq
import pytest
import shapely
from pyproj import Transformer
from tests.store.samples import CLERK, buildings, kind, open_sample, put, square, squares

from zonetwin.core.actor import PUBLIC
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.kind import Geometry, Type
from zonetwin.store.model import Store
from zonetwin.store.states import State, StateName, open_state, state_name_from_text

CRS = "EPSG:4549"  # CGCS2000, 3-degree Gauss-Kruger, 120 E


def _open(store: Store, folder: Path, **options: object) -> State:
    return open_state(store, folder / "states", crs=CRS, **options)  # type: ignore[arg-type]


def _west_or_none(points: npt.NDArray[np.float64]) -> Sequence[str | None]:
    """Name the area west of x = 595 400 m."""
    return ["west" if x < 595_400 else None for x, _ in points]


def test_a_state_has_the_kinds_and_what_is_published(store: Store, tmp_path: Path) -> None:
    with _open(store, tmp_path) as state:
        assert state.tables() == ("building", "street", "gate", "site", "firm", "resident", "notes")
    with _open(store, tmp_path, viewer=PUBLIC) as state:
        assert "resident" not in state.tables()
        with pytest.raises(NotFound, match="The state has no table 'resident'"):
            state.path("resident")


def test_a_kinds_table_has_the_published_columns(store: Store, tmp_path: Path) -> None:
    put(store, "building", buildings(squares(1), key=["way/1"], name=["hall"]))
    with _open(store, tmp_path) as state:
        table = pq.read_table(state.path("building"))
        assert table.schema.equals(state.schema("building"))
    head = ["fid", "feature", "key", "source", "geom", "valid_from", "change"]
    assert table.schema.names[:7] == head
    assert table.schema.names[-2:] == ["more", "area"]
    assert (table["feature"].to_pylist(), table["area"].to_pylist()) == (["building/1"], [None])


def test_places_are_in_metres_and_come_back_within_a_tenth_of_a_millimetre(
    store: Store, tmp_path: Path
) -> None:
    to_lonlat = Transformer.from_crs(CRS, "EPSG:4326", always_xy=True)
    lon, lat = to_lonlat.transform(595_000.123456, 3_470_000.654321)
    put(store, "gate", buildings([shapely.to_wkb(shapely.Point(lon, lat))]))
    with _open(store, tmp_path) as state:
        (wkb,) = pq.read_table(state.path("gate"))["geom"].to_pylist()
    ((x, y),) = shapely.get_coordinates(shapely.from_wkb(wkb)).tolist()
    assert (x, y) == pytest.approx((595_000.123456, 3_470_000.654321), abs=1e-4)


def test_the_area_is_that_of_the_representative_point(store: Store, tmp_path: Path) -> None:
    # 121.0 E is x = 595 1xx m in this CRS at 31.3 N (500 km + 1 degree of about 95.2 km); 121.01 E lies 950 m farther.
    put(store, "building", buildings([square(121.0, 31.3), square(121.01, 31.3), None]))
    with _open(store, tmp_path, locate=_west_or_none) as state:
        assert pq.read_table(state.path("building"))["area"].to_pylist() == ["west", None, None]


def test_a_kind_without_geometry_and_a_published_table_are_there_too(store: Store, tmp_path: Path) -> None:
    put(store, "firm", buildings([None], name=["甲"]).drop_columns("geom"))
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.execute("insert into note_row (title, on_day, done) values ('a', '2024-02-29', true)")
    with _open(store, tmp_path, locate=_west_or_none) as state:
        assert pq.read_table(state.path("firm"))["name"].to_pylist() == ["甲"]
        assert pq.read_table(state.path("notes"))["on_day"].to_pylist() == [date(2024, 2, 29)]


def test_a_later_state_reuses_the_files_of_tables_that_did_not_change(store: Store, tmp_path: Path) -> None:
    put(store, "building", buildings(squares(1)))
    put(store, "gate", buildings([shapely.to_wkb(shapely.Point(121, 31))]))
    with _open(store, tmp_path) as first:
        before = {table: first.path(table) for table in first.tables()}
    put(store, "building", buildings(squares(1)))
    with _open(store, tmp_path) as second:
        after = {table: second.path(table) for table in second.tables()}
    assert {table for table in before if before[table] != after[table]} == {"building"}
    assert (first.name, second.name) == (StateName(2), StateName(3))


def test_a_new_property_makes_a_new_file(store: Store, tmp_path: Path) -> None:
    with _open(store, tmp_path) as state:
        before = state.path("firm")
    store.close()
    grown = kind("firm", Geometry.NONE, ("name", Type.TEXT), ("staff", Type.INTEGER))
    reopened = open_sample(tmp_path, kinds=[grown])
    with _open(reopened, tmp_path) as state:
        assert state.path("firm") != before
        assert "staff" in pq.read_schema(state.path("firm")).names
    reopened.close()


def test_all_tables_of_a_state_belong_to_one_change(store: Store, tmp_path: Path) -> None:
    put(store, "building", buildings(squares(1)))
    with _open(store, tmp_path) as state:
        put(store, "building", buildings(squares(5)))
        assert pq.read_table(state.path("building")).num_rows == 1
        assert state.name.change == 1


def test_a_state_of_an_earlier_day_holds_what_held_then(store: Store, tmp_path: Path) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        (fid,) = writer.add("building", buildings(squares(1)), source=1, valid_from=date(2020, 1, 1))
        writer.end("building", fid, valid_to=date(2024, 1, 1))
    with _open(store, tmp_path) as now, _open(store, tmp_path, at=date(2022, 1, 1)) as then:
        assert pq.read_table(now.path("building")).num_rows == 0
        assert pq.read_table(then.path("building")).num_rows == 1
        assert now.path("building") != then.path("building")


def test_files_nobody_uses_are_swept_and_used_ones_are_not(store: Store, tmp_path: Path) -> None:
    with _open(store, tmp_path) as state:
        unused, used = state.path("building"), state.path("gate")
    draft = unused.with_name("building-0-x.parquet.1.draft")
    draft.write_bytes(b"half")
    for file in (unused, used, draft):
        os.utime(file, (1_000_000, 1_000_000))
    put(store, "building", buildings(squares(1)))
    with _open(store, tmp_path) as state:
        kept = state.path("gate")
        fresh = state.path("building")
    assert kept == used
    assert kept.exists()
    assert fresh.exists()
    assert not unused.exists()
    assert not draft.exists()


def test_a_write_that_fails_leaves_no_file(store: Store, tmp_path: Path) -> None:
    put(store, "building", buildings(squares(1)))

    def fail(points: npt.NDArray[np.float64]) -> Sequence[str | None]:
        raise ZeroDivisionError

    with _open(store, tmp_path, locate=fail) as state, pytest.raises(ZeroDivisionError):
        state.path("building")
    assert list((tmp_path / "states").iterdir()) == []


def test_a_place_beyond_the_crs_is_refused(store: Store, tmp_path: Path) -> None:
    put(store, "gate", buildings([shapely.to_wkb(shapely.Point(30.0, 0.0))]))
    with (
        _open(store, tmp_path) as state,
        pytest.raises(InvalidInput, match="cannot be projected to EPSG:4549"),
    ):
        state.path("gate")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (StateName(41), "change=41"),
        (StateName(41, at=date(2024, 2, 29)), "change=41;at=2024-02-29"),
        (
            StateName(7, known=datetime(2026, 3, 1, 8, 0, 0, 5000, tzinfo=UTC), scenario="bridge"),
            "change=7;known=2026-03-01T08:00:00.005Z;scenario=bridge",
        ),
    ],
)
def test_a_states_name_is_read_back_from_its_text(name: StateName, text: str) -> None:
    assert str(name) == text
    assert state_name_from_text(text) == name


@pytest.mark.parametrize(
    "text", ["", "41", "change=x", "at=2024-01-01", "change=1;at=soon", "change=1;colour=red"]
)
def test_a_text_that_names_no_state_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        state_name_from_text(text)
