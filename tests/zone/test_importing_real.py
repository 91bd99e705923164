"""Imports of files that nobody here made, checked against counts taken from the files by other means."""

import csv
import itertools
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import osmium
import pyogrio
import pytest
import shapely
from pyproj import Geod
from tests.import_zone import ACTOR, empty_zone, rows_of

from zonetwin.core.actor import STAFF
from zonetwin.core.errors import InvalidInput
from zonetwin.zone.import_report import ImportReport
from zonetwin.zone.importing import import_file
from zonetwin.zone.zone import Zone

pytestmark = pytest.mark.real


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "zone"


def assert_everything_counted(report: ImportReport) -> None:
    assert report.read + report.also == report.not_mapped + report.total().mapped


def street_classes(zone: Zone) -> set[str]:
    return {*(row["class"] for row in zone.packs.tables["street_classes"].rows), "trail"}


def streets_in(path: Path, classes: set[str]) -> tuple[int, int]:
    """Count the ways that are streets: all, and those with two neighbouring nodes in the file at two places."""
    ways = usable = 0
    things: Iterable[Any] = osmium.FileProcessor(str(path)).with_locations()
    for thing in things:
        if thing.is_way() and thing.tags.get("highway") in classes:
            ways += 1
            places = [
                (node.location.lon, node.location.lat) if node.location.valid() else None
                for node in thing.nodes
            ]
            usable += any(a and b and a != b for a, b in itertools.pairwise(places))
    return ways, usable


@pytest.mark.parametrize(
    ("file", "crs"),
    [("osm/helsinki_center.osm.pbf", "EPSG:3067"), ("porto_alegre/poa_osm.pbf", "EPSG:31982")],
)
def test_every_street_of_an_extract_is_stored_or_accounted_for(
    folder: Path, real_data: Path, file: str, crs: str
) -> None:
    with empty_zone(folder, crs=crs) as zone:
        report = import_file(zone, real_data / file, actor=ACTOR)
        assert_everything_counted(report)
        ways, usable = streets_in(real_data / file, street_classes(zone))
        stored = Counter(str(row["key"]).split("/")[0] for row in rows_of(zone, "street"))
        assert stored["way"] == usable
        lost = sum(fault.kind == "street" and fault.code == "too-few-nodes" for fault in report.faults)
        assert ways - usable == lost
        assert import_file(zone, real_data / file, actor=ACTOR).change is None


def test_bus_stops_and_parks_of_an_extract_are_there(folder: Path, real_data: Path) -> None:
    path = real_data / "osm/helsinki_center.osm.pbf"
    stops = parks = 0
    things: Iterable[Any] = osmium.FileProcessor(str(path))
    for thing in things:
        by_road, by_rail = thing.tags.get("highway") == "bus_stop", thing.tags.get("railway") == "tram_stop"
        stops += thing.is_node() and (by_road or by_rail)
        parks += not thing.is_node() and thing.tags.get("leisure") in ("park", "garden")
    with empty_zone(folder, crs="EPSG:3067") as zone:
        counts = import_file(zone, path, actor=ACTOR).kinds
        found = [row for row in rows_of(zone, "facility") if row["category"] == "bus_stop"]
        assert len(found) == stops
        assert counts["park"].mapped == parks == 18
        keys = {row["key"] for row in rows_of(zone, "park")}
        assert counts["park_gate"].added > 0
        assert {row["park"] for row in rows_of(zone, "park_gate")} <= keys


def test_the_population_grid_keeps_every_person(folder: Path, real_data: Path) -> None:
    with empty_zone(folder, crs="EPSG:3067") as zone:
        path = real_data / "population/helsinki_population_grid_2020.gpkg"
        report = import_file(zone, path, kind="population_cell", actor=ACTOR)
        assert report.total().added == 92
        # 71 724 people, as the file's own description says.
        assert sum(float(str(row["persons"])) for row in rows_of(zone, "population_cell")) == 71_724


def test_the_hexagon_table_keeps_every_column(folder: Path, real_data: Path) -> None:
    path = real_data / "porto_alegre/poa_hexgrid.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with empty_zone(folder, crs="EPSG:31982") as zone:
        report = import_file(zone, path, kind="population_cell", x="lon", y="lat", actor=ACTOR)
        assert report.total().added == len(rows) == 1227
        cells = rows_of(zone, "population_cell")
        pairs = [
            ("persons", "population"),
            ("schools", "schools"),
            ("jobs", "jobs"),
            ("healthcare", "healthcare"),
        ]
        for ours, theirs in pairs:
            given = [float(row[theirs]) for row in rows if row[theirs]]
            stored = [float(str(cell[ours])) for cell in cells if cell[ours] is not None]
            assert (len(stored), sum(stored)) == (
                len(given),
                sum(given),
            )  # five rows leave jobs and health blank


def test_label_points_are_no_buildings_and_tiled_pieces_are_one(folder: Path, real_data: Path) -> None:
    path = real_data / "osm/shanghai_tilezen_buildings.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    labels = [item for item in features if item["geometry"]["type"] == "Point"]
    pieces = Counter(
        str(item["properties"]["id"]) for item in features if item["geometry"]["type"] != "Point"
    )
    with empty_zone(folder) as zone:
        report = import_file(zone, path, kind="building", actor=ACTOR)
        counts = report.kinds["building"]
        assert (report.read, counts.quarantined) == (1981, len(labels)) == (1981, 409)
        assert counts.added == len(pieces)
        assert counts.merged == sum(pieces.values()) - len(pieces)
        heights = sum(row["height_m"] is not None for row in rows_of(zone, "building"))
        assert 0 < heights <= 968


def test_footprints_keep_their_heights(folder: Path, real_data: Path) -> None:
    path = real_data / "buildings3d/suzhou_gusu_buildings_osm_8242.geojson"
    heights = [
        item["properties"]["height"] for item in json.loads(path.read_text(encoding="utf-8"))["features"]
    ]
    with empty_zone(folder) as zone:
        assert import_file(zone, path, kind="building", actor=ACTOR).total().added == 8242
        assert sum(float(str(row["height_m"])) for row in rows_of(zone, "building")) == pytest.approx(
            sum(heights)
        )


def test_undoing_the_shift_brings_districts_over_their_true_outlines(folder: Path, real_data: Path) -> None:
    path = real_data / "admin/suzhou_districts_gcj02.geojson"
    truth = real_data / "admin/suzhou_districts_wgs84_derived.geojson"
    with empty_zone(folder) as zone:
        import_file(zone, path, kind="area", datum="gcj02", actor=ACTOR)
        ours = {row["code"]: shapely.from_wkb(row["geom"]) for row in rows_of(zone, "area")}  # type: ignore[call-overload]
    features = json.loads(truth.read_text(encoding="utf-8"))["features"]
    assert len(features) == 9
    geod = Geod(ellps="WGS84")
    for item in features:
        theirs = shapely.from_geojson(json.dumps(item["geometry"]))
        mine = ours[str(item["properties"]["adcode"])]
        for at, true in zip(shapely.get_coordinates(mine), shapely.get_coordinates(theirs), strict=True):
            assert geod.inv(*at, *true)[2] < 1.0  # metres; unconverted they are 475 m apart


def test_a_projected_layer_comes_to_its_place(folder: Path, real_data: Path) -> None:
    path = real_data / "buildings3d/prague_bubenec.gpkg"
    with empty_zone(folder, crs="EPSG:5514") as zone:
        with pytest.raises(
            InvalidInput, match="Choose one with --layer: tessellation, buildings, streets, plots"
        ):
            import_file(zone, path, kind="building", actor=ACTOR)
        report = import_file(zone, path, kind="building", layer="buildings", actor=ACTOR)
        assert report.total().added == pyogrio.read_info(path, layer="buildings")["features"] == 144
        box = zone.store.extent("building", STAFF)
        assert box is not None
        assert 14.3 < box.west < box.east < 14.5
        assert 50.0 < box.south < box.north < 50.2


def test_a_pbf_cut_off_leaves_nothing(folder: Path, real_data: Path) -> None:
    path = folder.parent / "cut.osm.pbf"
    whole = (real_data / "osm/helsinki_center.osm.pbf").read_bytes()
    path.write_bytes(whole[: len(whole) * 3 // 4])
    with empty_zone(folder, crs="EPSG:3067") as zone:
        before = zone.store.last_change
        with pytest.raises(InvalidInput, match=r"not a whole OSM file.*Nothing of it was stored"):
            import_file(zone, path, actor=ACTOR)
        assert zone.store.last_change == before
        assert not rows_of(zone, "street")
        assert list((zone.folder / "imports").iterdir()) == []


def test_a_file_from_elsewhere_is_refused(folder: Path, real_data: Path) -> None:
    with empty_zone(folder, crs="EPSG:31982") as zone:
        import_file(zone, real_data / "porto_alegre/poa_hexgrid.csv", kind="population_cell", actor=ACTOR)
        path = real_data / "population/helsinki_population_grid_2020.gpkg"
        with pytest.raises(InvalidInput, match="92 of 92 objects lie over 50 km outside"):
            import_file(zone, path, kind="population_cell", actor=ACTOR)
