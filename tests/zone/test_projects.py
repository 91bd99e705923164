"""Tests of projects as use cases: opened, claimed, verified, placed and listed in a real zone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from tests.zone.project_zone import CLERK, INSPECTOR, TRAIL, make_project_zone

from zonetwin.cases.fields import CaseChange
from zonetwin.cases.records import CaseFilter
from zonetwin.core.actor import STAFF, Actor
from zonetwin.core.errors import Conflict, Forbidden, InvalidInput, NotFound
from zonetwin.zone.media import keep_media
from zonetwin.zone.project_rows import ProjectCard
from zonetwin.zone.projects import (
    ProjectMove,
    attach_evidence,
    change_project,
    create_project,
    list_projects,
    place_project,
    project_flow,
    record_move,
    withdraw_move,
)
from zonetwin.zone.zone import Zone, open_zone

WEST, EAST = shapely.Point(121.05, 31.4), shapely.Point(121.15, 31.4)


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_project_zone(tmp_path / "zone")) as opened:
        yield opened


def opened(zone: Zone, key: str = "P1", **changes: object) -> ProjectCard:
    return create_project(zone, replace(TRAIL, key=key, **changes), actor=CLERK)  # type: ignore[arg-type]


def site_row(zone: Zone, card: ProjectCard) -> dict[str, object]:
    fid = int(card.row.case.site.removeprefix("project_site/"))
    return zone.store.history("project_site", fid, STAFF)[0]  # type: ignore[return-value]


def test_a_project_gets_a_site_that_is_not_yet_placed(zone: Zone) -> None:
    card = opened(zone)
    assert card.row.point is None
    row = site_row(zone, card)
    assert (row["key"], row["name"], row["category"], row["geom"]) == ("P1", "河岸步道", "trail", None)


def test_a_project_may_be_opened_on_the_map(zone: Zone) -> None:
    card = create_project(zone, TRAIL, shape=WEST, actor=CLERK)
    assert (card.row.point, card.row.case.area) == ((121.05, 31.4), "west")


def test_placing_moves_site_and_area_in_one_change(zone: Zone) -> None:
    card = create_project(zone, TRAIL, shape=WEST, actor=CLERK)
    before = zone.store.last_change
    moved = place_project(zone, card.row.case.id, EAST, actor=CLERK, note="surveyed")
    assert (moved.row.point, moved.row.case.area) == ((121.15, 31.4), "east")
    (change,) = zone.store.changes_since(before)
    assert (change.note, change.counts["project_site"], change.counts["cases"]) == ("surveyed", 1, 1)


def test_a_place_with_exchanged_axes_is_refused_with_the_reason(zone: Zone) -> None:
    with pytest.raises(InvalidInput, match="with longitude and latitude exchanged"):
        create_project(zone, TRAIL, shape=shapely.Point(31.4, 121.05).buffer(0.001), actor=CLERK)
    card = opened(zone)
    with pytest.raises(InvalidInput, match="is not a place in lon/lat"):
        place_project(zone, card.row.case.id, shapely.Point(61.05, 131.4), actor=CLERK)
    with pytest.raises(InvalidInput, match="more than 50 km outside"):
        place_project(zone, card.row.case.id, shapely.Point(122.05, 31.4), actor=CLERK)


def test_a_site_that_an_import_brought_is_taken_by_its_key(zone: Zone) -> None:
    first = opened(zone)
    with zone.store.begin(actor=CLERK, tool="test") as writer:
        fid = int(first.row.case.site.removeprefix("project_site/"))
        writer.revise("project_site", fid, {"key": "P2"})
    assert opened(zone, "P2").row.case.site == first.row.case.site


def test_a_new_title_is_repeated_on_the_site(zone: Zone) -> None:
    card = opened(zone)
    changed = change_project(
        zone, card.row.case.id, CaseChange(title="北岸步道"), actor=CLERK, note="renamed"
    )
    assert site_row(zone, changed)["name"] == "北岸步道"
    assert [(edit.before, edit.after, edit.note) for edit in changed.edits] == [
        ("河岸步道", "北岸步道", "renamed")
    ]


def test_a_claim_waits_for_another_organisation(zone: Zone) -> None:
    number = opened(zone).row.case.id
    move = ProjectMove(date(2024, 6, 1), "complete", {"length": 8.0})
    claimed = record_move(zone, number, move, actor=CLERK)
    assert (claimed.row.case.stage, claimed.row.case.verified_stage) == ("complete", "")
    (waiting,) = claimed.unverified
    check = ProjectMove(date(2024, 6, 20), verifies=waiting)
    with pytest.raises(Forbidden, match="cannot verify it"):
        record_move(zone, number, check, actor=CLERK)
    verified = record_move(zone, number, check, actor=INSPECTOR)
    assert (verified.row.case.verified_stage, verified.unverified) == ("complete", ())
    assert verified.row.case.quantities[0].verified == 8.0


@pytest.mark.parametrize("organisation", ["second", "建设局(指挥部)", "Building Bureau", "BUILDERS "])
def test_nobody_verifies_their_own_claim_under_another_name(zone: Zone, organisation: str) -> None:
    number = opened(zone).row.case.id
    claimed = record_move(zone, number, ProjectMove(date(2024, 6, 1), "started"), actor=CLERK)
    check = ProjectMove(date(2024, 6, 2), verifies=claimed.unverified[0], organisation=organisation)
    with pytest.raises(Forbidden):
        record_move(zone, number, check, actor=Actor("someone"))


def test_a_claim_taken_back_is_shown_as_such(zone: Zone) -> None:
    number = opened(zone).row.case.id
    claimed = record_move(zone, number, ProjectMove(date(2024, 6, 1), "started"), actor=CLERK)
    card = withdraw_move(zone, number, claimed.moves[0].id, actor=CLERK, note="wrong project")
    moves = card.as_json()["moves"]
    assert isinstance(moves, list)
    assert [(move["withdrawn"], move["withdraws"]) for move in moves] == [(True, None), (False, 1)]
    assert card.row.case.stage == "conceived"


def test_evidence_must_be_kept_before_it_is_named(zone: Zone) -> None:
    number = opened(zone).row.case.id
    move = ProjectMove(date(2024, 6, 1), "started", evidence="0" * 64)
    with pytest.raises(NotFound, match="No file is kept"):
        record_move(zone, number, move, actor=CLERK)
    first, second = (keep_media(zone, data, name="photo.jpg").hash for data in (b"one", b"two"))
    card = record_move(zone, number, replace(move, evidence=first), actor=CLERK)
    card = attach_evidence(zone, number, card.moves[0].id, second, actor=CLERK)
    assert card.moves[0].evidence.split() == [first, second]
    with pytest.raises(InvalidInput, match="No file is named"):
        attach_evidence(zone, number, card.moves[0].id, " ", actor=CLERK)


def test_a_repeated_intake_gets_the_same_answer(zone: Zone) -> None:
    first = create_project(zone, TRAIL, actor=CLERK, idempotency_key="k1")
    before = zone.store.last_change
    again = create_project(zone, TRAIL, actor=CLERK, idempotency_key="k1")
    assert (again, zone.store.last_change) == (first, before)
    move = ProjectMove(date(2024, 6, 1), "started")
    record_move(zone, first.row.case.id, move, actor=CLERK, idempotency_key="k2")
    card = record_move(zone, first.row.case.id, move, actor=CLERK, idempotency_key="k2")
    assert len(card.moves) == 1


def test_an_idempotency_key_belongs_to_one_request(zone: Zone) -> None:
    create_project(zone, TRAIL, actor=CLERK, idempotency_key="k1")
    with pytest.raises(Conflict, match="used for another request"):
        create_project(zone, replace(TRAIL, key="P2"), actor=CLERK, idempotency_key="k1")


@pytest.mark.parametrize(
    ("planned_end", "stage", "expected"),
    [
        (date(2024, 6, 29), "", 1),  # the day before the pinned 30 June
        (date(2024, 6, 30), "", 0),
        (date(2024, 5, 31), "building", 30),  # 31 May to 30 June
        (date(2024, 5, 31), "complete", None),
        (date(2024, 5, 31), "cancelled", None),
        (None, "", None),
    ],
)
def test_a_project_is_late_until_its_completion_is_claimed(
    zone: Zone, planned_end: date | None, stage: str, expected: int | None
) -> None:
    card = opened(zone, planned_end=planned_end)
    if stage:
        card = record_move(zone, card.row.case.id, ProjectMove(date(2024, 6, 1), stage), actor=CLERK)
    assert card.row.late_days == expected


def test_lists_are_filtered_by_place_and_lateness_and_come_in_pages(zone: Zone) -> None:
    for number in range(1, 6):
        card = opened(zone, f"P{number}", planned_end=date(2024, 5 + number % 2 * 3, 1))
        if number > 2:
            place_project(zone, card.row.case.id, WEST, actor=CLERK)

    def keys(**wanted: object) -> str:
        page = list_projects(zone, CaseFilter(), STAFF, **wanted)  # type: ignore[arg-type]
        return "".join(row.case.key for row in page.items)

    assert keys() == "P1P2P3P4P5"
    assert keys(placed=False) == "P1P2"
    assert keys(placed=True, sort="-key") == "P5P4P3"
    assert keys(late=True) == "P2P4"
    page = list_projects(zone, CaseFilter(), STAFF, placed=True, limit=2)
    assert (page.total, [row.case.key for row in page.items]) == (3, ["P3", "P4"])
    page = list_projects(zone, CaseFilter(), STAFF, placed=True, limit=2, after=page.next)
    assert (page.next, [row.case.key for row in page.items]) == (None, ["P5"])
    with pytest.raises(InvalidInput, match="not a cursor"):
        list_projects(zone, CaseFilter(), STAFF, placed=True, after="nowhere")


def test_a_row_as_json_has_names_beside_codes(zone: Zone) -> None:
    row = create_project(zone, TRAIL, shape=WEST, actor=CLERK).row.as_json()
    assert row["organisation"] == {"code": "builders", "name": {"zh": "建设局", "en": "Building Bureau"}}
    assert (row["stage_title"], row["verified_stage"]) == ({"zh": "谋划", "en": "Conceived"}, None)
    assert row["point"] == [121.05, 31.4]
    assert row["quantities"] == [
        {
            "name": "length",
            "title": {"zh": "长度", "en": "Length"},
            "unit": "km",
            "unit_symbol": {"zh": "公里", "en": "km"},
            "planned": 8.0,
            "claimed": None,
            "verified": None,
        }
    ]


def test_the_flow_is_given_with_its_categories(zone: Zone) -> None:
    flow, classes = project_flow(zone)
    assert flow.title.zh == "建设项目"
    assert len(classes.categories) == 40
