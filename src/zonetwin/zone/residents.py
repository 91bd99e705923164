"""The published table `residents` of a state: everyone the data knows of, and where they stand.

People of the register stand at their building. People of a population cell are shared over its homes or
streets (see `analysis.residents`); a cell in which a registered person stands is left out, because the register
has counted its people already. A share of a cell is named `population_cell/7#2`: the second part of cell 7. A
record without a number of persons, or with none, is nobody.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.analysis.areas import OUTSIDE, smallest_area_of
from zonetwin.analysis.network import Bools, Floats, Geometries, Ints, Network
from zonetwin.analysis.residents import (
    Homes,
    Method,
    Samples,
    cells_holding,
    mapped_ground,
    residents_of_cells,
    street_samples,
)
from zonetwin.analysis.snapping import NOWHERE, OnEdges, OnNodes, on_edges_at, snap_to_edges, snap_to_nodes
from zonetwin.zone.network import Tables, geometries_of

KINDS = ("resident", "population_cell", "building", "dwelling", "area")
"""Kinds the table is made of, beside the streets."""

_COLUMNS: dict[str, pa.DataType] = {
    "feature": pa.string(),
    "area": pa.string(),
    "x": pa.float64(),
    "y": pa.float64(),
    "persons": pa.float64(),
    "method": pa.string(),
    "low": pa.float64(),
    "high": pa.float64(),
    "reason": pa.string(),
}
SCHEMA = pa.schema(_COLUMNS)

_HOMES = ("residential", "dormitory")
_STOREY_M = 3.0


@dataclass(frozen=True, slots=True)
class Residents:
    """The table, and the same residents placed on the network by both ways of snapping; row by row."""

    table: pa.Table
    on_edges: OnEdges
    on_nodes: OnNodes

    @property
    def points(self) -> Floats:
        return np.column_stack([self.table.column(name).to_numpy() for name in ("x", "y")])


def residents_of(tables: Tables, network: Network, *, farthest_m: float) -> Residents:
    """Say where all residents of a state stand, and place them on the network.

    Args:
        tables: The state's tables.
        network: The walkable network; it may be empty.
        farthest_m: Distance in metres beyond which a resident is not on the network.
    """
    buildings = tables("building")
    samples = street_samples(network)
    register = _register(tables("resident"), buildings)
    mapped = mapped_ground(network, farthest_m=farthest_m)
    cells = _cells(tables, buildings, samples, register, mapped)
    points = np.concatenate([register.points, cells.points])
    edge = np.concatenate([np.full(len(register.points), NOWHERE, dtype=np.int64), cells.edge])
    table = pa.table(
        {
            "feature": np.concatenate([register.feature, cells.feature]),
            "area": _area_codes(points, tables("area")),
            "x": pa.array(points[:, 0], from_pandas=True),
            "y": pa.array(points[:, 1], from_pandas=True),
            "persons": np.concatenate([register.persons, cells.persons]),
            "method": np.concatenate([register.method, cells.method]),
            "low": np.concatenate([register.persons, cells.low]),
            "high": np.concatenate([register.persons, cells.high]),
            "reason": [None if np.isfinite(x) else str(Method.NO_PLACE) for x in points[:, 0]],
        },
        schema=SCHEMA,
    )
    along = np.concatenate([np.zeros(len(register.points)), cells.along_m])
    return Residents(table, _on_edges(network, points, edge, along, farthest_m), _on_nodes(network, points))


@dataclass(frozen=True, slots=True)
class _Standing:
    """Residents with their points (NaN: no place) and, where they stand on a street, its edge."""

    feature: Geometries
    points: Floats
    persons: Floats
    method: Geometries
    low: Floats
    high: Floats
    edge: Ints
    along_m: Floats


def _register(residents: pa.Table, buildings: pa.Table) -> _Standing:
    """Put the register's people at their building, else at their own point, else nowhere."""
    residents = residents.filter(pa.array(_numbers(residents, "persons") > 0))
    points, _ = _points_of(residents)
    row = rows_of_keys(residents, "building", buildings)
    at_building = row >= 0
    points[at_building] = _points_of(buildings)[0][row[at_building]]
    persons = _numbers(residents, "persons")
    known = np.isfinite(points[:, 0])
    return _Standing(
        feature=_names("resident", residents),
        points=points,
        persons=persons,
        method=np.where(known, str(Method.REGISTER), str(Method.NO_PLACE)).astype(object),
        low=persons,
        high=persons,
        edge=np.full(len(persons), NOWHERE, dtype=np.int64),
        along_m=np.zeros(len(persons)),
    )


def _cells(
    tables: Tables, buildings: pa.Table, samples: Samples, register: _Standing, mapped: shapely.Geometry
) -> _Standing:
    table = tables("population_cell")
    places, persons = geometries_of(table), _numbers(table, "persons")
    registered = register.points[np.isfinite(register.points[:, 0])]
    counted = np.where(cells_holding(places, registered), 0.0, np.maximum(persons, 0.0))
    placed = residents_of_cells(
        places,
        counted,
        dwellings=_dwellings(tables("dwelling"), buildings),
        buildings=_residential(buildings),
        samples=samples,
        mapped=mapped,
    )
    is_someone = placed.persons > 0
    cell = placed.cell[is_someone]
    on_street = (placed.method == Method.STREETS)[is_someone]
    site = np.where(on_street, placed.site[is_someone], 0)
    whole = _is_whole(placed.method[is_someone])
    shares = placed.persons[is_someone]
    return _Standing(
        feature=_share_names(table, cell, whole),
        points=placed.points[is_someone],
        persons=shares,
        method=placed.method[is_someone],
        low=np.where(whole, shares, 0.0),
        high=np.where(whole, shares, counted[cell]),
        edge=np.where(on_street, samples.edge[site] if len(samples) else NOWHERE, NOWHERE),
        along_m=np.where(on_street, samples.along_m[site] if len(samples) else 0.0, 0.0),
    )


def _is_whole(method: Geometries) -> Bools:
    """Tell which residents of cells stand together as a whole cell."""
    return np.asarray((method == Method.POINT) | (method == Method.NO_PLACE), dtype=bool)


def _share_names(table: pa.Table, cell: Ints, whole: Bools) -> Geometries:
    names = _names("population_cell", table)
    first = np.searchsorted(cell, cell, side="left")
    number = np.arange(len(cell)) - first + 1
    return np.array(
        [
            names[row] if alone else f"{names[row]}#{part}"
            for row, part, alone in zip(cell, number, whole, strict=True)
        ],
        dtype=object,
    )


def _dwellings(dwellings: pa.Table, buildings: pa.Table) -> Homes:
    """Give dwellings with their floor area; one that is not known counts as the middle of those known."""
    points, known = _points_of(dwellings)
    row = rows_of_keys(dwellings, "building", buildings)
    lost = ~known & (row >= 0)
    points[lost] = _points_of(buildings)[0][row[lost]]
    area = _numbers(dwellings, "floor_area_m2")
    area[~(area > 0)] = np.median(area[area > 0]) if (area > 0).any() else 1.0
    placed = np.isfinite(points[:, 0])
    return Homes(points[placed], area[placed])


def _residential(buildings: pa.Table) -> Homes:
    """Give residential buildings with their floor area: known, or footprint times storeys or height / 3 m."""
    is_home = np.array([use in _HOMES for use in buildings.column("use").to_pylist()], dtype=bool)
    homes = buildings.filter(pa.array(is_home))
    points, known = _points_of(homes)
    storeys = _numbers(homes, "storeys")
    by_height = np.rint(_numbers(homes, "height_m") / _STOREY_M)
    storeys = np.where(storeys > 0, storeys, np.where(by_height > 0, by_height, 1.0))
    area = _numbers(homes, "floor_area_m2")
    area = np.where(area > 0, area, np.nan_to_num(shapely.area(geometries_of(homes))) * storeys)
    return Homes(points[known], area[known])


def rows_of_keys(table: pa.Table, column: str, target: pa.Table) -> Ints:
    """Find for each row the row of the target that has the key it names, in the same source; -1 for none."""
    keys = zip(target.column("source").to_pylist(), target.column("key").to_pylist(), strict=True)
    rows = {key: row for row, key in enumerate(keys) if key[1] is not None}
    wanted = zip(table.column("source").to_pylist(), table.column(column).to_pylist(), strict=True)
    return np.array([rows.get(key, -1) for key in wanted], dtype=np.int64)


def _area_codes(points: Floats, areas: pa.Table) -> Geometries:
    codes = np.array([*areas.column("code").to_pylist(), None], dtype=object)
    row = smallest_area_of(points, geometries_of(areas))
    return np.asarray(codes[np.where(row == OUTSIDE, len(codes) - 1, row)], dtype=object)


def _on_edges(network: Network, points: Floats, edge: Ints, along_m: Floats, farthest_m: float) -> OnEdges:
    """Place residents on edges: those who stand on one already are there, all others go to the nearest."""
    loose = np.flatnonzero((edge == NOWHERE) & np.isfinite(points[:, 0]))
    standing = on_edges_at(network, edge, along_m, np.zeros(len(edge)))
    snapped = snap_to_edges(network, points[loose], farthest_m=farthest_m)
    for name in ("edge", "from_start", "from_end", "access"):
        getattr(standing, name)[loose] = getattr(snapped, name)
    return standing


def _on_nodes(network: Network, points: Floats) -> OnNodes:
    known = np.flatnonzero(np.isfinite(points[:, 0]))
    found = snap_to_nodes(network, points[known])
    node, access = np.full(len(points), NOWHERE, dtype=np.int64), np.zeros(len(points), dtype=np.int64)
    node[known], access[known] = found.node, found.access
    return OnNodes(node, access)


def _points_of(table: pa.Table) -> tuple[Floats, Bools]:
    places = geometries_of(table)
    known = np.asarray(~(shapely.is_missing(places) | shapely.is_empty(places)), dtype=bool)
    points = np.full((len(places), 2), np.nan)
    points[known] = shapely.get_coordinates(shapely.point_on_surface(places[known]))
    return points, known


def _numbers(table: pa.Table, column: str) -> Floats:
    """Read a column as numbers, NaN where it is null."""
    values = table.column(column).cast(pa.float64()).to_numpy(zero_copy_only=False)
    return np.array(values, dtype=np.float64)


def _names(kind: str, table: pa.Table) -> Geometries:
    return np.array([f"{kind}/{fid}" for fid in table.column("fid").to_pylist()], dtype=object)
