"""What a zone is, at a glance: its title, day, sources and marks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import orjson
import shapely

from zonetwin.core.actor import Viewer
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.core.text import Text
from zonetwin.plans.reading import read_plans
from zonetwin.store.model import Selection
from zonetwin.zone.import_area import PROVISIONAL
from zonetwin.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class ZoneArea:
    """The zone's own area: its names, and whether it is only the extent of the first import."""

    title: Text
    provisional: bool


def zone_area(zone: Zone, viewer: Viewer) -> ZoneArea:
    """Find the area with code `zone`; without one the zone is titled by its name."""
    title = Text(zone.settings.name, zone.settings.name)
    if "area" not in zone.store.kinds:
        return ZoneArea(title, False)
    wanted = Selection(equals={"code": "zone"}, columns=("name", "name_en", "more"), limit=1)
    found = zone.store.read("area", viewer, wanted).to_pylist()
    if not found:
        return ZoneArea(title, False)
    name = str(found[0]["name"] or zone.settings.name)
    marks = orjson.loads(found[0]["more"] or "{}")
    return ZoneArea(Text(name, str(found[0]["name_en"] or name)), bool(marks.get(PROVISIONAL)))


def zone_title(zone: Zone) -> str:
    """Give the zone's name in one line."""
    return zone.settings.name


def zone_attributions(zone: Zone) -> list[str]:
    """List the attributions that must stand wherever the zone is shown, each once."""
    return list(dict.fromkeys(source.attribution for _, source in zone.store.sources() if source.attribution))


def is_synthetic(zone: Zone) -> bool:
    """Tell whether the zone or any source in it is marked as synthetic."""
    return zone.settings.synthetic or any(source.synthetic for _, source in zone.store.sources())


def data_date(zone: Zone) -> date | None:
    """Give the day of the newest source, None when no source says when it was obtained."""
    days = [source.obtained_on for _, source in zone.store.sources() if source.obtained_on]
    return max(days, default=None)


def listed_sources(zone: Zone) -> Mapping[int, Source]:
    """Give the sources by id."""
    return dict(zone.store.sources())


_LEVELS = ("zone", "office", "community", "cell")


@dataclass(frozen=True, slots=True)
class NamedArea:
    """An area of the zone with its box in lon/lat (None without an outline)."""

    fid: int
    code: str
    name: Text
    level: str
    parent: str
    box: Box | None


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    """An organisation by its code, and the number of cases it leads."""

    code: str
    name: Text
    parent: str
    cases: int


def zone_areas(zone: Zone, viewer: Viewer) -> list[NamedArea]:
    """List the areas from the zone down, within a level by code."""
    if "area" not in zone.store.kinds:
        return []
    names = ("fid", "geom", "code", "name", "name_en", "level", "parent")
    table = zone.store.read("area", viewer, Selection(columns=names))
    bounds = shapely.bounds(shapely.from_wkb(table["geom"].to_numpy(zero_copy_only=False))).tolist()
    found = [
        NamedArea(
            fid=row["fid"],
            code=row["code"] or "",
            name=Text(row["name"] or row["code"] or "", row["name_en"] or row["name"] or row["code"] or ""),
            level=row["level"] or "",
            parent=row["parent"] or "",
            box=Box(*box) if row["geom"] is not None else None,
        )
        for row, box in zip(table.to_pylist(), bounds, strict=True)
    ]
    return sorted(found, key=lambda area: (_rank(area.level), area.code, area.fid))


def zone_organisations(zone: Zone, viewer: Viewer) -> list[NamedOrganisation]:
    """List the organisations of the record, then those only the plans name, then those only cases name."""
    names: dict[str, tuple[Text, str]] = {}
    if "organisation" in zone.store.kinds:
        table = zone.store.read(
            "organisation", viewer, Selection(columns=("code", "name", "name_en", "parent"))
        )
        for row in table.to_pylist():
            code = row["code"] or ""
            title = Text(row["name"] or code, row["name_en"] or row["name"] or code)
            names.setdefault(code, (title, row["parent"] or ""))
    for plan in read_plans(zone.packs):
        for organisation in plan.organisations:
            names.setdefault(organisation.code, (organisation.title, ""))
    counted = Counter(str(code) for code in zone.store.published("cases")["organisation"].to_pylist())
    for code in sorted(counted):
        names.setdefault(code, (Text(code, code), ""))
    return [
        NamedOrganisation(code, title, parent, counted[code])
        for code, (title, parent) in names.items()
        if code
    ]


def _rank(level: str) -> int:
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
