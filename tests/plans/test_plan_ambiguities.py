"""Figures of the plan that can be read in several ways (2), and how the model holds them.

Numbers after the names are the sections of the ledger's list of issues.
"""

from datetime import date

from tests.plans.plan_verdicts import END, END_2023, verdicts_of

from zonetwin.core.units import convert
from zonetwin.packs.model import Catalogue
from zonetwin.plans.model import Status, Target
from zonetwin.plans.plan import Plan

# --- ambiguous figures (2) ---


def test_2_1_a_rise_without_a_baseline_is_in_points_and_says_so(figures: dict[str, Target]) -> None:
    rise = figures["T021"]
    assert (rise.comparator, rise.unit, rise.baseline) == ("+", "pp", None)
    assert "points or relative is not said" in rise.note.en
    assert rise.indicator != figures["T084"].indicator


def test_2_2_the_five_minutes_are_a_parameter_of_the_share(
    figures: dict[str, Target], catalogue: Catalogue
) -> None:
    time, share = figures["T022"], figures["T023"]
    assert (time.parent, time.relation, time.value, time.unit) == ("T023", "parameter", 5.0, "min")
    assert (share.value, share.unit) == (100.0, "percent")
    assert [need.minutes for need in catalogue.indicators[share.indicator].needs] == [time.value]


def test_2_3_water_use_divides_by_ten_thousand_once(figures: dict[str, Target]) -> None:
    water = figures["T024"]
    assert (water.unit, water.direction, water.comparator_basis) == ("m3/万元", "down", "convention")
    assert convert(water.value, water.unit, "m3/万元") == 5.0


def test_2_4_one_hundred_percent_with_two_readings_is_two_rows(figures: dict[str, Target]) -> None:
    first, second = figures["T109"].clause, figures["T110"].clause
    assert (first.number_start, first.number_end) == (second.number_start, second.number_end)
    assert "low confidence" in figures["T110"].note.en


def test_2_5_a_count_over_three_works_is_read_as_governing_all(figures: dict[str, Target]) -> None:
    assert figures["T101"].indicator == figures["T106"].indicator == "rivers_dredged"
    assert "read as yes" in figures["T101"].note.en


def test_2_6_a_yearly_amount_is_not_a_total(figures: dict[str, Target]) -> None:
    for name in ("T026", "T119"):
        assert (figures[name].cadence, figures[name].value) == ("annual", 1000.0)
    assert "motor vehicles only" in figures["T119"].note.en


def test_2_7_return_periods_are_ranges_and_capabilities_to_be_simulated(figures: dict[str, Target]) -> None:
    sewers = figures["T126"]
    assert (sewers.value, sewers.value_max, sewers.unit) == (3.0, 5.0, "年一遇")
    assert (figures["T125"].relation, figures["T125"].parent) == ("parameter", "T124")
    gaps = {figures[name].unbound for name in ("T124", "T126", "T127")}
    assert {gap.code for gap in gaps if gap} == {"design-standard"}


def test_2_8_the_size_of_the_station_is_a_parameter(figures: dict[str, Target]) -> None:
    assert (figures["T138"].unit, figures["T138"].relation, figures["T138"].parent) == (
        "吨级",
        "parameter",
        "T137",
    )


def test_2_9_a_time_without_a_share_cannot_be_scored(plan: Plan, catalogue: Catalogue) -> None:
    found = verdicts_of(plan, catalogue, {}, today=date(2024, 6, 1))
    assert {found[name].code for name in ("T050", "T051")} == {"threshold"}
    assert found["T051"].status is Status.CANNOT_BE_SCORED


def test_2_10_firms_and_households_are_parts_in_another_unit(figures: dict[str, Target]) -> None:
    for name, unit in (("T039", "家"), ("T040", "户")):
        assert (figures[name].parent, figures[name].relation, figures[name].unit) == (
            "T038",
            "component",
            unit,
        )


def test_2_11_the_existing_stock_is_no_target(plan: Plan, catalogue: Catalogue) -> None:
    found = verdicts_of(plan, catalogue, {}, today=date(2024, 6, 1))
    assert {found[name].status for name in ("T046", "T096", "T118", "T130")} == {Status.NOT_A_TARGET}


def test_2_12_school_places_belong_to_built_and_handed_over_schools(
    figures: dict[str, Target], catalogue: Catalogue
) -> None:
    places = figures["T059"]
    assert (places.value, places.unit, convert(places.value, places.unit, "place")) == (
        1.5,
        "万place",
        15000.0,
    )
    assert catalogue.indicators[places.indicator].parameters["work"] == "new,deliver"


def test_2_13_investment_is_a_forecast_and_its_growth_a_parameter(figures: dict[str, Target]) -> None:
    assert {figures[name].sort for name in ("T070", "T071", "T072")} == {"forecast"}
    assert (figures["T072"].parent, figures["T072"].relation, figures["T072"].comparator) == (
        "T071",
        "parameter",
        "+",
    )


def test_2_14_new_and_rebuilt_are_not_told_apart(figures: dict[str, Target], catalogue: Catalogue) -> None:
    for name in ("T084", "T090", "T087", "T065"):
        assert catalogue.indicators[figures[name].indicator].parameters["work"] == ""


def test_2_15_titles_given_by_the_city_are_striven_for(figures: dict[str, Target]) -> None:
    assert all("not in the zone's own power" in figures[name].note.en for name in ("T134", "T136"))


def test_2_16_undated_shares_take_the_end_of_the_plan(figures: dict[str, Target]) -> None:
    assert {figures[name].deadline_basis for name in ("T116", "T117", "T112")} == {"plan-period"}


def test_2_17_parts_of_one_centre_are_context(figures: dict[str, Target]) -> None:
    assert {figures[name].sort for name in ("T054", "T055", "T056")} == {"context"}
    assert sum(figures[name].value for name in ("T054", "T055", "T056")) == 8.0


def test_2_18_the_metro_line_is_no_third_axis(figures: dict[str, Target]) -> None:
    assert figures["T032"].value == 2.0
    assert "no third axis" in figures["T032"].note.en


def test_2_19_streets_of_2023_count_towards_the_stock_of_2025(
    figures: dict[str, Target], plan: Plan, catalogue: Catalogue
) -> None:
    assert (figures["T121"].parent, figures["T121"].relation) == ("T122", "stage")
    found = verdicts_of(plan, catalogue, {"sit_streets": 3.0}, today=date(2024, 6, 1))
    assert found["T121"].status is Status.MET
    assert found["T122"].value == 3.0


def test_2_20_grades_are_parameters_and_never_counts(figures: dict[str, Target]) -> None:
    assert {figures[name].unit for name in ("T114", "T133", "T135")} == {"星级"}
    assert {figures[name].relation for name in ("T133", "T135")} == {"parameter"}
    assert figures["T128"].value == 2.0


def test_2_21_equal_counts_of_different_things_have_different_indicators(figures: dict[str, Target]) -> None:
    for first, second in (("T097", "T100"), ("T101", "T107")):
        assert figures[first].value == figures[second].value
        assert figures[first].indicator != figures[second].indicator


def test_2_22_starts_without_a_date_of_their_own(plan: Plan) -> None:
    tasks = {task.id: task for task in plan.tasks}
    assert (tasks["P091"].deadline, tasks["P092"].deadline) == (END_2023, None)
    assert tasks["P154"].deadline == END


def test_2_23_aims_measured_outside_the_text_are_tasks_not_targets(plan: Plan) -> None:
    tasks = {task.id: task for task in plan.tasks}
    assert {tasks[name].kind for name in ("P021", "P022", "P120", "P197", "P310")} == {"aim"}


def test_2_24_groups_in_addition_are_never_parts(figures: dict[str, Target]) -> None:
    assert figures["T060"].parent == figures["T078"].parent == ""
    assert (figures["T079"].parent, figures["T079"].relation) == ("T078", "other-measure")


def test_2_25_the_thirteen_roads_are_not_tied_to_the_key_areas(figures: dict[str, Target]) -> None:
    assert (figures["T047"].scope, figures["T047"].deadline) == ("", END_2023)
