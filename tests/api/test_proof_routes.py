"""From a value to the objects behind it and back: indicators, proofs, rows, the same computed again."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.api.client import ACTOR, Client, client_of
from tests.small_zone import make_zone

from zonetwin.api.server import build_app
from zonetwin.core.actor import PUBLIC, Actor
from zonetwin.zone.measuring import measure
from zonetwin.zone.zone import Zone, open_zone


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Zone]:
    with open_zone(make_zone(tmp_path_factory.mktemp("measured") / "zone", buildings=40)) as zone:
        measure(zone, indicators=["building_density", "park_walk_share"], actor=Actor("Tests"))
        yield zone


@pytest.fixture(scope="module")
def values(measured: Zone) -> Client:
    return client_of(build_app(measured))


def proof_of(client: Client, indicator: str) -> str:
    return str(client.json(f"/api/indicators/{indicator}")["latest"]["proof"])


def test_indicators_are_listed_with_value_or_reason(values: Client) -> None:
    rows = {item["name"]: item for item in values.json("/api/indicators")["items"]}
    density = rows["building_density"]
    assert density["latest"]["area"] == "zone"
    assert density["unit_symbol"] == {"zh": "%", "en": "%"}
    assert rows["green_cover_share"]["latest"] is None


def test_an_indicator_brings_formula_limits_and_values_by_area(values: Client) -> None:
    found = values.json("/api/indicators/building_density")
    assert found["sql"].lstrip().lower().startswith(("select", "with", "--"))
    assert {item["area"] for item in found["measurements"]} == {"zone", "office-1"}
    assert values.get("/api/indicators/none").status_code == 404


def test_measurements_are_filtered(values: Client) -> None:
    found = values.json("/api/measurements?indicator=building_density&area=office-1")["items"]
    (item,) = found
    period = item["period"]
    assert values.json(f"/api/measurements?period={period}&area=office-1")["items"]
    assert values.json("/api/measurements?area=nowhere")["items"] == []
    assert values.get("/api/measurements?period=2025").status_code == 422


def test_the_rows_of_a_proof_add_up_to_its_value(values: Client) -> None:
    number = proof_of(values, "building_density")
    proof = values.json(f"/api/proofs/{number}")
    rows = values.json(f"/api/proofs/{number}/rows?limit=1000")
    assert rows["total"] == len(rows["items"]) == proof["rows"]
    counted = sum(row["counted"] or 0 for row in rows["items"])
    of = sum(row["of"] or 0 for row in rows["items"])
    total = next(item for item in proof["totals"] if item["area"] == "zone")
    assert total["value"] == pytest.approx(100 * counted / of)


def test_rows_are_filtered_by_status_and_area(values: Client) -> None:
    base = f"/api/proofs/{proof_of(values, 'building_density')}/rows?limit=1000"
    totals = {
        status: values.json(f"{base}&status={status}")["total"] for status in ("counted", "not", "unknown")
    }
    assert sum(totals.values()) == values.json(base)["total"]
    # 10 of the 20 buildings of each of the two rows begin west of 121.06, the office's edge; and the office
    # itself
    assert values.json(f"{base}&area=office-1")["total"] == 21
    assert values.json(f"{base}&area=zone")["total"] == values.json(base)["total"]
    assert values.get(f"{base}&status=lost").status_code == 422


def test_pages_of_rows_follow_each_other(values: Client) -> None:
    base = f"/api/proofs/{proof_of(values, 'building_density')}/rows?limit=7"
    seen: list[int] = []
    after = ""
    while True:
        page: dict[str, Any] = values.json(base + after)
        seen += [row["number"] for row in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert seen == list(range(1, page["total"] + 1))


def test_rows_are_named_and_placed(values: Client) -> None:
    rows = values.json(f"/api/proofs/{proof_of(values, 'building_density')}/rows?limit=1000")["items"]
    named = next(row for row in rows if row["feature"] == "building/7")
    assert named["label"] == "夏东人才公寓"
    assert named["point"] == pytest.approx([121.0562, 31.3502], abs=1e-4)


def test_rows_are_drawn_as_points_with_their_status(values: Client) -> None:
    answer = values.get(f"/api/proofs/{proof_of(values, 'building_density')}/rows.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    document = answer.json()
    assert document["drawn"] == len(document["features"]) == document["total"]
    assert {item["properties"]["status"] for item in document["features"]} == {"counted", "not"}


def test_a_proof_computed_again_is_the_same(values: Client) -> None:
    number = proof_of(values, "building_density")
    answer = values.request("POST", f"/api/proofs/{number}/rerun", headers=ACTOR)
    assert answer.json() == {"proof": number, "same": True, "agrees": True, "count": 0, "differences": []}


def test_an_unknown_proof_is_not_found(values: Client) -> None:
    for path in ("/api/proofs/none", "/api/proofs/none/rows", "/api/proofs/none/rows.geojson"):
        assert values.get(path).status_code == 404


def test_objects_that_are_persons_are_counted_but_not_shown_to_the_public(
    measured: Zone, values: Client
) -> None:
    number = proof_of(values, "park_walk_share")
    public = client_of(build_app(measured, viewer=PUBLIC))
    ours, theirs = (who.json(f"/api/proofs/{number}/rows")["items"] for who in (values, public))
    residents = [row for row in ours if row["feature"].startswith("resident/")]
    assert residents
    hidden = [row for row in theirs if row["feature"] == "resident"]
    assert len(hidden) == len(residents)
    assert all(row["point"] is None and row["label"] == "" for row in hidden)
    assert "resident/" not in public.get(f"/api/proofs/{number}/rows.geojson").text
