"""Where the objects of a proof stand, in lon/lat, so that its rows can be drawn without computing them again."""

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.analysis.network import Bools, Floats
from zonetwin.core.space import LONLAT, transformer
from zonetwin.packs.model import Indicator
from zonetwin.zone.bench import RESIDENTS, Bench, read_directly
from zonetwin.zone.network import geometries_of

_COLUMNS: dict[str, pa.DataType] = {"feature": pa.string(), "lon": pa.float64(), "lat": pa.float64()}
SCHEMA = pa.schema(_COLUMNS)
CASES = "cases"


def places_of(rows: pa.Table, indicator: Indicator, bench: Bench) -> pa.Table:
    """Give the places of the objects in some rows, each once, those without a place left out.

    Residents are given whole, so that all proofs that stand on the same residents share one table.
    """
    if RESIDENTS in read_directly(indicator):
        residents = bench.residents
        return _placed(_texts(residents.table, "feature"), residents.points, bench.state.crs)
    names = sorted(set(_texts(rows, "feature")))
    sites = _sites(bench) if any(name.startswith("case/") for name in names) else {}
    points = _points_by_name({sites.get(name, name) for name in names}, bench)
    found = [points.get(sites.get(name, name), (np.nan, np.nan)) for name in names]
    return _placed(names, np.array(found, dtype=np.float64).reshape(-1, 2), bench.state.crs)


def _points_by_name(names: set[str], bench: Bench) -> dict[str, tuple[float, float]]:
    """Find a point on each named feature, kind by kind."""
    points: dict[str, tuple[float, float]] = {}
    for kind in sorted({name.split("/", 1)[0] for name in names} & set(bench.packs.kinds)):
        table = bench.table(kind)
        if "feature" not in table.column_names:
            continue
        features = np.array([*_texts(table, "feature"), None], dtype=object)[:-1]
        wanted = np.array([name in names for name in features], dtype=bool)
        shapes = geometries_of(table)[wanted]
        known = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        xy = shapely.get_coordinates(shapely.point_on_surface(shapes[known]))
        points |= dict(zip(features[wanted][known], map(tuple, xy.tolist()), strict=True))
    return points


def _sites(bench: Bench) -> dict[str, str]:
    """Give the site of each case that has one."""
    cases = bench.table(CASES)
    rows = zip(_texts(cases, "feature"), _texts(cases, "site"), strict=True)
    return {feature: site for feature, site in rows if site}


def _texts(table: pa.Table, column: str) -> list[str]:
    return ["" if value is None else str(value) for value in table.column(column).to_pylist()]


def _placed(names: list[str], points: Floats, crs: str) -> pa.Table:
    known: Bools = np.isfinite(points[:, 0] + points[:, 1])
    lon, lat = transformer(crs, LONLAT).transform(points[known, 0], points[known, 1])
    kept = [name for name, is_known in zip(names, known.tolist(), strict=True) if is_known]
    return pa.table({"feature": kept, "lon": np.round(lon, 7), "lat": np.round(lat, 7)}, schema=SCHEMA)
