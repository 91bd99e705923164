"""Reads and writes tables of text (CSV) with coordinates in two columns or as WKT in one.

Each line is decoded on its own (UTF-8, else GB 18030). Columns called lon and lat are degrees in WGS 84; any other
pair of columns, and WKT without an SRID, needs the CRS. A row without coordinates is an object without a place.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.core.errors import InvalidInput
from zonetwin.core.space import LONLAT
from zonetwin.io import fault as faults
from zonetwin.io.fault import Fault
from zonetwin.io.model import BATCH, Batch, Format, Geometries, Origin, ReadOptions
from zonetwin.io.placing import crs_to_use
from zonetwin.io.shapes import unbuilt_rows
from zonetwin.io.text_encoding import decoded

_LONGITUDE = ("lon", "lng", "long", "longitude", "经度")
_LATITUDE = ("lat", "latitude", "纬度")
_X = (*_LONGITUDE, "x", "easting", "东坐标")
_Y = (*_LATITUDE, "y", "northing", "北坐标")
_WKT = ("wkt", "geom", "geometry", "the_geom", "geom_wkt")
_SYNTHETIC = "SYNTHETIC"
_SRID = re.compile(r"^\s*SRID=(\d+);", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Place:
    """Which columns hold the place: two numbers or one WKT; none of them when the table has no place."""

    x: str = ""
    y: str = ""
    wkt: str = ""
    crs: str = ""

    @property
    def columns(self) -> frozenset[str]:
        return frozenset({self.x, self.y, self.wkt})


def read_csv(path: Path, options: ReadOptions) -> Iterator[Batch]:
    """Read the rows of a table.

    Raises:
        InvalidInput: there is no header or no row, the coordinates' columns cannot be found, the CRS is unknown.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        header, delimiter = _header(file.readline(), path.name)
        place = _place(header, file.readline(), delimiter, options, path.name)
        file.seek(0)
        collected = _Collected(path.stem, header, place, delimiter, size)
        lines = _Lines(iter(file.readline, b""))
        rows = csv.reader(lines, delimiter=delimiter)
        next(rows)
        for row in rows:
            if row:
                collected.take(row, lines.count, file.tell())
            if len(collected.names) >= BATCH:
                yield collected.batch()
    if collected.count == 0:
        raise InvalidInput(
            f"{path.name!r} has a header but no rows.", hint="Check that it is the right file."
        )
    yield collected.batch()


class _Lines:
    """Decoded lines, counted as they are taken."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self.count = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.count += 1
        return decoded(line.replace(b"\x00", b""))[0]


def _header(line: bytes, name: str) -> tuple[list[str], str]:
    if line.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InvalidInput(f"{name!r} is in UTF-16.", hint="Save it as CSV UTF-8.")
    text = decoded(line.removeprefix(b"\xef\xbb\xbf"))[0].strip("\r\n")
    if not text.strip():
        raise InvalidInput(
            f"{name!r} has no header line.", hint="Put the names of the columns in the first line."
        )
    delimiter = max(",;\t|", key=text.count)
    return [cell.strip() for cell in next(csv.reader([text], delimiter=delimiter))], delimiter


def _place(header: Sequence[str], first: bytes, delimiter: str, options: ReadOptions, name: str) -> _Place:
    """Find the columns that hold the place, and the CRS they are in."""
    if options.x or options.y:
        return _pair(header, options.x or "", options.y or "", options, name)
    folded = {column.casefold(): column for column in reversed(header)}
    x = next((folded[item] for item in _X if item in folded), "")
    y = next((folded[item] for item in _Y if item in folded), "")
    if x and y:
        return _pair(header, x, y, options, name)
    if wkt := next((folded[item] for item in _WKT if item in folded), ""):
        cells = next(csv.reader([decoded(first)[0]], delimiter=delimiter), [])
        cell = dict(zip(header, cells, strict=False)).get(wkt, "")
        srid = _SRID.match(cell)
        return _Place(wkt=wkt, crs=crs_to_use(options.crs, f"EPSG:{srid[1]}" if srid else None, name))
    if not options.placed:
        return _Place()
    raise InvalidInput(
        f"{name!r} does not show which of its columns hold coordinates.",
        hint=f"Give them with --x and --y. It has: {', '.join(header)}.",
    )


def _pair(header: Sequence[str], x: str, y: str, options: ReadOptions, name: str) -> _Place:
    for option, column in (("x", x), ("y", y)):
        if column not in header:
            raise InvalidInput(
                f"{name!r} has no column {column!r} for {option}.", hint=f"It has: {', '.join(header)}."
            )
    if x.casefold() in _LATITUDE and y.casefold() in _LONGITUDE:
        raise InvalidInput(
            f"x is {x!r} and y is {y!r}: the axes are swapped.", hint=f"Give --x {y} --y {x}: longitude is x."
        )
    degrees = x.casefold() in _LONGITUDE and y.casefold() in _LATITUDE
    return _Place(x=x, y=y, crs=crs_to_use(options.crs, LONLAT if degrees else None, name))


class _Collected:
    """Rows read and not yet given on."""

    def __init__(self, layer: str, header: Sequence[str], place: _Place, delimiter: str, size: int) -> None:
        self.count = 0
        self._layer, self._header, self._place, self._size = layer, header, place, size
        self._decimal_comma = delimiter == ";"
        self._done = 0
        self._clear()

    def take(self, row: Sequence[str], line: int, done: int) -> None:
        self.count += 1
        self._done = done
        position = len(self.names)
        self.names.append(f"line {line}")
        cells = dict(zip(self._header, row, strict=False))
        if len(row) != len(self._header):
            self._faults[position] = faults.unreadable(
                f"the line has {len(row)} cells, the header {len(self._header)}"
            )
        self._attributes.append(
            {name: cell for name, cell in cells.items() if cell.strip() and name not in self._place.columns}
        )
        self._take_place(position, cells)

    def batch(self) -> Batch:
        """Give what was collected and begin anew."""
        batch = Batch(
            layer=self._layer,
            attributes=self._attributes,
            keys=[""] * len(self.names),
            names=self.names,
            geometry=self._shapes(),
            crs=self._place.crs,
            faults=self._faults,
            read=len(self.names),
            done=self._done,
            total=self._size,
        )
        self._clear()
        return batch

    def _clear(self) -> None:
        self.names: list[str] = []
        self._attributes: list[dict[str, str]] = []
        self._faults: dict[int, Fault] = {}
        self._xy: list[tuple[float, float] | None] = []
        self._wkt: list[str | None] = []

    def _take_place(self, position: int, cells: dict[str, str]) -> None:
        x, y = cells.get(self._place.x, "").strip(), cells.get(self._place.y, "").strip()
        wkt = cells.get(self._place.wkt, "").strip()
        self._wkt.append(_SRID.sub("", wkt) or None)
        try:
            self._xy.append((self._number(x), self._number(y)) if x or y else None)
        except ValueError:
            self._xy.append(None)
            self._faults.setdefault(position, faults.unreadable(f"{x!r}, {y!r} are not two coordinates"))

    def _number(self, text: str) -> float:
        return float(text.replace(",", ".") if self._decimal_comma else text)

    def _shapes(self) -> Geometries:
        shapes: Geometries = np.full(len(self.names), None, dtype=object)
        if self._place.wkt:
            texts = np.array(self._wkt, dtype=object)
            shapes = shapely.from_wkt(texts, on_invalid="ignore")
            for row in unbuilt_rows(texts, shapes):
                self._faults.setdefault(row, faults.unreadable("its WKT is not valid"))
        rows = [row for row, place in enumerate(self._xy) if place is not None]
        if rows:
            shapes[rows] = shapely.points(np.array([self._xy[row] for row in rows], dtype=np.float64))
        return shapes


def _says_synthetic(path: Path) -> bool:
    beside = path.with_name(f"{path.name}.txt")
    return beside.is_file() and _SYNTHETIC in beside.read_text(encoding="utf-8", errors="replace")


def _is_csv(head: bytes) -> bool:
    line = head.split(b"\n", 1)[0]
    return b"\x00" not in head and any(mark in line for mark in (b",", b";", b"\t", b"|"))


def write_csv(path: Path, tables: Mapping[str, pa.Table], origin: Origin) -> dict[str, int]:
    """Write one table, its places as WKT with SRID; a companion `.txt` says where it comes from.

    The file begins with a byte order mark, without which spreadsheets take it for another encoding.

    Raises:
        InvalidInput: there are several tables.
    """
    if len(tables) != 1:
        raise InvalidInput("A CSV file holds one table.", hint="Export one at a time, or write a GeoPackage.")
    ((layer, table),) = tables.items()
    if "geom" in table.column_names:
        shapes = shapely.from_wkb(table["geom"].to_numpy())
        texts = [
            None if text is None else f"SRID=4326;{text}"
            for text in shapely.to_wkt(shapes, rounding_precision=-1)
        ]
        table = table.drop_columns(["geom"]).append_column("wkt", pa.array(texts, pa.string()))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.column_names)
        for part in table.to_batches(BATCH):
            writer.writerows(zip(*(part.column(name).to_pylist() for name in part.schema.names), strict=True))
    lines = [*origin.attribution, *([f"模拟数据 {_SYNTHETIC}"] if origin.synthetic else [])]
    for source in origin.sources.to_pylist():
        lines.append(
            "; ".join(f"{name}: {value}" for name, value in source.items() if value not in (None, ""))
        )
    path.with_name(f"{path.name}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {layer: table.num_rows}


CSV = Format(
    name="csv",
    extensions=(".csv", ".tsv"),
    sniff=_is_csv,
    read=read_csv,
    layers=lambda path: (path.stem,),
    is_synthetic=_says_synthetic,
    write=write_csv,
)
