from pathlib import Path

import pytest

from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.io.formats import FORMATS, format_of_file, format_to_write

EXTRACT = Path(__file__).parents[1] / "data" / "gate_park.osm"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b'\xef\xbb\xbf {"type": "FeatureCollection", "features": []}', "geojson"),
        (b"lon,lat\n1,2\n", "csv"),
        (b"\x00\x00\x27\x0a" + bytes(96), "shapefile"),
        (b"SQLite format 3\x00" + bytes(52) + b"GPKG", "gpkg"),
        (b"\x00\x00\x00\x0d\x0a\x09OSMHeader", "osm"),
        (EXTRACT.read_bytes(), "osm"),
    ],
)
def test_a_format_is_told_by_its_first_bytes_whatever_the_file_is_called(
    tmp_path: Path, content: bytes, name: str
) -> None:
    path = tmp_path / "file.bin"
    path.write_bytes(content)
    assert format_of_file(path).name == name


@pytest.mark.parametrize("content", [b"", b"   \n", b"%PDF-1.7\x00", b"hello"])
def test_empty_and_unknown_files_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.geojson"
    path.write_bytes(content)
    with pytest.raises(InvalidInput):
        format_of_file(path)


def test_a_file_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        format_of_file(tmp_path / "no.csv")


def test_the_ending_or_the_name_chooses_what_to_write() -> None:
    assert format_to_write(Path("a.GeoJSON"), None).name == "geojson"
    assert format_to_write(Path("a.txt"), "csv").name == "csv"
    with pytest.raises(InvalidInput, match="no format that can be written"):
        format_to_write(Path("a.shp"), None)


def test_names_and_endings_are_unique() -> None:
    endings = [ending for item in FORMATS for ending in item.extensions]
    assert len(set(endings)) == len(endings)
    assert len({item.name for item in FORMATS}) == len(FORMATS)
