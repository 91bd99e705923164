import csv
import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pyogrio
import pytest
from tests.import_zone import ACTOR, empty_zone, rows_of
from tests.small_zone import make_zone

from zonetwin.core.actor import PUBLIC
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.zone.exporting import export
from zonetwin.zone.importing import import_file
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture(scope="module")
def zone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    with open_zone(make_zone(tmp_path_factory.mktemp("small") / "zone", buildings=40)) as opened:
        yield opened


@pytest.mark.parametrize("ending", ["geojson", "gpkg", "csv"])
def test_what_is_exported_comes_back_the_same(zone: Zone, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"building.{ending}"
    report = export(zone, "building", path)
    assert report.counts == {"building": 40}
    assert str(report) == "40 building"
    with empty_zone(tmp_path / "other") as other:
        import_file(other, path, kind="building", actor=ACTOR)
        ours, theirs = rows_of(zone, "building"), rows_of(other, "building")
        assert len(theirs) == 40
        for row in (*ours, *theirs):
            for name in ("fid", "source", "recorded_at", "change"):
                row.pop(name)
        assert theirs == ours


def test_geojson_says_where_it_comes_from_and_that_it_is_made_up(zone: Zone, tmp_path: Path) -> None:
    export(zone, ["park", "square"], tmp_path / "a.geojson")
    content = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert content["attribution"] == ["© the survey"]
    assert content["synthetic"] is True
    assert content["sources"][0]["licence"] == "CC0-1.0"
    assert {item["properties"]["layer"] for item in content["features"]} <= {"park", "square"}
    assert len(content["features"]) == len(rows_of(zone, "park")) + len(rows_of(zone, "square"))


def test_geojson_rings_turn_as_the_standard_wants(zone: Zone, tmp_path: Path) -> None:
    export(zone, "building", tmp_path / "a.geojson")
    content = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    for item in content["features"]:
        ring = item["geometry"]["coordinates"][0][0]
        # RFC 7946 §3.1.6: the outer ring is counterclockwise, so its signed area is positive.
        signed = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring))
        assert signed > 0


def test_a_geopackage_has_a_layer_per_kind_and_one_of_sources(zone: Zone, tmp_path: Path) -> None:
    export(zone, "building,park", tmp_path / "a.gpkg")
    assert [str(name) for name, _ in pyogrio.list_layers(tmp_path / "a.gpkg")] == [
        "building",
        "park",
        "source",
    ]
    info = pyogrio.read_info(tmp_path / "a.gpkg", layer="building")
    assert info["features"] == 40
    assert info["dataset_metadata"]["synthetic"] == "true"


def test_a_table_has_its_sources_in_a_companion(zone: Zone, tmp_path: Path) -> None:
    export(zone, "building", tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 40
    assert rows[0]["source"] == "survey"
    assert rows[0]["wkt"].startswith("SRID=4326;MULTIPOLYGON")
    companion = (tmp_path / "a.csv.txt").read_text(encoding="utf-8")
    assert "© the survey" in companion
    assert "模拟数据 SYNTHETIC" in companion


def test_persons_are_not_there_for_everyone(zone: Zone, tmp_path: Path) -> None:
    export(zone, "resident", tmp_path / "a.csv")
    with pytest.raises(NotFound, match="no kind or table 'resident'"):
        export(zone, "resident", tmp_path / "b.csv", viewer=PUBLIC)
    assert not (tmp_path / "b.csv").exists()


def test_a_published_table_is_exported_too(zone: Zone, tmp_path: Path) -> None:
    report = export(zone, "case_move", tmp_path / "a.csv")
    assert report.counts == {"case_move": zone.store.published("case_move").num_rows}


def test_what_cannot_be_written_leaves_nothing_behind(zone: Zone, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("before")
    with pytest.raises(InvalidInput, match="A CSV file holds one table"):
        export(zone, "park,square", tmp_path / "a.csv")
    with pytest.raises(InvalidInput, match="no format that can be written"):
        export(zone, "park", tmp_path / "a.shp")
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text() == "before"
