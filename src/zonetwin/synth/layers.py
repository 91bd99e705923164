"""A made district as tables: one per kind, with that kind's columns and geometry in the metric CRS."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from zonetwin.synth.areas import Area
from zonetwin.synth.buildings import STOREY_M, Building
from zonetwin.synth.frame import Frame
from zonetwin.synth.green import Green, Trail
from zonetwin.synth.land import ControlLine, Parcel
from zonetwin.synth.services import Facility, Parking
from zonetwin.synth.streets import LANES, WIDTH_M, Point, Street
from zonetwin.synth.water import Polder, Watercourse


@dataclass(frozen=True, slots=True)
class District:
    """Everything that stands in a district, projects apart."""

    frame: Frame
    areas: Sequence[Area]
    watercourses: Sequence[Watercourse]
    polders: Sequence[Polder]
    streets: Sequence[Street]
    buildings: Sequence[Building]
    green: Green
    trails: Sequence[Trail]
    parcels: Sequence[Parcel]
    control_lines: Sequence[ControlLine]
    facilities: Sequence[Facility]
    parking: Sequence[Parking]

    @property
    def outline(self) -> shapely.Polygon:
        return self.frame.ring(0.0, 0.0, self.frame.width, self.frame.height)


def layers_of(district: District) -> dict[str, pa.Table]:
    """Give one table per kind; `geom` is WKB on the ground, its origin at the district's centre."""
    return {
        "area": _areas(district.areas),
        "water_area": _water_areas(district.watercourses, district.green),
        "waterway": _waterways(district.watercourses),
        "polder": _table(
            district.polders, [item.outline for item in district.polders], "code", "name", key="code"
        ),
        "street": _streets(district.streets),
        "building": _buildings(district.buildings),
        "dwelling": _dwellings(district.buildings),
        "resident": _residents(district.buildings),
        "park": _open(district.green, "park", "category"),
        "square": _open(district.green, "square"),
        "park_gate": _gates(district.frame, district.green, "park"),
        "square_gate": _gates(district.frame, district.green, "square"),
        "green_cover": _green_cover(district.green),
        "trail": _trails(district.trails),
        "parcel": _parcels(district.parcels),
        "control_line": _table(
            district.control_lines, [item.outline for item in district.control_lines], "line", "name"
        ),
        "facility": _table(
            district.facilities,
            _points(district.frame, district.facilities),
            "category",
            "name",
            "name_en",
            "places",
        ),
        "parking": _table(
            district.parking, _points(district.frame, district.parking), "category", "spaces", "public"
        ),
    }


def _table(
    items: Sequence[object], shapes: Sequence[shapely.Geometry], *columns: str, key: str = "key"
) -> pa.Table:
    """Make a table of some attributes of like things and their shapes."""
    values: dict[str, pa.Array[pa.Scalar[pa.DataType]]] = {
        "key": pa.array([str(getattr(item, key)) for item in items])
    }
    for name in columns:
        cells = pa.array([getattr(item, name) for item in items])
        values[name] = (
            pc.if_else(pc.equal(cells, pa.scalar("")), None, cells) if cells.type == pa.string() else cells
        )
    return _with_shapes(values, shapes)


def _with_shapes(
    values: "dict[str, pa.Array[pa.Scalar[pa.DataType]]]", shapes: Sequence[shapely.Geometry]
) -> pa.Table:
    wkb = shapely.to_wkb(np.array(shapes, dtype=object)).tolist() if len(shapes) else []
    typed = {
        name: column.cast(pa.string()) if column.type == pa.null() else column
        for name, column in values.items()
    }
    return pa.table({**typed, "geom": pa.array(wkb, pa.binary())})


def _points(frame: Frame, items: Sequence[Facility] | Sequence[Parking]) -> list[shapely.Point]:
    return [_on_ground(frame, item.at) for item in items]


def _on_ground(frame: Frame, point: Point) -> shapely.Point:
    return shapely.Point(frame.ground(np.array([point]))[0])


def _areas(areas: Sequence[Area]) -> pa.Table:
    return _table(
        areas, [area.outline for area in areas], "code", "name", "name_en", "level", "parent", key="code"
    )


def _water_areas(courses: Sequence[Watercourse], green: Green) -> pa.Table:
    ponds = [pond for pond in green.ponds if not pond.is_empty]
    return _with_shapes(
        {
            "key": pa.array(
                [f"water/{n}" for n in range(len(courses))] + [f"pond/{n}" for n in range(len(ponds))]
            ),
            "name": pa.array([course.name for course in courses] + [None] * len(ponds)),
            "category": pa.array([course.category for course in courses] + ["pond"] * len(ponds)),
        },
        [course.surface for course in courses] + ponds,
    )


def _waterways(courses: Sequence[Watercourse]) -> pa.Table:
    return _with_shapes(
        {
            "key": pa.array([f"waterway/{number}" for number in range(len(courses))]),
            "name": pa.array([course.name for course in courses]),
            "category": pa.array([course.category for course in courses]),
        },
        [course.centreline for course in courses],
    )


def _streets(streets: Sequence[Street]) -> pa.Table:
    by_car = [street.category not in ("footway", "living_street") for street in streets]
    return _with_shapes(
        {
            "key": pa.array([street.key for street in streets]),
            "name": pa.array([street.name or None for street in streets]),
            "name_en": pa.array([street.name_en or None for street in streets]),
            "category": pa.array([street.category for street in streets]),
            "foot": pa.array([True] * len(streets)),
            "car": pa.array(by_car),
            "oneway": pa.array(["no"] * len(streets)),
            "bridge": pa.array([street.bridge for street in streets]),
            "lanes": pa.array([LANES.get(street.category) for street in streets], pa.int64()),
            "width_m": pa.array([WIDTH_M[street.category] for street in streets]),
        },
        [street.line for street in streets],
    )


def _buildings(buildings: Sequence[Building]) -> pa.Table:
    return _with_shapes(
        {
            "key": pa.array([item.key for item in buildings]),
            "use": pa.array([item.use for item in buildings]),
            "height_m": pa.array([item.storeys * STOREY_M for item in buildings]),
            "storeys": pa.array([item.storeys for item in buildings]),
            "floor_area_m2": pa.array([round(item.floor_area_m2, 2) for item in buildings]),
            "dwellings": pa.array([item.dwellings or None for item in buildings], pa.int64()),
            "built_year": pa.array([item.built_year for item in buildings]),
        },
        [item.footprint for item in buildings],
    )


def homes_of(buildings: Sequence[Building]) -> list[Building]:
    """Give the buildings that have homes."""
    return [item for item in buildings if item.dwellings]


def _dwellings(buildings: Sequence[Building]) -> pa.Table:
    homes = homes_of(buildings)
    return _with_shapes(
        {
            "key": pa.array([f"dwelling/{item.key}" for item in homes]),
            "building": pa.array([item.key for item in homes]),
            "floor_area_m2": pa.array([round(item.floor_area_m2, 2) for item in homes]),
            "households": pa.array([item.dwellings for item in homes]),
        },
        [shapely.centroid(item.footprint) for item in homes],
    )


def _residents(buildings: Sequence[Building]) -> pa.Table:
    homes = homes_of(buildings)
    return _with_shapes(
        {
            "key": pa.array([f"resident/{item.key}" for item in homes]),
            "building": pa.array([item.key for item in homes]),
            "persons": pa.array([item.persons for item in homes]),
        },
        [shapely.centroid(item.footprint) for item in homes],
    )


def _open(green: Green, kind: str, *columns: str) -> pa.Table:
    places = [place for place in green.places if place.kind == kind]
    return _table(places, [place.outline for place in places], "name", "name_en", *columns)


def _gates(frame: Frame, green: Green, kind: str) -> pa.Table:
    gates = [(place, gate) for place in green.places if place.kind == kind for gate in place.gates]
    return _with_shapes(
        {
            "key": pa.array(
                [f"gate/{place.key}-{number}" for number, (place, _) in enumerate(gates)], pa.string()
            ),
            kind: pa.array([place.key for place, _ in gates], pa.string()),
        },
        [_on_ground(frame, gate) for _, gate in gates],
    )


def _green_cover(green: Green) -> pa.Table:
    return _with_shapes(
        {
            "key": pa.array([f"green/{number}" for number in range(len(green.cover))], pa.string()),
            "category": pa.array([category for category, _ in green.cover], pa.string()),
        },
        [shape for _, shape in green.cover],
    )


def _trails(trails: Sequence[Trail]) -> pa.Table:
    return _with_shapes(
        {
            "key": pa.array([trail.key for trail in trails], pa.string()),
            "name": pa.array([trail.name for trail in trails], pa.string()),
            "category": pa.array(["greenway"] * len(trails), pa.string()),
            "level": pa.array([trail.level for trail in trails], pa.string()),
        },
        [trail.line for trail in trails],
    )


def _parcels(parcels: Sequence[Parcel]) -> pa.Table:
    return _table(parcels, [parcel.outline for parcel in parcels], "code", "land_use", "tier", "status")
