"""What a zone is, at a glance: its title, day, sources and marks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zonetwin.core.actor import Viewer
from zonetwin.core.source import Source
from zonetwin.core.text import Text
from zonetwin.store.model import Selection
from zonetwin.zone.zone import Zone

PROVISIONAL = "provisional"
"""Value of `more` that marks an area made from the first import's extent is a source of this name."""


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
    found = zone.store.read(
        "area", viewer, Selection(equals={"code": "zone"}, columns=("name", "name_en", "source"), limit=1)
    )
    if not found.num_rows:
        return ZoneArea(title, False)
    (row,) = found.to_pylist()
    name = str(row["name"] or zone.settings.name)
    sources = dict(zone.store.sources())
    source = sources.get(int(row["source"]))
    return ZoneArea(
        Text(name, str(row["name_en"] or name)), source is not None and source.name == PROVISIONAL
    )


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
