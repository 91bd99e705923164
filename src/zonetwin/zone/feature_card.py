"""One feature with everything known of it: its place and area, where it came from, its past, the cases about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import shapely

from zonetwin.analysis.areas import OUTSIDE, smallest_area_of
from zonetwin.cases.model import Case
from zonetwin.cases.records import cases_of_site
from zonetwin.core.actor import Actor, Viewer
from zonetwin.core.errors import NotFound
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.store.columns import instant_from_text
from zonetwin.store.model import Change, Row, Selection, Value
from zonetwin.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class FeatureVersion:
    """How a feature was for a time. `actor` and `note` are those of the Change that recorded it.

    `valid_to` and `replaced_at` are None for the current version, `valid_from` where it is not known.
    """

    valid_from: date | None
    valid_to: date | None
    recorded_at: datetime
    replaced_at: datetime | None
    actor: Actor | None
    note: str
    properties: Mapping[str, Value]
    geometry: shapely.Geometry | None


@dataclass(frozen=True, slots=True)
class FeatureCard:
    """A feature as it stands, or stood last; geometry in lon/lat. `history` begins with that newest version."""

    kind: str
    fid: int
    key: str
    source: Source | None
    area: str | None
    history: tuple[FeatureVersion, ...]
    cases: tuple[Case, ...]

    @property
    def newest(self) -> FeatureVersion:
        return self.history[0]


def feature_card(zone: Zone, kind: str, fid: int, viewer: Viewer) -> FeatureCard:
    """Read a feature with its history; one that was closed is found too.

    Raises:
        NotFound: there is no such kind for this viewer, or no such feature in it.
    """
    rows = zone.store.history(kind, fid, viewer)
    if not rows:
        raise NotFound(f"There is no {kind} {fid}.", hint="Features are found by kind and fid.")
    names = [item.name for item in zone.store.kinds[kind].properties]
    changes = {int(str(row["change"])): _change(zone, int(str(row["change"]))) for row in rows}
    history = tuple(_version(row, names, changes[int(str(row["change"]))]) for row in rows)
    source = dict(zone.store.sources()).get(int(str(rows[0]["source"])))
    area = area_at(zone, history[0].geometry, viewer)
    cases = tuple(cases_of_site(zone.store, f"{kind}/{fid}"))
    return FeatureCard(kind, fid, str(rows[0]["key"] or ""), source, area, history, cases)


def area_at(zone: Zone, place: shapely.Geometry | None, viewer: Viewer) -> str | None:
    """Give the code of the smallest area that holds a place's representative point, None where none does."""
    if place is None or "area" not in zone.store.kinds:
        return None
    point = shapely.point_on_surface(place)
    box = Box(point.x, point.y, point.x, point.y)
    areas = zone.store.read("area", viewer, Selection(box=box, columns=("geom", "code")))
    if not areas.num_rows:
        return None
    outlines = shapely.from_wkb(areas["geom"].to_numpy(zero_copy_only=False))
    (row,) = smallest_area_of(np.array([[point.x, point.y]]), outlines)
    return None if row == OUTSIDE else areas["code"][int(row)].as_py()


def _change(zone: Zone, change: int) -> Change | None:
    found = zone.store.changes(before=change + 1, limit=1)
    return found[0] if found and found[0].id == change else None


def _version(row: Row, names: list[str], change: Change | None) -> FeatureVersion:
    wkb = row["geom"]
    return FeatureVersion(
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        recorded_at=instant_from_text(str(row["recorded_at"])),
        replaced_at=instant_from_text(str(row["replaced_at"])) if row["replaced_at"] else None,
        actor=change.actor if change else None,
        note=change.note if change else "",
        properties={name: row[name] for name in names},
        geometry=shapely.from_wkb(wkb) if isinstance(wkb, bytes) else None,
    )


def _day(value: Value) -> date | None:
    return date.fromisoformat(str(value)) if value else None
