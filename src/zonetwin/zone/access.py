"""The published table `access` of a state: per resident and need, how far the nearest facility is.

`metres` is along the streets from edge to edge and decides; `metres_node` snaps to corners, `metres_line` is
straight: both make the error band. Null means none within the time asked for; `reason` says why nobody can
know.
A facility farther from any mapped street than the packs' table allows is reached in a straight line only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from zonetwin.analysis.access import (
    UNREACHED,
    Nearest,
    decimetres_within,
    nearest_along,
    nearest_by_nodes,
    nearest_straight,
)
from zonetwin.analysis.network import DECIMETRES, Geometries, Ints, Network
from zonetwin.analysis.snapping import OnEdges, OnNodes, snap_to_edges, snap_to_nodes
from zonetwin.core.kind import Kind
from zonetwin.packs.model import Access
from zonetwin.zone.facilities import Facilities, facilities_of
from zonetwin.zone.network import Tables
from zonetwin.zone.residents import Residents
from zonetwin.zone.walking import WalkingRules

FAR_FROM_STREETS = "far-from-streets"

_COLUMNS: dict[str, pa.DataType] = {
    "need": pa.int64(),
    "feature": pa.string(),
    "metres": pa.float64(),
    "metres_node": pa.float64(),
    "metres_line": pa.float64(),
    "facility": pa.string(),
    "reason": pa.string(),
    "how": pa.string(),
}
SCHEMA = pa.schema(_COLUMNS)


@dataclass(frozen=True, slots=True)
class Walks:
    """All that is needed to measure walks in one state."""

    network: Network
    residents: Residents
    rules: WalkingRules
    tables: Tables
    kinds: Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Destinations:
    """The facilities of a need, placed on the network by both ways of snapping."""

    facilities: Facilities
    on_edges: OnEdges
    on_nodes: OnNodes

    def __len__(self) -> int:
        return len(self.facilities.names)


def destinations_of(need: Access, walks: Walks) -> Destinations:
    """Find the facilities of a need and place their entrances on the network."""
    rules = walks.rules
    found = facilities_of(need, walks.tables, walks.kinds, walks.network, tolerance_m=rules.gate_tolerance_m)
    points = found.entrances.points
    return Destinations(
        found,
        snap_to_edges(walks.network, points, farthest_m=rules.farthest_facility_m),
        snap_to_nodes(walks.network, points, farthest_m=rules.farthest_facility_m),
    )


def access_table(needs: Sequence[Access], destinations: Sequence[Destinations], walks: Walks) -> pa.Table:
    """Give the table for the needs of one indicator, in their order."""
    parts = [
        _one_need(number, need, found, walks)
        for number, (need, found) in enumerate(zip(needs, destinations, strict=True))
    ]
    return pa.concat_tables(parts) if parts else SCHEMA.empty_table()


def _one_need(number: int, need: Access, found: Destinations, walks: Walks) -> pa.Table:
    residents, network = walks.residents, walks.network
    limit = decimetres_within(minutes=need.minutes, metres_per_minute=walks.rules.metres_per_minute)
    along = nearest_along(network, residents.on_edges, found.on_edges, limit=limit)
    by_nodes = nearest_by_nodes(network, residents.on_nodes, found.on_nodes, limit=limit)
    straight = _straight(residents, found, limit)
    count = len(residents.table)
    return pa.table(
        {
            "need": np.full(count, number),
            "feature": residents.table.column("feature"),
            "metres": _metres(along),
            "metres_node": _metres(by_nodes),
            "metres_line": _metres(straight),
            "facility": _at(found.facilities.names, _facility_rows(along, found)),
            "reason": _reasons(residents),
            "how": _at(found.facilities.entrances.how, along.facility),
        },
        schema=SCHEMA,
    )


def _straight(residents: Residents, found: Destinations, limit: int) -> Nearest:
    points = residents.points
    known = np.flatnonzero(np.isfinite(points[:, 0]))
    near = nearest_straight(points[known], found.facilities.entrances.points, limit=limit)
    facility = np.full(len(points), UNREACHED, dtype=np.int64)
    distance = facility.copy()
    facility[known], distance[known] = near.facility, near.distance
    return Nearest(facility, distance)


def _facility_rows(nearest: Nearest, found: Destinations) -> Ints:
    place = np.concatenate([found.facilities.entrances.place, [UNREACHED]])
    return np.asarray(place[nearest.facility], dtype=np.int64)


def _at(values: Geometries, rows: Ints) -> Geometries:
    return np.asarray(np.concatenate([values, np.array([None], dtype=object)])[rows], dtype=object)


def _metres(nearest: Nearest) -> pa.DoubleArray:
    is_none = nearest.distance == UNREACHED
    return pa.array(nearest.distance / DECIMETRES, pa.float64(), mask=is_none)


def _reasons(residents: Residents) -> Geometries:
    """Give the resident's own reason, else that no mapped street is near enough."""
    own = np.array(residents.table.column("reason").to_pylist(), dtype=object)
    far = ~residents.on_edges.is_placed & np.array([why is None for why in own], dtype=bool)
    own[far] = FAR_FROM_STREETS
    return own
