"""Shapefiles are written by GDAL here and then spoilt the way files from the field are."""

from pathlib import Path

import pyarrow as pa
import pyogrio
import pytest
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.io.model import Batch, ReadOptions
from zonetwin.io.shapefile import read_shapefile


def written(folder: Path, *names: str, encoding: str = "UTF-8", crs: str | None = "EPSG:4549") -> Path:
    path = folder / "s.shp"
    table = pa.table(
        {
            "geom": pa.array([shapely.to_wkb(shapely.Point(597038, 3472446))] * len(names), pa.binary()),
            "名称": list(names),
        }
    )
    pyogrio.write_arrow(
        table,
        path,
        driver="ESRI Shapefile",
        geometry_name="geom",
        geometry_type="Point",
        crs=crs or "EPSG:4549",
        encoding=encoding,
    )
    if crs is None:
        path.with_suffix(".prj").unlink()
    return path


def read(path: Path, **options: str) -> Batch:
    (batch,) = read_shapefile(path, ReadOptions(**options))  # type: ignore[arg-type]
    return batch


@pytest.mark.parametrize("encoding", ["UTF-8", "GBK"])
@pytest.mark.parametrize("labelled", [True, False])
def test_chinese_is_read_with_a_label_or_without(tmp_path: Path, encoding: str, labelled: bool) -> None:
    path = written(tmp_path, "昆虫馆", "ascii", encoding=encoding)
    if not labelled:
        path.with_suffix(".cpg").unlink()
    batch = read(path)
    assert batch.attributes == [{"名称": "昆虫馆"}, {"名称": "ascii"}]


def test_cells_in_mixed_encodings_are_all_read(tmp_path: Path) -> None:
    path = written(tmp_path, "公园", "aaaaaa", encoding="UTF-8")
    path.with_suffix(".cpg").unlink()
    dbf = path.with_suffix(".dbf")
    dbf.write_bytes(dbf.read_bytes().replace(b"aaaaaa", "广场馆".encode("gb18030")))
    assert [item["名称"] for item in read(path).attributes] == ["公园", "广场馆"]


def test_a_missing_prj_is_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, "a", crs=None)
    with pytest.raises(InvalidInput, match="does not say in which coordinate reference system"):
        read(path)
    assert read(path, crs="EPSG:4549").crs == "EPSG:4549"


def test_a_missing_part_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "a")
    path.with_suffix(".dbf").unlink()
    with pytest.raises(InvalidInput, match=r"has no \.dbf beside it"):
        read(path)
