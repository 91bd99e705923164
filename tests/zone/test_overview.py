"""The zone at a glance: its names, marks and what it is made of."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.small_zone import ACTOR, make_zone

from zonetwin.cases.model import CaseDraft
from zonetwin.core.actor import STAFF
from zonetwin.core.source import Source
from zonetwin.core.text import Text
from zonetwin.zone.overview import (
    data_date,
    is_synthetic,
    zone_area,
    zone_areas,
    zone_attributions,
    zone_organisations,
)
from zonetwin.zone.projects import create_project
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_zone(tmp_path / "zone", buildings=5)) as opened:
        yield opened


def test_the_zones_area_names_it(zone: Zone) -> None:
    area = zone_area(zone, STAFF)
    assert (area.title, area.provisional) == (Text("小区域", "Small zone"), False)


def test_without_an_area_the_settings_name_it(zone: Zone) -> None:
    with zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.end("area", 1, valid_to=date(2025, 1, 1))
    assert zone_area(zone, STAFF).title == Text("small", "small")


def test_an_area_from_the_first_import_is_provisional(zone: Zone) -> None:
    with zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.revise("area", 1, {"more": json.dumps({"provisional": True})})
    assert zone_area(zone, STAFF).provisional


def test_the_newest_source_dates_the_data_and_each_attribution_stands_once(zone: Zone) -> None:
    with zone.store.begin(actor=ACTOR, tool="test") as writer:
        writer.add_source(Source("a", attribution="© the survey", obtained_on=date(2025, 5, 1)))
        writer.add_source(Source("b", attribution="© another"))
        writer.revise("building", 1, {"name": "x"})
    assert data_date(zone) == date(2025, 5, 1)
    assert zone_attributions(zone) == ["© the survey", "© another"]
    assert is_synthetic(zone)


def test_areas_are_given_from_the_zone_down(zone: Zone) -> None:
    assert [(area.code, area.parent, area.name.en) for area in zone_areas(zone, STAFF)] == [
        ("zone", "", "Small zone"),
        ("office-1", "zone", "Xiadong office"),
    ]


def test_organisations_that_only_cases_name_are_listed_too(zone: Zone) -> None:
    for organisation in ("a", "a", "街道"):
        create_project(zone, CaseDraft("project", "路", "road", organisation), actor=ACTOR)
    found = {item.code: item.cases for item in zone_organisations(zone, STAFF)}
    assert found == {"a": 2, "b": 0, "街道": 1}
