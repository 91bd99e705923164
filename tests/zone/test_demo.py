"""The demonstration zone measures what its district was made to be: the truth comes from another computation."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from zonetwin.core.actor import STAFF, Actor
from zonetwin.indicators.model import Measurement
from zonetwin.indicators.records import latest_measurements, read_measurements
from zonetwin.synth.district import Truth
from zonetwin.zone.demo import make_demo
from zonetwin.zone.zone import Zone, open_zone


@dataclass(frozen=True, slots=True)
class Demo:
    """The open zone and the truth about it."""

    zone: Zone
    truth: Truth

    def latest(self, indicator: str) -> Measurement:
        (found,) = latest_measurements(self.zone.store, indicator=indicator, area="zone")
        return found

    def value(self, indicator: str) -> float:
        value = self.latest(indicator).value
        assert value is not None
        return value


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo") / "zone"
    make_demo(folder, seed=3, scale=0.03, actor=Actor("Tests"))
    truth = Truth(**json.loads((folder / "district" / "truth.json").read_text(encoding="utf-8")))
    with open_zone(folder) as zone:
        yield Demo(zone, truth)


def test_every_item_of_the_programme_is_measured_as_it_was_made(demo: Demo) -> None:
    measured = {
        (item.indicator, item.period.start.isoformat(), item.period.end): (item.value, item.claimed)
        for item in read_measurements(demo.zone.store, area="zone")
    }
    wrong = {}
    for row in demo.truth.projects:
        end = date.fromisoformat(str(row["through"])) + timedelta(days=1)
        found = measured.get((str(row["indicator"]), str(row["start"]), end))
        if found != pytest.approx((row["value"], row["claimed"]), abs=1e-4):
            wrong[(row["indicator"], row["through"])] = (found, row["value"], row["claimed"])
    assert wrong == {}
    assert len(demo.truth.projects) > 50


def test_people_near_a_park_are_those_of_the_districts_own_graph(demo: Demo) -> None:
    found, truth = demo.latest("park_walk_share"), demo.truth
    # the measured ways are whole decimetres, so a home at the very limit may fall on the other side
    expected = 100 * truth.persons_near_a_park_or_square / (truth.persons - truth.persons_far_from_streets)
    assert found.value == pytest.approx(expected, abs=0.1)
    assert found.unknown == pytest.approx(truth.persons_far_from_streets)


def test_control_lines_have_the_areas_they_were_drawn_with(demo: Demo) -> None:
    areas = demo.truth.areas_m2
    assert demo.value("urban_boundary_area") == pytest.approx(areas["urban_boundary"] / 1e6, rel=1e-5)
    assert demo.value("industrial_line_area") == pytest.approx(areas["industrial"] / 1e6, rel=1e-5)
    assert demo.value("farmland_area") == pytest.approx(areas["farmland"] * 3 / 2000, rel=1e-5)


def test_the_ground_covered_and_built_is_as_it_was_laid_out(demo: Demo) -> None:
    truth = demo.truth
    assert demo.value("building_density") == pytest.approx(
        100 * truth.areas_m2["building"] / truth.zone_m2, rel=1e-4
    )
    assert demo.value("floor_area_ratio") == pytest.approx(truth.floor_area_m2 / truth.zone_m2, rel=1e-4)
    assert demo.value("green_cover_share") == pytest.approx(
        100 * truth.areas_m2["green_cover"] / truth.zone_m2, rel=1e-4
    )


def test_everything_of_the_demonstration_is_marked_as_synthetic(demo: Demo) -> None:
    store = demo.zone.store
    synthetic = {number for number, source in store.sources() if source.synthetic}
    for kind in ("building", "street", "park", "control_line"):
        assert set(store.read(kind, STAFF).column("source").to_pylist()) <= synthetic
