"""Make a new zone: its folder, its settings, its record, its area and what its packs seed."""

import json
from pathlib import Path

import pyarrow as pa
import shapely

from zonetwin.core.actor import Actor
from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.core.source import Source
from zonetwin.core.space import Box
from zonetwin.zone.seeding import seed
from zonetwin.zone.settings import ZoneSettings, checked_settings, write_settings
from zonetwin.zone.zone import Zone, open_zone

SOURCE = Source(name="zone", licence="as given", note="given when the zone was made")


def new_zone(
    folder: Path,
    *,
    settings: ZoneSettings,
    boundary: Path | None = None,
    box: Box | None = None,
    actor: Actor,
) -> None:
    """Make a zone in a folder that is empty or absent.

    Without `boundary` (a GeoJSON file in lon/lat, all its polygons together) and `box` the zone has no area until
    the first import sets a provisional one. On failure the files made so far are removed.

    Raises:
        Conflict: the folder holds something already.
        InvalidInput: the settings, the boundary or the packs have faults.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Conflict(
            f"The folder {folder.name!r} is not empty.", hint="Give another name, or empty it first."
        )
    checked_settings(settings)
    area = _area(boundary, box)
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        write_settings(folder, settings)
        with open_zone(folder) as zone:
            if area is not None:
                _add_area(zone, area, actor)
            seed(zone, actor=actor)
    except BaseException:
        _remove(folder, whole=made)
        raise


def _area(boundary: Path | None, box: Box | None) -> shapely.Geometry | None:
    if boundary is not None and box is not None:
        raise InvalidInput("Both a boundary and a box were given.", hint="Give one of --boundary and --bbox.")
    if box is not None:
        if not (-180 <= box.west < box.east <= 180 and -90 <= box.south < box.north <= 90):
            raise InvalidInput(
                f"{box.as_tuple()} is not a box.",
                hint="Give west,south,east,north in degrees, west < east, south < north.",
            )
        return shapely.box(*box.as_tuple())
    return _read_boundary(boundary) if boundary is not None else None


def _read_boundary(file: Path) -> shapely.Geometry:
    """Unite the polygons of a GeoJSON file."""
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        shapes = [shapely.from_geojson(json.dumps(geometry)) for geometry in _geometries(document)]
    except (OSError, ValueError, KeyError, TypeError, shapely.errors.GEOSException) as error:
        raise InvalidInput(
            f"The boundary {file.name!r} cannot be read: {error}.",
            hint="Give a GeoJSON file of polygons in lon/lat.",
        ) from error
    polygons = [shape for shape in shapes if shape.geom_type in ("Polygon", "MultiPolygon")]
    if not polygons:
        raise InvalidInput(
            f"The boundary {file.name!r} holds no polygon.", hint="Give a GeoJSON file of polygons."
        )
    united = shapely.make_valid(shapely.union_all(polygons))
    west, south, east, north = united.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise InvalidInput(
            f"The boundary {file.name!r} reaches {united.bounds}: not lon/lat.",
            hint="Convert it to EPSG:4326 first.",
        )
    return united


def _geometries(document: dict[str, object]) -> list[object]:
    """Find the geometries of a GeoJSON FeatureCollection, Feature or geometry."""
    if document.get("type") == "FeatureCollection":
        features = document["features"]
        assert isinstance(features, list)
        return [feature["geometry"] for feature in features]
    return [document["geometry"] if document.get("type") == "Feature" else document]


def _add_area(zone: Zone, area: shapely.Geometry, actor: Actor) -> None:
    features = pa.table(
        {
            "geom": pa.array([shapely.to_wkb(area)], pa.binary()),
            "key": ["zone"],
            "code": ["zone"],
            "name": [zone.settings.name],
            "level": ["zone"],
        }
    )
    with zone.store.begin(actor=actor, tool="new", note="the zone's boundary") as writer:
        writer.add("area", features, source=writer.add_source(SOURCE))


def _remove(folder: Path, *, whole: bool) -> None:
    for item in sorted(folder.rglob("*"), reverse=True):
        item.rmdir() if item.is_dir() else item.unlink()
    if whole:
        folder.rmdir()
