from pathlib import Path

import pytest

from zonetwin.core.errors import InvalidInput
from zonetwin.io.csv_table import read_csv
from zonetwin.io.model import Batch, ReadOptions


def read(path: Path, text: str | bytes, options: ReadOptions | None = None) -> Batch:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    (batch,) = read_csv(path, options or ReadOptions())
    return batch


def test_longitude_and_latitude_need_no_crs(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", "id,lon,lat,n\nx,121.5,31.5,3\n")
    assert (batch.crs, batch.geometry[0].wkt) == ("EPSG:4326", "POINT (121.5 31.5)")
    assert batch.attributes == [{"id": "x", "n": "3"}]
    assert batch.names == ["line 2"]


def test_any_other_pair_of_columns_needs_the_crs(tmp_path: Path) -> None:
    text = "e;n;name\n597038,5;3472446,9;一\n"
    with pytest.raises(InvalidInput, match="does not say in which coordinate reference system"):
        read(tmp_path / "a.csv", text, ReadOptions(x="e", y="n"))
    batch = read(tmp_path / "a.csv", text, ReadOptions(x="e", y="n", crs="EPSG:4549"))
    assert batch.geometry[0].wkt == "POINT (597038.5 3472446.9)"


def test_swapped_column_names_are_refused_with_the_right_way_round(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="Give --x lon --y lat"):
        read(tmp_path / "a.csv", "lon,lat\n1,2\n", ReadOptions(x="lat", y="lon"))


def test_missing_columns_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"has no column 'east' for x\. It has: lon, lat"):
        read(tmp_path / "a.csv", "lon,lat\n1,2\n", ReadOptions(x="east", y="lat"))
    with pytest.raises(InvalidInput, match=r"Give them with --x and --y\. It has: a, b"):
        read(tmp_path / "a.csv", "a,b\n1,2\n")


def test_wkt_says_its_crs_by_srid_or_is_asked_for_it(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", 'wkt,n\n"SRID=4549;POINT(1 2)",1\nrubbish,2\n,3\n')
    assert batch.crs == "EPSG:4549"
    assert batch.geometry[0].wkt == "POINT (1 2)"
    assert {row: fault.code for row, fault in batch.faults.items()} == {1: "unreadable"}
    with pytest.raises(InvalidInput, match="coordinate reference system"):
        read(tmp_path / "a.csv", "wkt\nPOINT(1 2)\n")


def test_lines_in_mixed_encodings_are_all_read(tmp_path: Path) -> None:
    lines = [b"lon,lat,name\n", "1,2,公园\n".encode(), "1,2,公园\n".encode("gb18030")]
    batch = read(tmp_path / "a.csv", b"\xef\xbb\xbf" + b"".join(lines))
    assert [item["name"] for item in batch.attributes] == ["公园", "公园"]


def test_bad_rows_are_located_and_blank_places_are_no_fault(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", 'lon,lat,name\n1,2,"a\nb"\nx,2,c\n1,2\n,,d\n')
    assert batch.names == ["line 3", "line 4", "line 5", "line 6"]  # a row ends where its last line does
    assert {row: fault.code for row, fault in batch.faults.items()} == {1: "unreadable", 2: "unreadable"}
    assert batch.geometry[3] is None


def test_a_table_without_rows_or_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="a header but no rows"):
        read(tmp_path / "a.csv", "lon,lat\n")
    with pytest.raises(InvalidInput, match="UTF-16"):
        read(tmp_path / "a.csv", "lon,lat\n1,2\n".encode("utf-16"))


def test_a_kind_without_places_needs_no_coordinates(tmp_path: Path) -> None:
    batch = read(tmp_path / "a.csv", "code,name\nx,y\n", ReadOptions(placed=False))
    assert batch.geometry[0] is None
    assert not batch.faults
