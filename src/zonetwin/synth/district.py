"""Make a district: lay it out, write its map layers, and work out the truth about it.

The same seed, scale and programme give the same district. Everything in it is made up
and marked as synthetic. Where it lies on the earth is a choice of convenience.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.core.space import LONLAT, Floats, transformer
from zonetwin.core.text import Text
from zonetwin.packs.model import Indicator
from zonetwin.plans.model import Target
from zonetwin.synth.areas import make_areas
from zonetwin.synth.buildings import make_buildings
from zonetwin.synth.cells import BUILT, Cell, make_cells
from zonetwin.synth.frame import make_frame
from zonetwin.synth.green import make_green, make_trails
from zonetwin.synth.land import make_control_lines, make_parcels
from zonetwin.synth.layers import District, homes_of, layers_of
from zonetwin.synth.names import Names
from zonetwin.synth.programme import Item, programme_of, streams_of
from zonetwin.synth.projects import Project, Scene, make_projects
from zonetwin.synth.services import make_facilities, make_parking
from zonetwin.synth.streets import make_streets
from zonetwin.synth.truth import area_truth, legs_of, project_truth, walk_metres
from zonetwin.synth.water import make_canals, make_polders, make_river

CRS = "EPSG:4549"
_CENTRE = (603_000.0, 3_474_000.0)
_STEPS = 5

Progress = Callable[[int, int | None, Text], None]


@dataclass(frozen=True, slots=True)
class Programme:
    """What a plan asks for: targets, indicators, the words for project categories, who may verify, and the day."""

    targets: Sequence[Target]
    indicators: Mapping[str, Indicator]
    titles: Mapping[str, tuple[str, str]]
    verifiers: Sequence[str]
    today: date


@dataclass(frozen=True, slots=True)
class Truth:
    """What a district truly adds up to: people, m² by kind or control line, walks, projects by indicator."""

    persons: int
    zone_m2: float
    areas_m2: Mapping[str, float]
    floor_area_m2: float
    walk_budget_m: float
    persons_near_a_park_or_square: int
    persons_far_from_streets: int
    projects: Sequence[Mapping[str, str | float]]


@dataclass(frozen=True, slots=True)
class Made:
    """A district with its projects, before it is written."""

    district: District
    cells: Sequence[Cell]
    items: Sequence[Item]
    projects: Sequence[Project]
    today: date | None


def make(*, seed: int, scale: float, programme: Programme | None = None) -> Made:
    """Lay out a district in memory.

    Args:
        seed: The same seed gives the same district.
        scale: Share of a full district of 99.38 km²; at least 0.004, so that there are a few cells.
        programme: What is to be built; without it there are no projects.

    Raises:
        InvalidInput: the scale is not between 0.004 and 12.
    """
    if not 0.004 <= scale <= 12:
        raise InvalidInput(
            f"The scale {scale} is out of range.", hint="Give a scale from 0.004 to 12; 1 is 99.38 km²."
        )
    layout, living, building = (np.random.default_rng([seed, part]) for part in range(3))
    names = Names(layout)
    frame = make_frame(layout, scale=scale)
    river = make_river(frame, names, layout)
    cells = make_cells(frame, river.surface, layout)
    streets, entrances = make_streets(frame, cells, river.surface, names)
    courses = [river, *make_canals(frame, names)]
    green = make_green(frame, cells, entrances, names, layout)
    district = District(
        frame=frame,
        areas=make_areas(frame),
        watercourses=courses,
        polders=make_polders(frame),
        streets=streets,
        buildings=make_buildings(frame, cells, green.kept_free, living),
        green=green,
        trails=make_trails(courses, names),
        parcels=make_parcels(cells, living),
        control_lines=make_control_lines(frame, cells),
        facilities=make_facilities(cells, entrances, names, living),
        parking=make_parking(cells, living),
    )
    if programme is None:
        return Made(district, cells, (), (), None)
    items = programme_of(programme.targets, programme.indicators, building)
    scene = Scene(_sites(district, cells), tuple(programme.verifiers), programme.today)
    projects = make_projects(streams_of(items), scene, programme.titles, names, building)
    return Made(district, cells, items, projects, programme.today)


def _sites(district: District, cells: Sequence[Cell]) -> Floats:
    """Give places where something may be built: the centres of built-up cells."""
    return district.frame.ground(np.array([cell.middle for cell in cells if cell.use in BUILT]))


def write_layers(made: Made, folder: Path) -> dict[str, int]:
    """Write `boundary.geojson` and `district.gpkg`, and give the number of features of each kind.

    Raises:
        Conflict: the folder holds something already.
    """
    import pyogrio

    if folder.exists() and any(folder.iterdir()):
        raise Conflict(
            f"The folder {folder.name!r} is not empty.", hint="Give another name, or empty it first."
        )
    folder.mkdir(parents=True, exist_ok=True)
    tables = layers_of(made.district)
    for kind, table in tables.items():
        placed = _placed(table)
        pyogrio.write_arrow(
            placed,
            folder / "district.gpkg",
            layer=kind,
            driver="GPKG",
            geometry_name="geom",
            geometry_type="Unknown",
            crs=CRS,
            append=(folder / "district.gpkg").exists(),
            dataset_metadata={"synthetic": "true"},
        )
    _write_boundary(made.district.outline, folder / "boundary.geojson")
    return {kind: table.num_rows for kind, table in tables.items()}


def _placed(table: pa.Table) -> pa.Table:
    """Move a layer from the district's centre to its place in the metric CRS."""
    shapes = shapely.from_wkb(table.column("geom").to_numpy(zero_copy_only=False))
    moved = shapely.transform(shapes, lambda points: points + np.array(_CENTRE))
    index = table.schema.get_field_index("geom")
    return table.set_column(index, "geom", pa.array(list(shapely.to_wkb(moved)), pa.binary()))


def _write_boundary(outline: shapely.Polygon, file: Path) -> None:
    def lonlat(points: Floats) -> Floats:
        x, y = transformer(CRS, LONLAT).transform(points[:, 0] + _CENTRE[0], points[:, 1] + _CENTRE[1])
        return np.column_stack([x, y])

    geometry = json.loads(shapely.to_geojson(shapely.transform(outline, lonlat)))
    feature = {"type": "Feature", "properties": {"synthetic": True}, "geometry": geometry}
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")


def lonlat_of(at: tuple[float, float]) -> tuple[float, float]:
    """Give the longitude and latitude of a point on the district's ground."""
    lon, lat = transformer(CRS, LONLAT).transform(at[0] + _CENTRE[0], at[1] + _CENTRE[1])
    return float(lon), float(lat)


def truth_of(made: Made, *, walk_budget_m: float, farthest_m: float) -> Truth:
    """Work out the truth about a district, as written to `truth.json`.

    `walk_budget_m` is the way one may walk to a park or square for it to count as near, `farthest_m` how far from a
    street a home may be for anybody to know.
    """
    district = made.district
    homes = homes_of(district.buildings)
    persons = np.array([home.persons for home in homes])
    points = shapely.get_coordinates(
        shapely.centroid(np.array([home.footprint for home in homes], dtype=object))
    )
    gates = [gate for place in district.green.places for gate in place.gates]
    metres = walk_metres(
        legs_of(district.frame, district.streets), points, gates, limit=walk_budget_m, farthest=farthest_m
    )
    shapes: dict[str, list[shapely.Geometry]] = {
        "building": [item.footprint for item in district.buildings],
        "green_cover": [shape for _, shape in district.green.cover],
    }
    for item in district.control_lines:
        shapes.setdefault(item.line, []).append(item.outline)
    return Truth(
        persons=int(persons.sum()),
        zone_m2=round(float(district.outline.area), 3),
        areas_m2=area_truth(shapes),
        floor_area_m2=round(sum(item.floor_area_m2 for item in district.buildings), 3),
        walk_budget_m=walk_budget_m,
        persons_near_a_park_or_square=int(persons[np.isfinite(metres)].sum()),
        persons_far_from_streets=int(persons[np.isnan(metres)].sum()),
        projects=project_truth(made.items, made.projects, made.today) if made.today else (),
    )
