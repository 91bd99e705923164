"""Measuring a zone: values by hand, what is unknown, what is missing, what is computed again and what is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import shapely
from tests.zone.town import ACTOR, OBTAINED, add, make_town

from zonetwin.core.errors import NotFound
from zonetwin.core.gap import Gap
from zonetwin.core.text import Text
from zonetwin.indicators import records
from zonetwin.indicators.model import Measurement, Unmeasured
from zonetwin.zone.measuring import MeasureReport, measure
from zonetwin.zone.zone import Zone, open_zone

WALK = "park_walk_share"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_town(tmp_path / "town")) as zone:
        yield zone


def by_area(report: MeasureReport, indicator: str = WALK) -> dict[str, Measurement]:
    return {item.area: item for item in report.measurements if item.indicator == indicator}


def gap_of(report: MeasureReport, indicator: str) -> str:
    return next(item.gap.code for item in report.unmeasured if item.indicator == indicator)


def test_the_share_within_five_minutes_counts_whoever_is_exactly_at_the_limit(town: Zone) -> None:
    found = by_area(measure(town, indicators=[WALK], actor=ACTOR))
    assert found["zone"].value == pytest.approx(100 * 10 / 60)
    assert found["west"].value == pytest.approx(100 * 10 / 30)


def test_residents_far_from_streets_stand_beside_the_value_as_unknown(town: Zone) -> None:
    found = by_area(measure(town, indicators=[WALK], actor=ACTOR))["zone"]
    assert (found.unknown, dict(found.unknown_reasons)) == (15.0, {"far-from-streets": 15.0})
    assert found.of == 60.0


def test_the_report_prints_what_interfaces_promise(town: Zone) -> None:
    answer = measure(town, indicators=[WALK, "gym_walk_share"], actor=ACTOR).as_json()
    assert set(answer) == {"measurements", "unmeasured"}
    measured = answer["measurements"]
    assert isinstance(measured, list)
    assert measured[0] == {
        "indicator": WALK,
        "area": "west",
        "period": "2024-05-10/2024-05-11",
        "value": pytest.approx(100 / 3),
        "unit": "percent",
        "low": pytest.approx(100 / 3),
        "high": pytest.approx(100 / 3),
        "unknown": 15.0,
        "data_date": OBTAINED.isoformat(),
        "proof": measured[1]["proof"],
        "claimed": None,
        "counted": 2,
        "of": 30.0,
        "unknown_reasons": {"far-from-streets": 15.0},
    }


@pytest.mark.parametrize("name", ["square_walk_share", "gym_walk_share"])
def test_a_facility_of_which_the_data_has_none_is_unmeasured_never_nought(town: Zone, name: str) -> None:
    report = measure(town, indicators=[name], actor=ACTOR)
    assert report.measurements == ()
    assert gap_of(report, name) == "no-facility"


def test_a_kind_without_any_feature_is_unmeasured(town: Zone) -> None:
    assert (
        gap_of(measure(town, indicators=["building_density"], actor=ACTOR), "building_density") == "no-data"
    )


def test_without_residents_nobody_can_be_served(tmp_path: Path) -> None:
    with open_zone(make_town(tmp_path / "town", people=False)) as zone:
        report = measure(zone, indicators=[WALK], actor=ACTOR)
        assert gap_of(report, WALK) == "no-residents"
        assert [item.indicator for item in records.read_unmeasured(zone.store)] == [WALK]


def test_without_the_pack_of_streets_the_missing_kind_is_named(tmp_path: Path) -> None:
    with open_zone(tmp_path_zone_without_streets(tmp_path)) as zone:
        report = measure(zone, indicators=[WALK], actor=ACTOR)
    assert report.unmeasured[0].gap.code in ("missing-kind", "missing-table")


def tmp_path_zone_without_streets(tmp_path: Path) -> Path:
    from zonetwin.zone.settings import ZoneSettings, write_settings

    folder = tmp_path / "bare"
    folder.mkdir()
    write_settings(folder, ZoneSettings("bare", "EPSG:4549", "Asia/Shanghai", ("zh",), ("base", "green")))
    return folder


def test_an_unknown_indicator_is_refused_by_name(town: Zone) -> None:
    with pytest.raises(NotFound, match="indicator 'nonsense'"):
        measure(town, indicators=["nonsense"], actor=ACTOR)


def test_unchanged_inputs_are_not_computed_again(town: Zone) -> None:
    first = measure(town, indicators=[WALK], actor=ACTOR)
    change = town.store.last_change
    assert measure(town, indicators=[WALK], actor=ACTOR) == first
    assert town.store.last_change == change


def test_a_table_that_the_indicator_does_not_read_changes_nothing(town: Zone) -> None:
    first = by_area(measure(town, indicators=[WALK], actor=ACTOR))
    add(town, "green_cover", [shapely.box(0, 0, 10, 10)], category=["trees"])
    assert by_area(measure(town, indicators=[WALK], actor=ACTOR)) == first


def test_a_new_gate_is_measured_again_under_another_proof(town: Zone) -> None:
    before = by_area(measure(town, indicators=[WALK], actor=ACTOR))["zone"]
    add(town, "park_gate", [shapely.Point(1500, 0)])
    after = by_area(measure(town, indicators=[WALK], actor=ACTOR))["zone"]
    assert after.value == pytest.approx(100 * 40 / 60)
    assert after.proof != before.proof
    assert [item.proof for item in records.read_measurements(town.store, area="zone")] == [after.proof]


def test_measurements_are_published_in_one_change(town: Zone) -> None:
    before = town.store.last_change
    measure(town, indicators=[WALK, "park_only_walk_share"], actor=ACTOR)
    assert town.store.last_change == before + 1
    published = town.store.published("measurement")
    assert set(published.column("indicator").to_pylist()) == {WALK, "park_only_walk_share"}
    assert set(published.column("period_end").to_pylist()) == {date(2024, 5, 11)}


def test_a_statement_that_fails_is_said_and_the_others_are_measured(town: Zone) -> None:
    broken = replace(town.packs.indicators[WALK], name="broken", sql="select 1 as area from residents")
    packs = replace(town.packs, indicators={**town.packs.indicators, "broken": broken})
    report = measure(replace(town, packs=packs), indicators=["broken", WALK], actor=ACTOR)
    assert gap_of(report, "broken") == "failed"
    assert by_area(report)["zone"].value is not None


def test_a_gap_goes_away_with_the_first_measurement(town: Zone) -> None:
    with town.store.begin(actor=ACTOR, tool="test") as writer:
        gap = Gap("no-data", Text("无", "none"))
        records.save_unmeasured(writer, [Unmeasured(WALK, gap)])
    measure(town, indicators=[WALK], actor=ACTOR)
    assert records.read_unmeasured(town.store) == []


def test_progress_is_told_what_is_measured(town: Zone) -> None:
    told: list[tuple[int, int | None, str]] = []
    measure(
        town,
        indicators=[WALK],
        actor=ACTOR,
        progress=lambda *step: told.append((step[0], step[1], step[2].en)),
    )
    assert told[0] == (0, 1, town.packs.indicators[WALK].title.en)
    assert told[-1][:2] == (1, 1)


def test_a_value_whose_data_is_gone_is_taken_back(town: Zone) -> None:
    measure(town, indicators=[WALK], actor=ACTOR)
    with town.store.begin(actor=ACTOR, tool="test") as writer:
        for fid in (1, 2, 3, 4):
            writer.end("resident", fid, valid_to=date(2024, 5, 1))
    report = measure(town, indicators=[WALK], actor=ACTOR)
    assert gap_of(report, WALK) == "no-residents"
    assert records.read_measurements(town.store) == []


def test_an_indicator_with_any_value_is_not_listed_as_unmeasured(town: Zone) -> None:
    report = measure(town, actor=ACTOR)
    assert {item.indicator for item in report.measurements} == {WALK, "park_only_walk_share"}
    assert {item.indicator for item in report.unmeasured} == set(town.packs.indicators) - {
        WALK,
        "park_only_walk_share",
    }
