"""The plan over HTTP: its summary adds up, its targets are filtered and paged, a page has all around a target."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from tests.api.client import ACTOR, Client, client_of
from tests.small_zone import make_zone

from zonetwin.api.server import build_app
from zonetwin.core.actor import Actor
from zonetwin.packs.folders import pack_folders
from zonetwin.zone.seeding import seed
from zonetwin.zone.settings import read_settings, write_settings
from zonetwin.zone.zone import Zone, open_zone


def plan_pack() -> str:
    """Find the pack with a plan among those of the repository."""
    folders = [folder for root in pack_folders() for folder in root.glob("plan-*") if folder.is_dir()]
    return folders[0].name


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    folder = make_zone(tmp_path_factory.mktemp("planned") / "zone", buildings=20)
    settings = read_settings(folder)
    write_settings(folder, replace(settings, packs=(*settings.packs, plan_pack())))
    with open_zone(folder) as zone:
        seed(zone, actor=Actor("Tests"))
        yield zone


@pytest.fixture(scope="module")
def plan(planned: Zone) -> Client:
    return client_of(build_app(planned))


def all_rows(client: Client, query: str = "") -> list[dict[str, Any]]:
    return list(client.json(f"/api/targets?limit=1000&{query}")["items"])


def test_the_summary_adds_up(plan: Client) -> None:
    status = plan.json("/api/plan")
    assert status["total"] == len(all_rows(plan))
    distinct = [row for row in all_rows(plan) if not row["duplicate_of"]]
    assert status["distinct"] == len(distinct) == sum(status["by_status"].values())
    assert status["scored"] == sum(
        row["status"] not in ("cannot-be-scored", "not-a-target") for row in distinct
    )
    assert sum(section["total"] for section in status["sections"]) == status["total"]


def test_targets_are_filtered_by_each_parameter(plan: Client) -> None:
    rows = all_rows(plan)
    section, lead = rows[0]["section"], next(row["leads"][0]["code"] for row in rows if row["leads"])
    assert {row["section"] for row in all_rows(plan, f"section={section}")} == {section}
    led = all_rows(plan, f"organisation={lead}")
    assert led
    assert all(lead in {item["code"] for item in row["leads"]} for row in led)
    scoreless = all_rows(plan, "status=not-a-target")
    assert {row["status"] for row in scoreless} <= {"not-a-target"}


def test_targets_are_found_by_words_of_either_language_and_by_id(plan: Client) -> None:
    row = all_rows(plan)[5]
    for words in (row["subject"]["zh"][:4], row["subject"]["en"].split()[0], row["id"]):
        assert row["id"] in {item["id"] for item in all_rows(plan, f"q={words}")}


def test_pages_of_targets_follow_each_other(plan: Client) -> None:
    seen: list[str] = []
    after = ""
    while True:
        page = plan.json(f"/api/targets?limit=50{after}")
        seen += [row["id"] for row in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == [row["id"] for row in all_rows(plan)]
    assert plan.get("/api/targets?after=nowhere").status_code == 400


def test_a_target_has_a_page_that_agrees_with_its_row(plan: Client) -> None:
    for row in all_rows(plan)[::6]:
        page = plan.json(f"/api/targets/{row['id']}")
        assert page["clause"]["end"] > page["clause"]["start"] >= 0
        assert page["clause"]["document"] is None
        assert (page["status"], page["reason"]) == (row["status"], row["reason"])
        if page["status"] == "cannot-be-scored":
            assert page["reason"]["zh"]
            assert page["reason"]["en"]
    assert plan.get("/api/targets/none").status_code == 404


def test_projects_of_a_target_are_rows_of_projects(plan: Client) -> None:
    number = all_rows(plan)[0]["id"]
    body = {"title": "测试路", "category": "road", "organisation": "x", "targets": [number]}
    opened = plan.request("POST", "/api/cases", headers=ACTOR, json=body).json()
    (project,) = plan.json(f"/api/targets/{number}")["projects"]
    assert project["id"] == opened["id"]
    assert project["stage_title"]["en"]


def test_named_projects_and_places_wait_to_be_placed(plan: Client) -> None:
    waiting = plan.json("/api/unplaced")["items"]
    assert {item["sort"] for item in waiting} == {"project", "place"}


def test_a_document_that_is_not_the_plan_is_refused(plan: Client) -> None:
    file = {"file": ("plan.txt", "另一份文件".encode())}
    answer = plan.request("POST", "/api/documents", headers=ACTOR, files=file)
    assert answer.status_code == 422
    file = {"file": ("plan.pdf", b"%PDF")}
    assert plan.request("POST", "/api/documents", headers=ACTOR, files=file).status_code == 422


def test_organisations_count_the_targets_they_lead(plan: Client) -> None:
    counted = {item["code"]: item["targets"] for item in plan.json("/api/organisations")["items"]}
    rows = all_rows(plan)
    for code in {lead["code"] for row in rows for lead in row["leads"]}:
        assert counted[code] == sum(code in {lead["code"] for lead in row["leads"]} for row in rows)


def test_targets_clauses_projects_and_organisations_are_found_by_name(plan: Client) -> None:
    row = all_rows(plan)[5]
    found = plan.json(f"/api/search?q={row['subject']['zh']}")["items"]
    assert (found[0]["type"], found[0]["matched"]) == ("target", "exact")
    organisation = plan.json("/api/organisations")["items"][0]
    kinds = {item["type"] for item in plan.json(f"/api/search?q={organisation['name']['zh']}")["items"]}
    assert "organisation" in kinds
