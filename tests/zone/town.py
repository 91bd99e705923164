"""A town of one street in metres round 500 000, 3 470 000 of EPSG:4549, for measuring by hand.

The street runs from x = 0 to 2000 with a corner at 0, 1200 and 2000; a park with its gate stands at 0. Residents:
10 at 333.3 m, 20 at 333.4 m (both in the west, x < 900), 30 at 1500 m, and 15 far from any street.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.core.actor import Actor
from zonetwin.core.source import Source
from zonetwin.core.space import LONLAT, transformer
from zonetwin.store.model import Writer
from zonetwin.zone.settings import ZoneSettings, write_settings
from zonetwin.zone.zone import Zone, open_zone

ACTOR = Actor("Tests", "testing")
CRS = "EPSG:4549"
TODAY = date(2024, 5, 10)
OBTAINED = date(2024, 3, 1)
PACKS = ("base", "green", "services", "mobility", "buildings")
_ORIGIN = np.array([500_000.0, 3_470_000.0])
Shape = shapely.Geometry | None


def make_town(folder: Path, *, packs: Sequence[str] = PACKS, people: bool = True) -> Path:
    """Make the town's zone and give its folder back."""
    folder.mkdir(parents=True)
    write_settings(folder, ZoneSettings("town", CRS, "Asia/Shanghai", ("zh", "en"), tuple(packs), TODAY))
    with open_zone(folder) as zone:
        add(
            zone,
            "area",
            [shapely.box(-200, -500, 2200, 500), shapely.box(-200, -500, 900, 500)],
            code=["zone", "west"],
            level=["zone", "office"],
            parent=[None, "zone"],
        )
        add(
            zone,
            "street",
            [
                shapely.LineString([(0, 0), (1200, 0), (2000, 0)]),
                shapely.LineString([(1200, 0), (1200, -200)]),
            ],
        )
        add(zone, "park", [shapely.box(-50, -50, 0, 50)], key=["p1"])
        add(zone, "park_gate", [shapely.Point(0, 0)], park=["p1"])
        if people:
            places = [(333.3, 0), (333.4, 0), (1500, 0), (600, 300)]
            add(zone, "resident", [shapely.Point(place) for place in places], persons=[10, 20, 30, 15])
    return folder


def add(zone: Zone, kind: str, places: Sequence[Shape], **columns: Sequence[object]) -> list[int]:
    """Add features whose places are in the town's metres."""
    with zone.store.begin(actor=ACTOR, tool="test", note=f"add {kind}") as writer:
        return add_to(writer, kind, places, **columns)


def add_to(writer: Writer, kind: str, places: Sequence[Shape], **columns: Sequence[object]) -> list[int]:
    source = writer.add_source(Source("survey", obtained_on=OBTAINED))
    table = pa.table({"geom": pa.array([wkb(place) for place in places], pa.binary()), **columns})
    return writer.add(kind, table, source=source)


def wkb(place: Shape) -> bytes | None:
    """Give a place in the town's metres as WKB in lon/lat."""
    if place is None:
        return None
    to_lonlat = transformer(CRS, LONLAT)

    def moved(
        points: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
        return np.column_stack(to_lonlat.transform(*(points + _ORIGIN).T))

    return bytes(shapely.to_wkb(shapely.transform(place, moved)))
