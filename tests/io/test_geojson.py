from pathlib import Path

import pytest
from tests.import_zone import feature, square, write_collection

from zonetwin.core.errors import InvalidInput
from zonetwin.io.geojson import read_geojson
from zonetwin.io.model import Batch, ReadOptions


def read(path: Path, **options: str) -> Batch:
    (batch,) = read_geojson(path, ReadOptions(**options))  # type: ignore[arg-type]
    return batch


def test_features_come_with_their_properties_identity_and_line(tmp_path: Path) -> None:
    item = {**feature(square(121, 31), name="一", empty="", none=None), "id": 7}
    batch = read(write_collection(tmp_path / "a.geojson", [feature(None, n=1), item]))
    assert batch.names == ["feature 1, line 2", "feature 2, line 3"]
    assert batch.attributes == [{"n": 1}, {"name": "一"}]
    assert batch.keys == ["", "7"]
    assert batch.geometry[0] is None
    assert batch.geometry[1].geom_type == "Polygon"


def test_one_broken_feature_costs_only_itself(tmp_path: Path) -> None:
    path = write_collection(tmp_path / "a.geojson", [feature(square(121, 31)), feature(square(121, 31))])
    path.write_text(path.read_text().replace('"properties": {}', '"properties": {,}', 1))
    batch = read(path)
    assert [fault.code for fault in batch.faults.values()] == ["unreadable"]
    assert batch.read == 2
    assert batch.geometry[1] is not None


def test_nan_and_nonsense_geometries_are_told_apart(tmp_path: Path) -> None:
    items = [
        feature({"type": "Point", "coordinates": [float("nan"), 31]}),
        feature({"type": "Blob", "coordinates": []}),
    ]
    batch = read(write_collection(tmp_path / "a.geojson", items))
    assert [batch.faults[row].code for row in (0, 1)] == ["not-a-number", "unreadable"]


def test_a_feature_in_another_encoding_is_read(tmp_path: Path) -> None:
    path = write_collection(tmp_path / "a.geojson", [feature(square(121, 31), name="公园")])
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    assert read(path).attributes[0]["name"] == "公园"


@pytest.mark.parametrize(
    ("crs", "expected"),
    [
        (
            {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}},
            "urn:ogc:def:crs:EPSG::4549",
        ),
        (None, None),
    ],
)
def test_the_older_crs_member_is_honoured(tmp_path: Path, crs: object, expected: str | None) -> None:
    path = write_collection(tmp_path / "a.geojson", [feature(square(121, 31))], crs=crs)
    if expected is None:
        with pytest.raises(InvalidInput, match="does not say in which coordinate reference system"):
            read(path)
    else:
        assert read(path).crs == expected
    assert read(path, crs="EPSG:4490").crs == "EPSG:4490"


def test_a_file_cut_off_or_without_features_is_refused(tmp_path: Path) -> None:
    path = write_collection(tmp_path / "a.geojson", [feature(square(121, 31)), feature(square(121, 31))])
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(InvalidInput, match="cut off after 1 whole features"):
        read(path)
    with pytest.raises(InvalidInput, match="holds no features"):
        read(write_collection(tmp_path / "b.geojson", []))
