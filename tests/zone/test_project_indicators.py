"""Tests that projects, entered as people enter them, are measured as the pack says."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from tests.zone.project_zone import CLERK, INSPECTOR, TRAIL, make_project_zone

from zonetwin.indicators.model import Measurement
from zonetwin.zone.measuring import MeasureReport, measure
from zonetwin.zone.projects import ProjectMove, create_project, record_move
from zonetwin.zone.zone import Zone, open_zone

NAMES = ("trail_length_built", "schools_new_built", "parks_built")


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_project_zone(tmp_path / "zone")) as opened:
        yield opened


def measured(zone: Zone) -> MeasureReport:
    return measure(zone, indicators=NAMES, actor=CLERK)


def newest(report: MeasureReport, indicator: str, area: str = "zone") -> Measurement:
    found = [item for item in report.measurements if (item.indicator, item.area) == (indicator, area)]
    return max(found, key=lambda item: item.period.end)


def test_no_project_of_a_sort_is_unmeasured_and_none_finished_is_zero(zone: Zone) -> None:
    create_project(zone, replace(TRAIL, category="park", planned={}), actor=CLERK)
    report = measured(zone)
    assert {item.indicator for item in report.unmeasured} == {"trail_length_built", "schools_new_built"}
    parks = newest(report, "parks_built")
    assert (parks.value, parks.claimed, parks.of) == (0.0, 0.0, 1.0)


def test_what_is_claimed_stands_beside_what_is_verified(zone: Zone) -> None:
    place = shapely.Point(121.05, 31.4)
    number = create_project(zone, TRAIL, shape=place, actor=CLERK).row.case.id
    first = ProjectMove(date(2024, 2, 1), "building", {"length": 3.0})
    card = record_move(zone, number, first, actor=CLERK)
    record_move(zone, number, ProjectMove(date(2024, 3, 1), verifies=card.moves[0].id), actor=INSPECTOR)
    record_move(zone, number, ProjectMove(date(2024, 5, 1), quantities={"length": 5.0}), actor=CLERK)
    report = measured(zone)
    for area, value, claimed in (("zone", 3.0, 5.0), ("west", 3.0, 5.0), ("east", 0.0, 0.0)):
        trail = newest(report, "trail_length_built", area)
        assert (trail.value, trail.claimed, trail.unit) == (value, claimed, "km")
