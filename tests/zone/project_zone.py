"""A zone of two areas and three organisations with the projects flow, pinned to 2024-06-30."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import shapely

from zonetwin.cases.model import CaseDraft
from zonetwin.core.actor import Actor
from zonetwin.core.source import Source
from zonetwin.zone.settings import ZoneSettings, write_settings
from zonetwin.zone.zone import open_zone

TODAY = date(2024, 6, 30)
CLERK = Actor("clerk", "builders")
INSPECTOR = Actor("inspector", "inspectors")
ORGANISATIONS = (
    ("builders", "建设局", "Building Bureau", None),
    ("inspectors", "核验中心", "Inspection Centre", None),
    ("second", "建设局(指挥部)", "Building Bureau (Headquarters)", '{"same_as": "builders"}'),
)
TRAIL = CaseDraft(
    "project",
    "河岸步道",
    "trail",
    "builders",
    key="P1",
    title_en="Riverside trail",
    work="new",
    planned_start=date(2023, 2, 1),
    planned_end=date(2024, 5, 31),
    targets=("T087",),
    planned={"length": 8.0},
)


def make_project_zone(folder: Path) -> Path:
    """Make the zone's folder and give it back. Areas: `west` and `east` halves of the zone's box."""
    folder.mkdir(parents=True, exist_ok=True)
    settings = ZoneSettings(
        "small", "EPSG:4549", "Asia/Shanghai", ("zh", "en"), ("base", "projects"), today=TODAY
    )
    write_settings(folder, settings)
    boxes = {
        "zone": shapely.box(121.0, 31.3, 121.2, 31.5),
        "west": shapely.box(121.0, 31.3, 121.1, 31.5),
        "east": shapely.box(121.1, 31.3, 121.2, 31.5),
    }
    areas = pa.table(
        {
            "geom": pa.array([shapely.to_wkb(box) for box in boxes.values()], pa.binary()),
            "code": list(boxes),
            "key": list(boxes),
            "level": ["zone", "office", "office"],
            "parent": pa.array([None, "zone", "zone"], pa.string()),
        }
    )
    codes, names, english, more = zip(*ORGANISATIONS, strict=True)
    bodies = pa.table(
        {
            "code": list(codes),
            "key": list(codes),
            "name": list(names),
            "name_en": list(english),
            "more": pa.array(more, pa.string()),
        }
    )
    with open_zone(folder) as zone, zone.store.begin(actor=CLERK, tool="test") as writer:
        source = writer.add_source(Source("test"))
        writer.add("area", areas, source=source)
        writer.add("organisation", bodies, source=source)
    return folder
