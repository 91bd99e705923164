"""One feature with its past, its area and the cases about it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import shapely
from tests.small_zone import ACTOR, SOUTH, STEP, WEST, make_zone

from zonetwin.cases.model import CaseDraft
from zonetwin.core.actor import PUBLIC, STAFF, Actor
from zonetwin.core.errors import NotFound
from zonetwin.zone.feature_card import area_at, feature_card
from zonetwin.zone.projects import create_project
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_zone(tmp_path / "zone", buildings=20)) as opened:
        yield opened


def test_each_version_names_who_recorded_it(zone: Zone) -> None:
    with zone.store.begin(actor=Actor("Li", "bureau"), tool="test", note="taller") as writer:
        writer.revise("building", 1, {"storeys": 9}, valid_from=date(2024, 5, 1))
    newest, oldest = feature_card(zone, "building", 1, STAFF).history
    assert (newest.properties["storeys"], newest.actor, newest.note) == (9, Actor("Li", "bureau"), "taller")
    assert (oldest.properties["storeys"], oldest.valid_to, oldest.actor) == (2, date(2024, 5, 1), ACTOR)
    assert newest.geometry is not None


def test_the_smallest_area_counts_and_outside_there_is_none(zone: Zone) -> None:
    inside, between, outside = (shapely.Point(WEST + at * STEP, SOUTH) for at in (0.5, 15, 500))
    assert area_at(zone, inside, STAFF) == "office-1"
    assert area_at(zone, between, STAFF) == "zone"
    assert area_at(zone, outside, STAFF) is None
    assert area_at(zone, None, STAFF) is None


def test_cases_about_a_feature_are_listed(zone: Zone) -> None:
    draft = CaseDraft("project", "加装电梯", "old_estate", "a", site="building/7")
    create_project(zone, draft, actor=ACTOR)
    (case,) = feature_card(zone, "building", 7, STAFF).cases
    assert case.title == "加装电梯"


def test_persons_are_not_there_for_the_public(zone: Zone) -> None:
    assert feature_card(zone, "resident", 1, STAFF).newest.properties["persons"] == 3
    with pytest.raises(NotFound):
        feature_card(zone, "resident", 1, PUBLIC)
    with pytest.raises(NotFound):
        feature_card(zone, "building", 999, STAFF)
