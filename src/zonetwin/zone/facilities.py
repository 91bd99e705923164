"""Where the facilities of a need are entered: gates, ways into outlines, outlines, points, counts in cells.

A kind that refers to another by a property of that name and is called `<kind>_gate` gives that kind's gates:
what has none is entered as `analysis.gates` says. A property asked to be `positive` is a count in a cell
(schools per cell): such cells stand for facilities at their middle, and only where no kind with places of its
own has any.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.analysis.gates import Entrances, How, entrances_of, gates_by_outline, no_entrances
from zonetwin.analysis.network import Bools, Floats, Geometries, Ints, Network
from zonetwin.core.kind import Kind
from zonetwin.packs.model import Access
from zonetwin.zone.network import Tables, geometries_of

POSITIVE = "positive"
"""Wanted value that means: the number is known and above 0."""

_SUFFIX = "_gate"


@dataclass(frozen=True, slots=True)
class Facilities:
    """Facilities with their entrances: `names[entrances.place]` is the facility as `kind/fid`."""

    names: Geometries
    entrances: Entrances


def facilities_of(
    need: Access, tables: Tables, kinds: Mapping[str, Kind], network: Network, *, tolerance_m: float
) -> Facilities:
    """Find the facilities a need asks for and where they are entered; none where the state has none."""
    counts = {kind: wanted for kind, wanted in need.to.items() if is_count(wanted)}
    found = [
        _of_kind(kind, wanted, tables, kinds, network, tolerance_m)
        for kind, wanted in need.to.items()
        if kind not in counts
    ]
    if not any(len(one.names) for one in found):
        found = [_cells(kind, wanted, tables) for kind, wanted in counts.items()]
    return _joined(found)


def is_count(wanted: Mapping[str, tuple[str, ...]]) -> bool:
    """Tell whether a kind is asked for where it counts facilities rather than where it is one."""
    return any(POSITIVE in values for values in wanted.values())


def host_of(kind: str, kinds: Mapping[str, Kind]) -> str | None:
    """Give the kind whose gates a kind holds, None where it holds no gates."""
    host = kind.removesuffix(_SUFFIX)
    if host == kind or host not in kinds or kind not in kinds:
        return None
    return host if any(item.name == host for item in kinds[kind].properties) else None


def kinds_read(need: Access, kinds: Mapping[str, Kind]) -> list[str]:
    """List the kinds a need reads its facilities from, the hosts of gates included."""
    hosts = [host for kind in need.to if (host := host_of(kind, kinds))]
    return [*need.to, *hosts]


def _of_kind(
    kind: str,
    wanted: Mapping[str, tuple[str, ...]],
    tables: Tables,
    kinds: Mapping[str, Kind],
    network: Network,
    tolerance_m: float,
) -> Facilities:
    host = host_of(kind, kinds)
    if host is None:
        table = tables(kind)
        table = table.filter(pa.array(_wanted(table, wanted)))
        places = geometries_of(table)
        return Facilities(
            _names(kind, table), entrances_of(network, places, no_entrances(), tolerance_m=tolerance_m)
        )
    return _with_gates(kind, host, wanted, tables, network, tolerance_m)


def _with_gates(
    kind: str,
    host: str,
    wanted: Mapping[str, tuple[str, ...]],
    tables: Tables,
    network: Network,
    tolerance_m: float,
) -> Facilities:
    """Join gates to their hosts; gates without a host are facilities of their own."""
    gates, hosts = tables(kind), tables(host)
    hosts = hosts.filter(pa.array(_wanted(hosts, wanted)))
    places, points, is_placed = geometries_of(hosts), *_points_of(gates)
    gate, place = _given_pairs(gates, hosts, host, is_placed)
    free = np.setdiff1d(np.flatnonzero(is_placed), gate)
    near, outline = gates_by_outline(points[free], places, tolerance_m=tolerance_m)
    gate, place = np.r_[gate, free[near]], np.r_[place, outline]
    given = Entrances(place, points[gate], np.full(len(gate), How.GIVEN.value, dtype=object))
    entered = entrances_of(network, places, given, tolerance_m=tolerance_m)
    own = np.setdiff1d(free, gate) if not wanted else np.empty(0, dtype=np.int64)
    alone = Entrances(np.arange(len(own)), points[own], np.full(len(own), How.GIVEN.value, dtype=object))
    return _joined([Facilities(_names(host, hosts), entered), Facilities(_names(kind, gates)[own], alone)])


def _given_pairs(gates: pa.Table, hosts: pa.Table, host: str, is_placed: Bools) -> tuple[Ints, Ints]:
    """Pair gates with the hosts whose key they hold, within one source."""
    keys = zip(hosts.column("source").to_pylist(), hosts.column("key").to_pylist(), strict=True)
    rows = {key: row for row, key in enumerate(keys) if key[1] is not None}
    wanted = zip(gates.column("source").to_pylist(), gates.column(host).to_pylist(), strict=True)
    pairs = [(gate, rows[key]) for gate, key in enumerate(wanted) if key in rows and is_placed[gate]]
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _points_of(table: pa.Table) -> tuple[Floats, Bools]:
    places = geometries_of(table)
    known = ~(shapely.is_missing(places) | shapely.is_empty(places))
    points = np.full((len(places), 2), np.nan)
    points[known] = shapely.get_coordinates(shapely.point_on_surface(places[known]))
    return points, np.asarray(known, dtype=bool)


def _cells(kind: str, wanted: Mapping[str, tuple[str, ...]], tables: Tables) -> Facilities:
    """Take the middles of the cells that count at least one facility."""
    table = tables(kind)
    table = table.filter(pa.array(_wanted(table, wanted)))
    points, known = _points_of(table)
    place = np.flatnonzero(known)
    how = np.full(len(place), How.POINT.value, dtype=object)
    return Facilities(_names(kind, table), Entrances(place, points[place], how))


def _wanted(table: pa.Table, wanted: Mapping[str, tuple[str, ...]]) -> Bools:
    keep = np.ones(len(table), dtype=bool)
    for name, values in wanted.items():
        if name in table.column_names:
            keep &= np.array([_is_wanted(value, values) for value in table.column(name).to_pylist()], bool)
    return keep


def _is_wanted(value: object, values: tuple[str, ...]) -> bool:
    if POSITIVE in values:
        return isinstance(value, int | float) and value > 0
    return value is not None and str(value) in values


def _names(kind: str, table: pa.Table) -> Geometries:
    return np.array([f"{kind}/{fid}" for fid in table.column("fid").to_pylist()], dtype=object)


def _joined(parts: list[Facilities]) -> Facilities:
    if not parts:
        return Facilities(np.empty(0, dtype=object), no_entrances())
    shifts = np.cumsum([0, *(len(one.names) for one in parts[:-1])])
    return Facilities(
        np.concatenate([one.names for one in parts]),
        Entrances(
            np.concatenate([one.entrances.place + at for one, at in zip(parts, shifts, strict=True)]),
            np.concatenate([one.entrances.points for one in parts]),
            np.concatenate([one.entrances.how for one in parts]),
        ),
    )
