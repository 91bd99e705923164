"""GDAL reads us as OGC API Features: counts, extents, filters, CRS and 10 000 features equal the record."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import numpy as np
import pyogrio
import pytest
import shapely
from tests.server import LiveServer, server_apart
from tests.small_zone import SIDE, SOUTH, STEP, WEST, building_outline, make_zone

from zonetwin.core.actor import STAFF

pytestmark = pytest.mark.foreign

MANY = 10_000


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = make_zone(tmp_path_factory.mktemp("many") / "zone", buildings=MANY)
    with server_apart(folder) as running:
        yield running


@pytest.fixture(scope="module")
def server(zone_folder: Path) -> Iterator[LiveServer]:
    with server_apart(zone_folder) as running:
        yield running


def source(server: LiveServer) -> str:
    return f"OAPIF:{server.address}/ogc"


def test_every_kind_is_a_layer(server: LiveServer) -> None:
    names = [name for name, _ in pyogrio.list_layers(source(server))]
    assert names == list(server.zone.packs.kinds)


def test_count_extent_and_crs_are_those_of_the_record(server: LiveServer) -> None:
    info = pyogrio.read_info(source(server), layer="building")
    extent = server.zone.store.extent("building", STAFF)
    assert extent is not None
    assert info["features"] == server.zone.store.count("building", STAFF)
    assert info["total_bounds"] == pytest.approx(extent.as_tuple())
    assert info["geometry_type"] == "MultiPolygon"
    assert 'AUTHORITY["OGC","CRS84"]' in info["crs"]


def test_ten_thousand_features_over_pages_equal_the_record(many: LiveServer) -> None:
    _, fids, geometries, columns = pyogrio.raw.read(
        source(many), layer="building", return_fids=True, columns=["key", "storeys"], PAGE_SIZE=1000
    )
    record = many.zone.store.read("building", STAFF)
    assert fids.tolist() == record["fid"].to_pylist()
    assert columns[0].tolist() == record["key"].to_pylist()
    assert columns[1].tolist() == record["storeys"].to_pylist()
    ours = shapely.from_wkb(record["geom"].to_numpy(zero_copy_only=False))
    theirs = shapely.from_wkb(geometries)
    # coordinates are written to nine digits, 0.1 mm
    assert np.abs(shapely.get_coordinates(ours) - shapely.get_coordinates(theirs)).max() <= 5.1e-10


def test_a_spatial_filter_gives_what_meets_it(many: LiveServer) -> None:
    box = (WEST + 3.2 * STEP, SOUTH + 1.1 * STEP, WEST + 7.1 * STEP, SOUTH + 40 * STEP)
    _, fids, _, _ = pyogrio.raw.read(source(many), layer="building", bbox=box, return_fids=True)
    region = shapely.box(*box)
    expected = [number for number in range(1, MANY + 1) if building_outline(number).intersects(region)]
    assert sorted(fids.tolist()) == expected


def test_other_crs_are_read_in_their_order_of_axes(server: LiveServer) -> None:
    info, _, geometries, _ = pyogrio.raw.read(source(server), layer="building", CRS="EPSG:4549")
    first = shapely.from_wkb(geometries[0])
    # 0.0004° on the ground: 38.06 m to the east, 44.35 m to the north; the grid is turned by 1.05° * sin
    # 31.35° =
    # 0.55°, so the bounds are 38.06 + 44.35 * 0.0095 = 38.48 and 44.35 + 38.06 * 0.0095 = 44.71
    west, south, east, north = first.bounds
    assert east - west == pytest.approx(38.48, abs=0.1)
    assert north - south == pytest.approx(44.71, abs=0.1)
    assert "4549" in str(info["crs"])


def ogrinfo(*arguments: str) -> str:
    program = shutil.which("ogrinfo")
    if program is None:
        pytest.skip("ogrinfo is not installed")
    done = subprocess.run(
        [program, "-ro", *arguments], capture_output=True, text=True, timeout=120, check=True
    )
    return done.stdout


def test_ogrinfo_tells_the_same_count_and_extent(server: LiveServer) -> None:
    told = ogrinfo("-so", source(server), "building")
    assert "Feature Count: 240" in told
    east, north = WEST + 19 * STEP + SIDE, SOUTH + 11 * STEP + SIDE
    assert f"Extent: ({WEST:.6f}, {SOUTH:.6f}) - ({east:.6f}, {north:.6f})" in told


def test_ogrinfo_filters_by_property(server: LiveServer) -> None:
    told = ogrinfo("-so", source(server), "building", "-where", "use = 'office'")
    assert "Feature Count: 80" in told


def test_the_record_itself_opens_while_it_is_served(server: LiveServer, zone_folder: Path) -> None:
    told = ogrinfo(
        "-so", str(zone_folder / "zone.gpkg"), "building", "-spat", *map(str, building_outline(1).bounds)
    )
    assert "Feature Count: 1" in told


def test_tiles_are_read_by_gdal(server: LiveServer, tmp_path: Path) -> None:
    path = "ogc/collections/building/tiles/WebMercatorQuad/14/6688/13701"
    (tmp_path / "6688.pbf").write_bytes(httpx.get(f"{server.address}/{path}").content)
    info = pyogrio.read_info(str(tmp_path / "6688.pbf"), layer="building", X="13701", Y="6688", Z="14")
    assert info["features"] > 0
    assert "height_m" in info["fields"].tolist()
