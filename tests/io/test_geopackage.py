from pathlib import Path

import pyarrow as pa
import pyogrio
import pytest
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.io.geopackage import read_geopackage, write_geopackage
from zonetwin.io.model import Origin, ReadOptions

SOURCES = pa.table({"id": [1], "name": ["survey"]})
ORIGIN = Origin(("© survey",), SOURCES, synthetic=True)


def points(*names: str) -> pa.Table:
    place = shapely.to_wkb(shapely.Point(121, 31))
    return pa.table(
        {"geom": pa.array([place] * len(names), pa.binary()), "name": pa.array(list(names), pa.string())}
    )


def test_layers_are_read_one_after_another_or_only_the_one_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    assert write_geopackage(path, {"park": points("a", "b"), "site": points("c")}, ORIGIN) == {
        "park": 2,
        "site": 1,
    }
    batches = list(read_geopackage(path, ReadOptions(layers=("site",))))
    assert [(batch.layer, batch.read, batch.crs) for batch in batches] == [("site", 1, "EPSG:4326")]
    assert [batch.layer for batch in read_geopackage(path, ReadOptions())] == ["park", "site", "source"]


def test_sources_attribution_and_synthetic_mark_are_written(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write_geopackage(path, {"park": points("a")}, ORIGIN)
    assert pyogrio.read_info(path, layer="park")["dataset_metadata"] == {
        "attribution": '["© survey"]',
        "synthetic": "true",
    }
    assert pyogrio.read_info(path, layer="source")["features"] == 1


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write_geopackage(path, {"park": points("a")}, ORIGIN)
    with pytest.raises(InvalidInput, match=r"has no layer 'lake'\. It has: park, source"):
        list(read_geopackage(path, ReadOptions(layers=("lake",))))


def test_a_file_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write_geopackage(path, {"park": points(*"abcdefgh")}, ORIGIN)
    path.write_bytes(path.read_bytes()[:9000])
    with pytest.raises(InvalidInput):
        list(read_geopackage(path, ReadOptions()))


def test_an_empty_layer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write_geopackage(path, {"park": points()}, Origin((), SOURCES.slice(0, 0), synthetic=False))
    with pytest.raises(InvalidInput, match="holds no objects"):
        list(read_geopackage(path, ReadOptions()))
