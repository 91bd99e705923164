"""Projects over HTTP: opened, moved, verified by another organisation, placed, cancelled, exchanged as a workbook."""

import io
from typing import Any
from urllib.parse import quote

import openpyxl
import pytest
from tests.api.client import ACTOR, Client
from tests.small_zone import SOUTH, WEST

from zonetwin.zone.zone import Zone

SCHOOL = {
    "title": "夏东小学扩建",
    "title_en": "Xiadong school extension",
    "category": "school",
    "work": "extend",
    "organisation": "a",
    "planned_end": "2025-05-31",
    "planned": {"places": 540},
}
CLAIM: dict[str, object] = {"stage": "preparing", "on": "2025-03-01", "organisation": "a"}
POINT = {"type": "Point", "coordinates": [WEST + 0.001, SOUTH + 0.001]}


def opened(client: Client, **more: object) -> dict[str, Any]:
    answer = client.request("POST", "/api/cases", headers=ACTOR, json={**SCHOOL, **more})
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


def send(client: Client, method: str, path: str, **body: object) -> Any:
    answer = client.request(method, path, headers=ACTOR, json=body)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def test_an_opened_project_has_titles_units_and_lateness(own_client: Client) -> None:
    case = opened(own_client)
    assert case["category_title"]["en"] == "School"
    assert case["organisation"] == {"code": "a", "name": {"zh": "规划建设局", "en": "规划建设局"}}
    assert (case["stage"], case["verified_stage"], case["placed"]) == ("conceived", None, False)
    # the zone's day is 2025-06-30, the planned end 2025-05-31
    assert case["late_days"] == 30
    (places,) = case["quantities"]
    assert (places["name"], places["planned"], places["unit_symbol"]["en"]) == (
        "places",
        540,
        "school places",
    )


def test_a_stage_is_claimed_until_another_organisation_verifies_it(own_client: Client) -> None:
    number = opened(own_client)["id"]
    case = send(own_client, "POST", f"/api/cases/{number}/moves", **CLAIM)
    assert (case["stage"], case["verified_stage"]) == ("preparing", None)
    (unverified,) = case["unverified"]
    verification: dict[str, object] = {"on": "2025-03-05", "verifies": unverified, "organisation": "b"}
    case = send(own_client, "POST", f"/api/cases/{number}/moves", **verification)
    assert (case["verified_stage"], case["unverified"]) == ("preparing", [])


def test_the_claiming_organisation_cannot_verify_itself(own_client: Client) -> None:
    number = opened(own_client)["id"]
    case = send(own_client, "POST", f"/api/cases/{number}/moves", **CLAIM)
    body = {"on": "2025-03-05", "verifies": case["unverified"][0], "organisation": "a"}
    answer = own_client.request("POST", f"/api/cases/{number}/moves", headers=ACTOR, json=body)
    assert answer.status_code in (403, 409)


def test_a_move_the_flow_does_not_declare_is_a_conflict(own_client: Client) -> None:
    number = opened(own_client)["id"]
    send(
        own_client, "POST", f"/api/cases/{number}/moves", stage="building", on="2025-03-01", organisation="a"
    )
    back = {"stage": "conceived", "on": "2025-03-02", "organisation": "a"}
    answer = own_client.request("POST", f"/api/cases/{number}/moves", headers=ACTOR, json=back)
    assert answer.status_code == 409
    assert "complete" in answer.json()["detail"]


def test_an_entry_can_be_taken_back_and_stays_in_the_ledger(own_client: Client) -> None:
    number = opened(own_client)["id"]
    case = send(own_client, "POST", f"/api/cases/{number}/moves", **CLAIM)
    entry = case["moves"][-1]["id"]
    case = send(
        own_client,
        "POST",
        f"/api/cases/{number}/moves/{entry}/withdrawal",
        note="wrong project",
        organisation="a",
    )
    assert case["stage"] == "conceived"
    assert [move["withdrawn"] for move in case["moves"] if move["id"] == entry] == [True]


def test_the_same_intake_sent_twice_writes_once(own_client: Client) -> None:
    headers = {**ACTOR, "Idempotency-Key": "intake-1"}
    first = own_client.request("POST", "/api/cases", headers=headers, json=SCHOOL)
    second = own_client.request("POST", "/api/cases", headers=headers, json=SCHOOL)
    assert first.json()["id"] == second.json()["id"]
    other = own_client.request("POST", "/api/cases", headers=headers, json={**SCHOOL, "title": "另一所"})
    assert other.status_code == 409


def test_fields_are_changed_and_the_change_is_told(own_client: Client) -> None:
    number = opened(own_client)["id"]
    case = send(
        own_client, "PATCH", f"/api/cases/{number}", planned_end="2025-12-31", change_note="postponed"
    )
    assert (case["planned_end"], case["late_days"]) == ("2025-12-31", 0)
    assert case["edits"][0]["note"] == "postponed"


def test_a_project_is_put_on_the_map_and_then_found_there(own_client: Client) -> None:
    number = opened(own_client)["id"]
    assert own_client.json("/api/unplaced")["total"] == 1
    case = send(own_client, "PUT", f"/api/cases/{number}/place", geometry=POINT, note="survey")
    assert case["placed"] is True
    assert case["point"] == POINT["coordinates"]
    assert own_client.json("/api/unplaced")["total"] == 0
    site = own_client.json(f"/api/features/{case['site']}")
    assert [item["id"] for item in site["cases"]] == [number]


def test_a_place_with_exchanged_axes_is_refused_with_the_hint(own_client: Client) -> None:
    number = opened(own_client)["id"]
    swapped = {"type": "Point", "coordinates": [SOUTH, WEST - 100]}
    body = {"geometry": {"type": "Point", "coordinates": [31.35, 121.05]}}
    assert (
        own_client.request("PUT", f"/api/cases/{number}/place", headers=ACTOR, json=body).status_code == 422
    )
    body = {"geometry": swapped}
    assert (
        own_client.request("PUT", f"/api/cases/{number}/place", headers=ACTOR, json=body).status_code == 422
    )


def test_cancelling_is_a_claim_of_the_flows_closing_stage(own_client: Client) -> None:
    number = opened(own_client)["id"]
    headers = {"X-Zonetwin-Actor": quote("王工;a")}
    answer = own_client.request("DELETE", f"/api/cases/{number}?note=no+need", headers=headers)
    assert (answer.status_code, answer.json()["stage"]) == (200, "cancelled")
    again = own_client.request("DELETE", f"/api/cases/{number}", headers=headers)
    assert again.status_code == 400


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"S1", "S2", "P1"}),
        ("category=park", {"P1"}),
        ("category=park,school&sort=key", {"P1", "S1", "S2"}),
        ("organisation=b", {"S2"}),
        ("placed=true", {"P1"}),
        ("placed=false&category=school", {"S1", "S2"}),
        ("late=true", {"S1", "S2"}),
        ("q=公园", {"P1"}),
        ("stage=complete", set()),
    ],
)
def test_projects_are_listed_by_what_is_asked(own_client: Client, query: str, expected: set[str]) -> None:
    opened(own_client, key="S1")
    opened(own_client, key="S2", organisation="b")
    opened(
        own_client,
        key="P1",
        title="青阳公园",
        category="park",
        work="new",
        planned={},
        planned_end=None,
        geometry=POINT,
    )
    found = own_client.json(f"/api/cases?{query}")
    assert {item["key"] for item in found["items"]} == expected
    assert found["total"] == len(expected)


def test_pages_of_projects_follow_each_other(own_client: Client) -> None:
    for number in range(5):
        opened(own_client, key=f"K{number}")
    keys, after = [], ""
    while True:
        page = own_client.json(f"/api/cases?limit=2&sort=key{after}")
        keys += [item["key"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={quote(str(page['next']))}"
    assert keys == [f"K{number}" for number in range(5)]


def test_flows_tell_what_a_form_needs(own_client: Client) -> None:
    (flow,) = own_client.json("/api/flows")["items"]
    assert [stage["name"] for stage in flow["stages"]][:2] == ["conceived", "preparing"]
    school = next(item for item in flow["categories"] if item["name"] == "school")
    assert school["quantities"][0]["unit_symbol"] == {"zh": "个学位", "en": "school places"}
    assert {"start": "conceived", "end": "preparing"} in flow["moves"]


def test_a_workbook_goes_out_comes_back_and_is_applied(own_client: Client) -> None:
    opened(own_client, key="S1")
    sheet = own_client.get("/api/projects.xlsx")
    assert sheet.headers["content-type"].endswith("spreadsheetml.sheet")
    unchanged = compared(own_client, sheet.content)
    assert (unchanged["unchanged"], unchanged["changed"], unchanged["added"]) == (1, [], [])
    diff = compared(own_client, with_title(sheet.content, "夏东小学改建"))
    assert [(item["key"], item["before"], item["after"]) for item in diff["changed"]] == [
        ("S1", "夏东小学扩建", "夏东小学改建")
    ]
    applied = send(own_client, "POST", "/api/projects.xlsx/apply", token=diff["token"])
    assert applied["changed"] == 1
    assert own_client.json("/api/cases/1")["title"] == "夏东小学改建"
    again = own_client.request(
        "POST", "/api/projects.xlsx/apply", headers=ACTOR, json={"token": diff["token"]}
    )
    assert again.status_code == 409


def compared(client: Client, content: bytes) -> dict[str, Any]:
    file = {"file": ("projects.xlsx", content)}
    answer = client.request("POST", "/api/projects.xlsx?dry_run=true", headers=ACTOR, files=file)
    assert answer.status_code == 200, answer.text
    document: dict[str, Any] = answer.json()
    return document


def with_title(content: bytes, title: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == SCHOOL["title"]:
                cell.value = title
    changed = io.BytesIO()
    book.save(changed)
    return changed.getvalue()


def test_a_workbook_is_never_applied_unseen(own_client: Client) -> None:
    file = {"file": ("projects.xlsx", b"PK")}
    answer = own_client.request("POST", "/api/projects.xlsx?dry_run=false", headers=ACTOR, files=file)
    assert answer.status_code == 400


def test_a_file_that_is_no_workbook_is_refused(own_client: Client) -> None:
    file = {"file": ("projects.xlsx", b"not a workbook")}
    answer = own_client.request("POST", "/api/projects.xlsx?dry_run=true", headers=ACTOR, files=file)
    assert answer.status_code == 422


def test_every_write_is_a_change_with_its_actor(own_zone: Zone, own_client: Client) -> None:
    before = own_zone.store.last_change
    opened(own_client)
    (change,) = own_client.json("/api/changes?limit=1")["items"]
    assert (change["id"], change["actor"], change["organisation"]) == (before + 1, "王工", "规划建设局")
