"""The record's file as a GeoPackage that other programs read."""

import shutil
import sqlite3
import subprocess
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from tests.store.samples import (
    BUILDING,
    CLERK,
    KINDS,
    buildings,
    kind,
    open_sample,
    put,
    scattered,
    square,
    squares,
)

from zonetwin.core.actor import STAFF
from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.core.kind import Geometry, Type
from zonetwin.core.space import Box
from zonetwin.store.model import Selection, Store

WINDOW = (121.0, 31.3, 121.1, 31.4)


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Path:
    """A record of 3 000 scattered buildings, a street, a gate and a firm, still open for writing."""
    put(store, "building", buildings(scattered(3000), storeys=[3] * 3000, listed=[True] * 3000))
    line = shapely.to_wkb(shapely.LineString([(121.0, 31.3), (121.1, 31.3)]))
    put(store, "street", buildings([line]))
    put(store, "gate", buildings([shapely.to_wkb(shapely.Point(121.0, 31.3))]))
    put(store, "firm", buildings([None], name=["甲"]).drop_columns("geom"))
    return tmp_path / "zone.gpkg"


def test_the_file_says_what_it_is(filled: Path) -> None:
    with sqlite3.connect(filled) as connection:
        assert connection.execute("pragma application_id").fetchone() == (0x47504B47,)  # "GPKG"
        assert connection.execute("pragma user_version").fetchone() == (10300,)
        assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
        assert connection.execute("pragma foreign_key_check").fetchall() == []
        systems = connection.execute("select srs_id from gpkg_spatial_ref_sys order by 1").fetchall()
    connection.close()
    assert systems == [(-1,), (0,), (4326,)]


def test_gdal_lists_one_layer_per_kind_with_its_geometry(filled: Path) -> None:
    layers = {str(name): geometry for name, geometry in pyogrio.list_layers(filled)}
    assert layers == {
        "building": "MultiPolygon",
        "street": "MultiLineString",
        "gate": "Point",
        "site": "Unknown",  # any geometry
        "resident": "Point",
        "firm": None,
    }


def test_gdal_sees_typed_columns(filled: Path) -> None:
    info = pyogrio.read_info(filled, layer="building")
    types = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert types["height_m"] == "OFTReal"
    assert types["storeys"] == "OFTInteger64"
    assert types["built_on"] == "OFTDate"
    assert types["surveyed_at"] == types["recorded_at"] == "OFTDateTime"
    assert types["name"] == "OFTString"
    subtypes = dict(zip(info["fields"], info["ogr_subtypes"], strict=True))
    assert subtypes["listed"] == "OFSTBoolean"
    assert info["crs"] == "EPSG:4326"


def test_gdal_filters_by_box_as_shapely_does(filled: Path) -> None:
    shapes = shapely.from_wkb(scattered(3000))
    expected = int(shapely.intersects(shapes, shapely.box(*WINDOW)).sum())
    _, table = pyogrio.read_arrow(filled, layer="building", bbox=WINDOW)
    assert 0 < table.num_rows == expected < 3000


def test_the_extent_in_the_contents_encloses_everything(filled: Path) -> None:
    west, south, east, north = pyogrio.read_info(filled, layer="building", force_total_bounds=True)[
        "total_bounds"
    ]
    assert (west, south, east, north) == tuple(shapely.total_bounds(shapely.from_wkb(scattered(3000))))


@pytest.mark.foreign
def test_ogrinfo_reads_while_a_change_is_open(store: Store, tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("foreign program: ogrinfo is not installed")
    put(store, "building", buildings(squares(5)))
    with store.begin(actor=CLERK, tool="test") as writer:
        writer.add("building", buildings(squares(2, south=31.4)), source=1)
        report = subprocess.run(
            [
                "ogrinfo",
                "-so",
                "-ro",
                str(tmp_path / "zone.gpkg"),
                "building",
                "-spat",
                "121.0",
                "31.2",
                "121.0045",
                "31.5",
            ],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
    # Squares of 0.001 every 0.002 from 121.0: those at .000, .002 and .004 meet 121.0045; the open Change is unseen.
    assert "Feature Count: 3" in report
    assert "Geometry: Multi Polygon" in report
    assert "listed: Integer(Boolean)" in report


@pytest.mark.foreign
def test_ogrinfo_lists_the_kinds_and_nothing_else(filled: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("foreign program: ogrinfo is not installed")
    report = subprocess.run(["ogrinfo", "-so", str(filled)], capture_output=True, text=True, check=True)
    assert report.stderr == ""
    lines = [line.split(": ", 1)[1] for line in report.stdout.splitlines() if line[:1].isdigit()]
    assert sorted(line.split(" (")[0] for line in lines) == sorted(item.name for item in KINDS)


@pytest.mark.parametrize(
    "statement",
    [
        "delete from building where fid = 1",
        "update building set storeys = 9 where fid = 1",
        "insert into building (storeys) values (9)",
        "delete from building_past",
        "insert into firm (name) values ('x')",
    ],
)
def test_a_foreign_program_cannot_write_features(filled: Path, statement: str) -> None:
    connection = sqlite3.connect(filled)
    for function in ("ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"):  # as a GIS program has them
        connection.create_function(function, 1, lambda blob: 0)
    with pytest.raises(sqlite3.OperationalError, match="zonetwin_only_zonetwin_writes"):
        connection.execute(statement)
    connection.close()


def test_gdal_cannot_append(filled: Path) -> None:
    _, table = pyogrio.read_arrow(filled, layer="gate", columns=["park"])
    with pytest.raises(pyogrio.errors.DataLayerError, match="zonetwin_only_zonetwin_writes"):
        pyogrio.write_arrow(
            table,
            filled,
            layer="gate",
            append=True,
            geometry_name="geom",
            geometry_type="Point",
            crs="EPSG:4326",
        )


def test_the_tree_keeps_its_standard_triggers_after_a_bulk_load(filled: Path) -> None:
    connection = sqlite3.connect(filled)
    rows = connection.execute(
        "select name from sqlite_master where type = 'trigger' and name like 'rtree_building_geom_%'"
    )
    names = {name.removeprefix("rtree_building_geom_") for (name,) in rows}
    connection.close()
    assert names == {"insert", "update1", "update2", "update3", "update4", "delete"}


def test_a_pack_added_later_adds_its_kinds(tmp_path: Path) -> None:
    open_sample(tmp_path, kinds=[BUILDING]).close()
    with_all = open_sample(tmp_path, kinds=KINDS)
    assert with_all.count("gate", STAFF) == 0
    with_all.close()


def test_a_property_added_later_is_a_column_that_is_null_before(tmp_path: Path) -> None:
    first = open_sample(tmp_path, kinds=[kind("park", Geometry.POLYGON, ("name", Type.TEXT))])
    fids = put(first, "park", buildings(squares(1), name=["old"]))
    with first.begin(actor=CLERK, tool="test") as writer:
        writer.revise("park", fids[0], {"name": "new"})
    first.close()
    grown = kind("park", Geometry.POLYGON, ("name", Type.TEXT), ("area_m2", Type.REAL))
    second = open_sample(tmp_path, kinds=[grown])
    assert second.read("park", STAFF)["area_m2"].to_pylist() == [None]
    assert [row["area_m2"] for row in second.history("park", fids[0], STAFF)] == [None, None]
    second.close()


def test_a_property_cannot_change_its_type(tmp_path: Path) -> None:
    open_sample(tmp_path, kinds=[kind("park", Geometry.POLYGON, ("name", Type.TEXT))]).close()
    with pytest.raises(Conflict, match=r"park\.name is TEXT in the record but REAL in the pack"):
        open_sample(tmp_path, kinds=[kind("park", Geometry.POLYGON, ("name", Type.REAL))])


@pytest.mark.parametrize(
    "name", ["Park", "park-1", "park_past", "rtree_x", "zonetwin_x", "gpkg_x", "1park", "a; drop"]
)
def test_a_kind_needs_a_name_that_can_be_a_table(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidInput):
        open_sample(tmp_path, kinds=[kind(name, Geometry.POINT)])


def test_a_kind_cannot_take_the_name_of_a_domains_table(tmp_path: Path) -> None:
    with pytest.raises(Conflict, match="note_row"):
        open_sample(tmp_path, kinds=[kind("note_row", Geometry.POINT)])


def test_a_property_cannot_take_the_name_of_a_column_of_the_record(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="valid_from"):
        open_sample(tmp_path, kinds=[kind("park", Geometry.POINT, ("valid_from", Type.DATE))])


def test_the_box_is_exact_where_float32_is_not(store: Store) -> None:
    # 121.0000001 is not a float32; its neighbours are 7.6e-6 apart, so the tree alone would let this square in.
    east_of = np.nextafter(121.0000001, 122.0)
    put(store, "building", buildings([square(float(east_of), 31.3)]))
    touching = Selection(box=Box(120.9, 31.2, float(east_of), 31.4))
    beside = Selection(box=Box(120.9, 31.2, 121.0000001, 31.4))
    assert store.count("building", STAFF, touching) == 1
    assert store.count("building", STAFF, beside) == 0
