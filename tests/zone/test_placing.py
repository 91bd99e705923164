"""Tests of putting features on the map and of listing what is not there yet."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
import shapely
from tests.zone.project_zone import CLERK, TRAIL, make_project_zone

from zonetwin.core.actor import STAFF
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.core.source import Source
from zonetwin.zone.placing import geometry_from_geojson, place_feature, unplaced
from zonetwin.zone.projects import create_project
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    """A zone with one unplaced project and one unplaced place."""
    with open_zone(make_project_zone(tmp_path / "zone")) as opened:
        create_project(opened, TRAIL, actor=CLERK)
        with opened.store.begin(actor=CLERK, tool="test") as writer:
            place = pa.table(
                {"key": ["harbour"], "name": ["港区"], "name_en": ["Harbour"], "category": ["region"]}
            )
            writer.add("site", place, source=writer.add_source(Source("plan")))
        yield opened


def test_projects_and_places_without_a_place_are_listed(zone: Zone) -> None:
    project, place = unplaced(zone, STAFF)
    assert (project.sort, project.case, project.title.en) == ("project", 1, "Riverside trail")
    assert place.as_json() == {
        "sort": "place",
        "kind": "site",
        "fid": 1,
        "case": None,
        "key": "harbour",
        "title": {"zh": "港区", "en": "Harbour"},
        "category": "region",
    }


def test_what_is_placed_leaves_the_list_and_its_case_gets_an_area(zone: Zone) -> None:
    line = shapely.LineString([(121.05, 31.4), (121.06, 31.4)])
    place_feature(zone, "project_site", 1, line, actor=CLERK, note="drawn")
    assert [item.sort for item in unplaced(zone, STAFF)] == ["place"]
    assert zone.store.published("cases")["area"].to_pylist() == ["west"]


def test_a_feature_that_is_not_there_cannot_be_placed(zone: Zone) -> None:
    with pytest.raises(NotFound, match="no site 9"):
        place_feature(zone, "site", 9, shapely.Point(121.05, 31.4), actor=CLERK)


def test_geojson_is_read_without_heights() -> None:
    shape = geometry_from_geojson({"type": "Point", "coordinates": [121.05, 31.4, 7.0]})
    assert shape == shapely.Point(121.05, 31.4)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"type": "Dot"}, "is not a GeoJSON geometry"),
        ({}, "is not a GeoJSON geometry"),
        ({"type": "LineString", "coordinates": []}, "is empty"),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]},
            "Self-intersection",
        ),
    ],
)
def test_what_is_no_geometry_is_refused(value: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        geometry_from_geojson(value)


@pytest.mark.parametrize(("lon", "is_near"), [(121.72, True), (121.74, False)])
def test_fifty_kilometres_east_are_more_degrees_than_fifty_north(
    zone: Zone, lon: float, is_near: bool
) -> None:
    """The zone ends at 121.2 E and 31.5 N: 50 km are 50 / (111.32 cos 31.5°) = 0.527°, so up to 121.727 E."""
    place = shapely.Point(lon, 31.4)
    if is_near:
        place_feature(zone, "site", 1, place, actor=CLERK)
    else:
        with pytest.raises(InvalidInput, match="more than 50 km outside"):
            place_feature(zone, "site", 1, place, actor=CLERK)
