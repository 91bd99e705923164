"""Measurements and proofs in the record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from zonetwin.core.actor import Actor
from zonetwin.core.clock import Clock
from zonetwin.core.errors import NotFound
from zonetwin.core.gap import Gap
from zonetwin.core.period import Period, day_period, year_period
from zonetwin.core.text import Text
from zonetwin.indicators import records
from zonetwin.indicators.model import Measurement, Proof, Unmeasured
from zonetwin.indicators.records import KeptProof
from zonetwin.store.model import Store
from zonetwin.store.sqlite import open_store

ACTOR = Actor("Tests", "testing")
DAY = day_period(date(2024, 5, 10))
PROOF = Proof(
    id="p1",
    indicator="served",
    version="v1",
    state="change=3",
    period=DAY,
    today=date(2024, 5, 10),
    rows=2,
    digest="d1",
    made_at=datetime(2024, 5, 10, 8, 30, tzinfo=UTC),
    environment={"python": "3.11"},
)
ONE = Measurement(
    indicator="served",
    area="zone",
    period=DAY,
    value=75.0,
    claimed=None,
    unit="percent",
    low=70.0,
    high=80.0,
    counted=2,
    of=40.0,
    unknown=5.0,
    unknown_reasons={"far": 5.0},
    data_date=date(2024, 3, 1),
    proof="p1",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(
        tmp_path / "zone.gpkg", kinds=(), parts=(records.PART,), clock=Clock(ZoneInfo("Asia/Shanghai"))
    )
    yield opened
    opened.close()


def save(store: Store, *found: Measurement, proof: Proof = PROOF, basis: str = "b1") -> None:
    with store.begin(actor=ACTOR, tool="measure") as writer:
        records.save_measurements(writer, KeptProof(proof, "places", basis), found)


def over(period: Period, value: float, proof: str) -> tuple[Measurement, Proof]:
    return replace(ONE, period=period, value=value, proof=proof), replace(PROOF, id=proof, period=period)


def test_a_measurement_and_its_proof_come_back_as_they_were(store: Store) -> None:
    save(store, ONE)
    assert records.read_measurements(store) == [ONE]
    assert records.read_proof(store, "p1") == KeptProof(PROOF, "places", "b1")
    assert records.measurements_of_proof(store, "p1") == [ONE]


def test_a_later_run_replaces_the_values_and_keeps_the_old_proof(store: Store) -> None:
    save(store, ONE, replace(ONE, area="west"))
    save(store, replace(ONE, value=80.0, proof="p2"), proof=replace(PROOF, id="p2"), basis="b2")
    assert [(item.area, item.value) for item in records.read_measurements(store)] == [("zone", 80.0)]
    assert records.read_proof(store, "p1").proof == PROOF
    assert list(records.proofs_by_basis(store)) == ["b2"]


def test_measurements_are_filtered_by_indicator_area_and_period(store: Store) -> None:
    save(store, ONE, replace(ONE, area="west"))
    assert [item.area for item in records.read_measurements(store, area="west")] == ["west"]
    assert records.read_measurements(store, indicator="other") == []
    assert records.read_measurements(store, period=year_period(2024)) == []
    assert len(records.read_measurements(store, period=DAY)) == 2


def test_the_latest_measurement_ends_last_and_of_those_is_the_longest(store: Store) -> None:
    end = date(2024, 5, 11)
    for number, start in enumerate((date(2024, 1, 1), date(2023, 1, 1))):
        found, proof = over(Period(start, end), float(number), f"p{number}")
        save(store, found, proof=proof, basis=f"b{number}")
    assert [item.value for item in records.latest_measurements(store)] == [1.0]


def test_a_series_grows_from_one_start(store: Store) -> None:
    start = date(2024, 1, 1)
    for end, value in ((date(2024, 7, 1), 5.0), (date(2024, 4, 1), 2.0)):
        found, proof = over(Period(start, end), value, f"p{value}")
        save(store, found, proof=proof, basis=f"b{value}")
    save(store, ONE)
    series = records.measurement_series(store, "served", "zone", start=start)
    assert [item.value for item in series] == [2.0, 5.0]
    assert len(records.measurement_series(store, "served", "zone")) == 3


def test_a_gap_is_kept_until_the_indicator_is_measured(store: Store) -> None:
    gap = Gap("no-data", Text("没有数据", "No data"))
    with store.begin(actor=ACTOR, tool="measure") as writer:
        records.save_unmeasured(writer, [Unmeasured("served", gap), Unmeasured("other", gap)])
    save(store, ONE)
    assert records.read_unmeasured(store) == [Unmeasured("other", gap)]


def test_a_value_that_is_not_known_stays_none(store: Store) -> None:
    save(store, replace(ONE, value=None, low=None, high=None, of=None, data_date=None))
    found = records.read_measurements(store)[0]
    assert (found.value, found.low, found.of, found.data_date) == (None, None, None, None)


def test_an_unknown_proof_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="no proof 'p9'"):
        records.read_proof(store, "p9")


def test_the_published_table_has_its_columns(store: Store) -> None:
    assert store.published_schema("measurement").names == [
        "id",
        "indicator",
        "area",
        "period_start",
        "period_end",
        "value",
        "claimed",
        "unit",
        "low",
        "high",
        "counted",
        "of_total",
        "unknown",
        "unknown_reasons",
        "data_date",
        "proof",
    ]
