"""The area of a zone that was made without one: provisional, from the extent of its first import."""

from collections.abc import Mapping

import orjson
import pyarrow as pa
import shapely

from zonetwin.zone.import_extent import ZONE_CODE, zone_area
from zonetwin.zone.zone import Zone

PROVISIONAL = "provisional"


def lacks_area(zone: Zone, drafts: Mapping[str, pa.Table]) -> bool:
    """Tell whether the zone has no area of its own and the import does not bring it either."""
    if "area" not in zone.store.kinds or zone_area(zone) is not None:
        return False
    given = drafts.get("area")
    return given is None or ZONE_CODE not in given["code"].to_pylist()


def provisional_area(zone: Zone, hull: shapely.Polygon) -> pa.Table:
    """Make the zone's area from where the objects of its first import are dense."""
    return pa.table(
        {
            "geom": pa.array([shapely.to_wkb(shapely.multipolygons([hull]))], pa.binary()),
            "key": [ZONE_CODE],
            "code": [ZONE_CODE],
            "name": [zone.settings.name],
            "level": ["zone"],
            "more": [orjson.dumps({PROVISIONAL: True}).decode()],
        }
    )
