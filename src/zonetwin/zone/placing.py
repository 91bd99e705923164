"""Putting things on the map: features that had no place get one, those that had one are moved, with a note.

Coordinates are lon/lat. What lies more than 50 km outside the zone is refused: its axes are swapped, or its
datum is another one.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

import shapely

from zonetwin.cases.classes import read_rules
from zonetwin.cases.records import cases_of_site
from zonetwin.cases.writing import set_place
from zonetwin.core.actor import STAFF, Actor, Viewer
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.space import Box
from zonetwin.core.text import Text
from zonetwin.store.model import Selection, Writer
from zonetwin.zone.feature_card import area_at
from zonetwin.zone.import_extent import FAR_KM, box_of_zone
from zonetwin.zone.zone import Zone

_KM_PER_DEGREE = 111.32


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something named that has no place yet: a project site (with its case) or a place of the plan."""

    sort: Literal["project", "place"]
    kind: str
    fid: int
    case: int | None
    key: str
    title: Text
    category: str

    def as_json(self) -> dict[str, object]:
        return {
            "sort": self.sort,
            "kind": self.kind,
            "fid": self.fid,
            "case": self.case,
            "key": self.key,
            "title": self.title.as_json(),
            "category": self.category,
        }


def geometry_from_geojson(value: Mapping[str, object]) -> shapely.Geometry:
    """Read a GeoJSON geometry in lon/lat.

    Raises:
        InvalidInput: it is no geometry, is empty, or crosses itself.
    """
    try:
        shape = shapely.from_geojson(json.dumps(value))
    except (TypeError, ValueError, shapely.errors.GEOSException) as error:
        raise InvalidInput(
            f"This is not a GeoJSON geometry: {error}.", hint="Give type and coordinates."
        ) from error
    if shape is None or shape.is_empty:
        raise InvalidInput("The geometry is empty.", hint="Give at least one point.")
    if not shape.is_valid:
        raise InvalidInput(
            f"The geometry is not valid: {shapely.is_valid_reason(shape)}.", hint="Draw it again."
        )
    return shapely.force_2d(shape)


def check_place(zone: Zone, shape: shapely.Geometry) -> None:
    """Refuse a place that is not in lon/lat or lies far outside the zone.

    Raises:
        InvalidInput: as said.
    """
    west, south, east, north = shapely.bounds(shape).tolist()
    seen = f"{west:.5f}, {south:.5f}"
    near = _surroundings(box_of_zone(zone))
    if near.contains(shape):
        return
    if near.contains(shapely.transform(shape, lambda points: points[:, ::-1])):
        raise InvalidInput(
            f"{seen} is not in this zone, but would be with longitude and latitude exchanged.",
            hint="Give longitude first.",
        )
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InvalidInput(f"{seen} is not a place in lon/lat.", hint="Give longitude first, in degrees.")
    raise InvalidInput(
        f"{seen} is not in this zone.", hint=f"It lies more than {FAR_KM:g} km outside; check the datum."
    )


def _surroundings(box: Box) -> shapely.Polygon:
    """Give a box with what lies within `FAR_KM` of it; a degree of longitude is shorter away from the equator."""
    latitude = min(max(abs(box.south), abs(box.north)), 89.0)
    north = FAR_KM / _KM_PER_DEGREE
    east = north / math.cos(math.radians(latitude))
    return shapely.box(box.west - east, box.south - north, box.east + east, box.north + north)


def place_feature(
    zone: Zone,
    kind: str,
    fid: int,
    shape: shapely.Geometry,
    *,
    actor: Actor,
    note: str = "",
    valid_from: date | None = None,
) -> None:
    """Give a feature a place. The cases about it move to the area it then lies in, in the same Change.

    Args:
        zone: The zone.
        kind: Kind of the feature.
        fid: Its number.
        shape: The place, lon/lat.
        actor: Who places it.
        note: Why, for the Change.
        valid_from: Day from which the place holds; without it the former place was wrong from the start.

    Raises:
        NotFound: there is no such current feature.
        InvalidInput: the place is far off, or not of the sort the kind has.
    """
    check_place(zone, shape)
    with zone.store.begin(actor=actor, tool="place", note=note) as writer:
        move_feature(zone, writer, kind, fid, shape, valid_from=valid_from)


def move_feature(
    zone: Zone,
    writer: Writer,
    kind: str,
    fid: int,
    shape: shapely.Geometry,
    *,
    valid_from: date | None = None,
) -> None:
    """Do inside an open Change what `place_feature` does."""
    if not zone.store.count(kind, STAFF, Selection(fids=[fid])):
        raise NotFound(f"There is no {kind} {fid}.")
    writer.revise(kind, fid, {"geom": shapely.to_wkb(shape)}, valid_from=valid_from)
    area = area_at(zone, shape, STAFF) or ""
    for case in cases_of_site(zone.store, f"{kind}/{fid}"):
        rules = read_rules(zone.packs, case.flow)
        set_place(zone.store, writer, case.id, site=f"{kind}/{fid}", area=area, rules=rules)


def unplaced(zone: Zone, viewer: Viewer) -> list[Unplaced]:
    """List the project sites and named places that nobody has put on the map yet, projects first."""
    found: list[Unplaced] = []
    for sort, kind in (("project", "project_site"), ("place", "site")):
        if kind not in zone.store.kinds:
            continue
        rows = zone.store.read(kind, viewer, _NAMED).to_pylist()
        found += [_unplaced(zone, sort, kind, row) for row in rows if row["geom"] is None]
    return found


_NAMED = Selection(columns=("key", "geom", "name", "name_en", "category"))


def _unplaced(zone: Zone, sort: str, kind: str, row: Mapping[str, object]) -> Unplaced:
    fid = int(str(row["fid"]))
    cases = cases_of_site(zone.store, f"{kind}/{fid}") if sort == "project" else []
    name = str(row["name"] or row["key"] or fid)
    return Unplaced(
        sort="project" if sort == "project" else "place",
        kind=kind,
        fid=fid,
        case=cases[0].id if cases else None,
        key=str(row["key"] or ""),
        title=Text(name, str(row["name_en"] or name)),
        category=str(row["category"] or ""),
    )
