"""Every pack's hand-worked examples: `tests/CASE/*.csv` are tables of a small state, `expected.csv` the answers.

A table is what statements see: a kind or a published table by its name, a pack's table as `table_NAME`. Geometry
is WKT in metres; where `area` is left out it is found. An empty `value` expects that nothing is known; an empty
`claimed`, `low` or `high` is not looked at.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from zonetwin.analysis.areas import OUTSIDE, smallest_area_of
from zonetwin.analysis.rollup import Total
from zonetwin.core.clock import Clock
from zonetwin.core.period import Period
from zonetwin.packs.load import load_catalogue, pack_folders
from zonetwin.packs.model import Catalogue, Table
from zonetwin.store.sqlite import open_store
from zonetwin.store.states import StateName, kind_schema
from zonetwin.zone.bench import Bench
from zonetwin.zone.computing import Basis, evaluated
from zonetwin.zone.zone import PARTS

PACKS = Path(__file__).parents[2] / "packs"
CASES = sorted(file.parent for file in PACKS.glob("*/tests/*/expected.csv"))
COMMON = ("base", "land", "green", "services", "mobility", "buildings", "water", "projects")
CRS = "EPSG:4549"
FIELDS = ("value", "claimed", "low", "high", "unknown")
Cells = Mapping[str, str]
AT_A_BORDER = re.compile("exactly|only an edge|only a wall|first day|last day|day after|day before|border")
"""How the examples say that something stands on the border of what counts."""


@dataclass(frozen=True, slots=True)
class Example:
    """The tables of one case as the files of a state."""

    name: StateName
    crs: str
    folder: Path
    schemas: Mapping[str, pa.Schema]
    given: Mapping[str, list[Cells]]

    def tables(self) -> tuple[str, ...]:
        return tuple(self.schemas)

    def path(self, table: str) -> Path:
        file = self.folder / f"{table}.parquet"
        if not file.exists():
            pq.write_table(self.rows(table), file)
        return file

    def rows(self, table: str) -> pa.Table:
        schema, cells = self.schemas[table], self.given.get(table, [])
        unknown = {name for row in cells for name in row} - set(schema.names)
        assert not unknown, f"{table}.csv has columns that the table lacks: {unknown}"
        columns = {field.name: [typed(row.get(field.name, ""), field) for row in cells] for field in schema}
        if "feature" in columns and cells and "feature" not in cells[0]:
            columns["feature"] = [f"{table}/{fid}" for fid in columns["fid"]]
        if "geom" in columns and cells and "area" not in cells[0]:
            columns["area"] = self.located(columns["geom"])
        return pa.table(columns, schema=schema)

    def located(self, geometries: list[object]) -> list[object]:
        areas = self.given["area"]
        shapes = shapely.from_wkt(np.array([row["geom"] for row in areas], dtype=object))
        places = shapely.from_wkb(np.array(geometries, dtype=object))
        points = np.full((len(places), 2), np.nan)
        known = ~shapely.is_missing(places)
        points[known] = shapely.get_coordinates(shapely.point_on_surface(places[known]))
        found = smallest_area_of(points, shapes)
        return [None if row == OUTSIDE else areas[row]["code"] for row in found]


def typed(text: str, field: "pa.Field[pa.DataType]") -> object:
    if not text:
        return None
    if field.name == "geom":
        return shapely.to_wkb(shapely.from_wkt(text))
    if pa.types.is_boolean(field.type):
        return {"true": True, "false": False, "1": True, "0": False}[text.lower()]
    if pa.types.is_date(field.type):
        return date.fromisoformat(text)
    if pa.types.is_integer(field.type):
        return int(text)
    return float(text) if pa.types.is_floating(field.type) else text


def cells_of(file: Path) -> list[Cells]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def with_tables(catalogue: Catalogue, case: Path) -> Catalogue:
    """Put the case's own pack tables in place of the packs'."""
    tables = dict(catalogue.tables)
    for file in case.glob("table_*.csv"):
        rows = cells_of(file)
        name = file.stem.removeprefix("table_")
        columns = tables[name].columns if name in tables else tuple(rows[0])
        lines = tuple(range(2, len(rows) + 2))
        tables[name] = Table(name, "example", file.name, columns, tuple(rows), lines)
    return replace(catalogue, tables=tables)


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, pa.Schema]]:
    """The columns of every published table of the domains."""
    file = tmp_path_factory.mktemp("schemas") / "empty.gpkg"
    store = open_store(file, kinds=(), parts=PARTS, clock=Clock(ZoneInfo("UTC")))
    yield {name: store.published_schema(name) for name in store.published_tables}
    store.close()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parents[1].name}/{case.name}")
def test_expected_values_are_measured(case: Path, schemas: Mapping[str, pa.Schema], tmp_path: Path) -> None:
    pack = case.parents[1].name
    catalogue = load_catalogue((*COMMON, *({pack} - set(COMMON))), pack_folders(tmp_path))
    catalogue = with_tables(catalogue, case)
    example = Example(
        StateName(1),
        CRS,
        tmp_path,
        {**schemas, **{name: kind_schema(kind) for name, kind in catalogue.kinds.items()}},
        {file.stem: cells_of(file) for file in case.glob("*.csv")},
    )
    expected = cells_of(case / "expected.csv")
    wrong = differing(expected, example, catalogue)
    assert not wrong, "\n".join(wrong)


def differing(expected: list[Cells], example: Example, catalogue: Catalogue) -> list[str]:
    names = dict.fromkeys(row["indicator"] for row in expected)
    indicators = [catalogue.indicators[name] for name in names]
    found: dict[tuple[str, str, str], Mapping[str, Total]] = {}
    wrong: list[str] = []
    with Bench(example, catalogue, indicators) as bench:
        for row in expected:
            key = (row["indicator"], row["start"], row["end"])
            if key not in found:
                period = Period(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
                basis = Basis(catalogue.indicators[row["indicator"]], period, period.start, bench)
                found[key] = evaluated(basis).totals
            wrong += faults(row, found[key].get(row["area"]))
    return wrong


def faults(row: Cells, total: Total | None) -> list[str]:
    """Compare one expected row with what was found."""
    label = f"{row['indicator']} in {row['area']} over {row['start']}/{row['end']}"
    if total is None:
        return [f"{label}: the area has no total."]
    wrong = []
    for field in FIELDS:
        found: float | None = getattr(total, field)
        text = row.get(field) or ""
        if field == "unknown":
            text = text or "0"
        if text == "":
            if field == "value" and found is not None:
                wrong.append(f"{label}: value is {found}, expected none ({row['why']})")
        elif found is None or found != pytest.approx(float(text), rel=1e-9, abs=1e-9):
            wrong.append(f"{label}: {field} is {found}, expected {text} ({row['why']})")
    return wrong


def examples_of(pack: str) -> list[Cells]:
    return [row for case in CASES if case.parents[1].name == pack for row in cells_of(case / "expected.csv")]


PACKS_WITH_INDICATORS = sorted({file.parents[1].name for file in PACKS.glob("*/indicators/*.yaml")})


@pytest.mark.parametrize("pack", PACKS_WITH_INDICATORS)
def test_every_indicator_of_a_pack_has_worked_examples(pack: str) -> None:
    declared = {file.stem for file in PACKS.glob(f"{pack}/indicators/*.yaml")}
    assert declared - {row["indicator"] for row in examples_of(pack)} == set()


@pytest.mark.parametrize("pack", PACKS_WITH_INDICATORS)
def test_the_examples_of_a_pack_hold_an_unknown_a_boundary_and_an_empty_area(pack: str) -> None:
    rows = examples_of(pack)
    assert any(float(row["unknown"] or 0) > 0 for row in rows), "none has an unknown"
    assert any(AT_A_BORDER.search(row["why"]) for row in rows), "none stands exactly at a limit"
    assert any(row["value"] in ("", "0", "0.0") for row in rows), "none is of an empty area"


def test_every_example_says_why() -> None:
    assert CASES
    assert all(row["why"].strip() for case in CASES for row in cells_of(case / "expected.csv"))
