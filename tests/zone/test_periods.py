"""Periods to measure: what targets ask for, else this year and all time."""

from dataclasses import replace
from datetime import date

from tests.zone.metric_tables import catalogue

from zonetwin.core.period import Period, day_period
from zonetwin.core.text import Text
from zonetwin.packs.model import Indicator
from zonetwin.plans.model import Clause, Target
from zonetwin.zone.periods import BEGINNING, asked_periods, by_state

TODAY = date(2024, 5, 10)
WALK = catalogue().indicators["park_walk_share"]
BUILT = replace(WALK, name="parks_built", over="span", combine="sum")


def target(
    indicator: Indicator, *, cadence: str = "cumulative", deadline: date = date(2025, 12, 31)
) -> Target:
    return Target(
        id="T1",
        plan="plan",
        sort="target",
        subject=Text("公园", "Parks"),
        clause=Clause("1", Text("", ""), 0, 1, 0, 1),
        comparator=">=",
        comparator_basis="explicit",
        value=15,
        value_max=None,
        value_basis="digit",
        unit="个",
        direction="up",
        start=date(2024, 1, 1),
        deadline=deadline,
        deadline_basis="explicit",
        cadence=cadence,  # type: ignore[arg-type]
        scope="",
        leads=(),
        participants=(),
        indicator=indicator.name,
    )


def test_an_instant_is_measured_today() -> None:
    assert asked_periods([WALK], [], TODAY) == {"park_walk_share": [day_period(TODAY)]}


def test_a_span_without_targets_is_this_year_and_all_time() -> None:
    end = date(2024, 5, 11)
    assert asked_periods([BUILT], [], TODAY)["parks_built"] == [
        Period(BEGINNING, end),
        Period(date(2024, 1, 1), end),
    ]


def test_a_target_asks_for_every_quarter_since_its_start_and_today() -> None:
    found = asked_periods([BUILT], [target(BUILT)], TODAY)["parks_built"]
    start = date(2024, 1, 1)
    assert found == [Period(start, date(2024, 4, 1)), Period(start, date(2024, 5, 11))]


def test_a_deadline_that_has_passed_asks_for_the_state_of_that_day() -> None:
    asked = asked_periods([WALK], [target(WALK, deadline=date(2024, 3, 31))], TODAY)
    work = by_state(asked, {WALK.name: WALK}, TODAY)
    assert sorted(work) == [date(2024, 3, 31), TODAY]


def test_a_span_is_read_from_the_present_state() -> None:
    asked = asked_periods([BUILT], [target(BUILT, deadline=date(2024, 3, 31))], TODAY)
    assert list(by_state(asked, {BUILT.name: BUILT}, TODAY)) == [TODAY]
