"""Every trap of the plan that the ledger lists, and how the model holds it.

Numbers after the names are the sections of the ledger's list of issues.
"""

from collections import Counter
from datetime import date, timedelta

import pytest

from zonetwin.core.period import Period
from zonetwin.core.units import convert, is_convertible
from zonetwin.packs.model import Catalogue
from zonetwin.plans.ledger import Evidence, judge_targets, leads_of
from zonetwin.plans.measured import Measured
from zonetwin.plans.model import Status, Target, Verdict
from zonetwin.plans.plan import Plan

START, END_2023, END = date(2023, 1, 1), date(2023, 12, 31), date(2025, 12, 31)


@pytest.fixture(scope="module")
def figures(plan: Plan) -> dict[str, Target]:
    return {target.id: target for target in plan.targets}


def _verdicts(
    plan: Plan, catalogue: Catalogue, values: dict[str, float], *, today: date
) -> dict[str, Verdict]:
    """Judge the plan with these running totals of indicators, measured to each deadline and to today."""
    evidence = {}
    for name, value in values.items():
        unit = catalogue.indicators[name].unit
        ends = {min(today, END_2023), min(today, END), today}
        evidence[name] = Evidence(
            tuple(
                Measured(Period(START, end + timedelta(days=1)), value, value, unit, of=1.0) for end in ends
            )
        )
    return judge_targets(plan.targets, evidence, today=today, rules=plan.rules)


# --- conventions (0) ---


def test_0_there_are_138_rows_and_116_commitments(plan: Plan) -> None:
    assert len(plan.targets) == 138
    assert sum(not target.duplicate_of for target in plan.targets) == 116


def test_0_goal_rows_take_their_organisations_from_the_row_they_repeat(figures: dict[str, Target]) -> None:
    assert figures["T012"].leads == ()
    assert leads_of(figures["T012"], figures) == (
        "economic_promotion",
        "planning_construction",
        "science_technology",
    )


def test_0_words_and_lists_are_marked_as_interpretations(plan: Plan) -> None:
    bases = Counter(target.value_basis for target in plan.targets)
    assert bases == {"digit": 96, "hanzi": 27, "word": 6, "enumerated": 9}


def test_0_no_bound_in_the_text_is_a_convention(figures: dict[str, Target]) -> None:
    found = {
        name: (figures[name].comparator, figures[name].comparator_basis) for name in ("T029", "T027", "T008")
    }
    assert found == {"T029": ("<=", "convention"), "T027": (">=", "convention"), "T008": (">=", "explicit")}


def test_0_dates_say_where_they_come_from(plan: Plan) -> None:
    for target in plan.targets:
        assert (target.deadline is None) == (target.deadline_basis == "none")
    assert Counter(target.deadline for target in plan.targets).keys() == {None, END_2023, END}


def test_0_mu_and_square_metres_are_one_thing_and_counting_words_are_not() -> None:
    assert convert(3000, "亩", "m2") == pytest.approx(2_000_000)
    assert convert(1.04, "万亩", "km2") == pytest.approx(6.9333333)
    assert not is_convertible("处", "个")
    assert not is_convertible("percent", "pp")


# --- inconsistencies (1) ---


def test_1_1_extensions_begun_are_not_extensions_done(plan: Plan, catalogue: Catalogue) -> None:
    values = {"schools_extension_started": 8.0, "schools_extended": 0.0}
    found = _verdicts(plan, catalogue, values, today=date(2026, 1, 1))
    assert found["T060"].status is Status.MET
    assert found["T015"].status is Status.MISSED
    assert "counted by its own" in found["T015"].reason.en


def test_1_2_the_2500_homes_are_the_first_group_only(
    figures: dict[str, Target], catalogue: Catalogue
) -> None:
    assert figures["T017"].duplicate_of == "T077"
    assert figures["T079"].duplicate_of == ""
    groups = {
        catalogue.indicators[figures[name].indicator].parameters["plan_target"] for name in ("T077", "T079")
    }
    assert groups == {"T077", "T079"}


def test_1_3_market_homes_are_a_forecast_of_another_thing(figures: dict[str, Target]) -> None:
    assert (figures["T070"].sort, figures["T070"].comparator) == ("forecast", "~")
    assert figures["T070"].indicator not in {figures[name].indicator for name in ("T077", "T079", "T081")}


def test_1_4_resettlement_of_2023_is_no_part_of_that_of_2025(
    figures: dict[str, Target], plan: Plan, catalogue: Catalogue
) -> None:
    assert figures["T073"].value > figures["T074"].value
    assert figures["T073"].parent == figures["T074"].parent == ""
    values = {"resettlement_named_2023": 290_000.0, "resettlement_named_2025": 0.0}
    found = _verdicts(plan, catalogue, values, today=date(2026, 1, 1))
    assert (found["T073"].status, found["T074"].status) == (Status.MET, Status.MISSED)


def test_1_5_estates_begun_and_estates_done_are_counted_in_their_own_words(
    figures: dict[str, Target],
) -> None:
    assert (figures["T066"].unit, figures["T067"].unit) == ("处", "个")
    assert (figures["T067"].parent, figures["T067"].relation) == ("T066", "stage")
    assert (figures["T066"].indicator, figures["T067"].indicator) == (
        "old_estates_completed",
        "old_estates_started",
    )


def test_1_6_the_sewers_of_2023_have_no_length_and_are_foul_only(figures: dict[str, Target]) -> None:
    lengths = [name for name, item in figures.items() if item.indicator == "sewer_length_renewed"]
    assert lengths == ["T098"]
    assert "Foul sewers only" in figures["T103"].note.en


def test_1_7_at_least_in_the_goal_and_bare_in_the_task_is_one_commitment(figures: dict[str, Target]) -> None:
    assert (figures["T008"].comparator, figures["T037"].comparator) == (">=", "=")
    assert figures["T008"].duplicate_of == "T037"


def test_1_8_built_and_added_dormitories_are_one_commitment_with_a_note(figures: dict[str, Target]) -> None:
    assert figures["T018"].duplicate_of == "T081"
    assert "conversions" in figures["T081"].note.en


def test_1_9_lengths_of_begun_roads_stand_beside_the_count(figures: dict[str, Target]) -> None:
    for name in ("T048", "T049"):
        assert (figures[name].parent, figures[name].relation) == ("T047", "component")
    assert "inside or beside" in figures["T049"].note.en
    assert all("started" in figures[name].indicator for name in ("T047", "T048", "T049"))


def test_1_10_clearing_promised_three_times_stays_three_tasks_without_a_figure(plan: Plan) -> None:
    tasks = {task.id: task for task in plan.tasks}
    assert {tasks[name].section for name in ("P009", "P046", "P199")} == {"二-2", "三(一)2", "三(四)2"}
    assert tasks["P046"].leads == ("planning_construction",)


def test_1_11_names_of_places_that_drift_are_not_merged(catalogue: Catalogue) -> None:
    (pack,) = catalogue.plan_packs
    names = [row["name"] for row in pack.plan["places"].rows]
    assert len(names) == len(set(names)) == 112
    assert sum(name.startswith("青阳港") for name in names) == 8


def test_1_12_two_spellings_of_one_bureau_are_one_body(plan: Plan) -> None:
    assert plan.organisation("social_governance").same_as == "social_administration"
    assert [item.code for item in plan.organisations if item.same_as] == ["social_governance"]


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
    found = _verdicts(plan, catalogue, {}, today=date(2024, 6, 1))
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
    found = _verdicts(plan, catalogue, {}, today=date(2024, 6, 1))
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
    found = _verdicts(plan, catalogue, {"sit_streets": 3.0}, today=date(2024, 6, 1))
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


# --- sums (3) ---


def test_3_goals_and_tasks_give_equal_figures(figures: dict[str, Target]) -> None:
    for target in figures.values():
        if target.duplicate_of:
            original = figures[target.duplicate_of]
            assert (target.value, target.unit, target.deadline) == (
                original.value,
                original.unit,
                original.deadline,
            )


def test_3_parks_of_2023_are_a_third_of_those_of_2025(figures: dict[str, Target]) -> None:
    for stage, whole in (("T093", "T090"), ("T094", "T091"), ("T095", "T092")):
        assert figures[stage].parent == whole
        assert figures[stage].value * 3 == figures[whole].value


def test_3_stages_have_the_unit_of_their_whole_or_count_starts(figures: dict[str, Target]) -> None:
    for target in figures.values():
        if target.relation == "stage" and target.id != "T067":
            assert is_convertible(target.unit, figures[target.parent].unit)
            assert target.value < figures[target.parent].value


def test_3_the_summary_counts_no_duplicate(plan: Plan, catalogue: Catalogue) -> None:
    found = _verdicts(plan, catalogue, {"land_banked_area": 3000.0}, today=date(2026, 1, 1))
    assert found["T008"].status is found["T037"].status is Status.MET
    assert found["T008"].reason.en.startswith("The same commitment as T037.")


# --- orphans (4) ---


def test_4_five_goals_have_no_organisation_at_all(plan: Plan, figures: dict[str, Target]) -> None:
    orphans = [
        item.id for item in plan.targets if not leads_of(item, figures) and item.relation != "parameter"
    ]
    assert orphans == ["T009", "T021", "T023", "T024"]


def test_4_no_figure_falls_in_2024_and_no_baseline_is_given(plan: Plan) -> None:
    assert not any(target.deadline and target.deadline.year == 2024 for target in plan.targets)
    assert not any(target.baseline for target in plan.targets)


def test_4_joint_leads_are_kept_together(figures: dict[str, Target]) -> None:
    assert figures["T077"].leads == ("planning_construction", "investment_group")


def test_4_only_named_projects_are_seeded(catalogue: Catalogue) -> None:
    (pack,) = catalogue.plan_packs
    places = {row["name"] for row in pack.plan["places"].rows}
    for row in pack.plan["projects"].rows:
        assert set(row["places"].split(";")) <= places, row["key"]


def test_4_projects_are_of_known_classes_and_works(catalogue: Catalogue) -> None:
    works = {row["category"]: row["work"].split(";") for row in catalogue.tables["project_classes"].rows}
    (pack,) = catalogue.plan_packs
    assert len(pack.plan["projects"].rows) == 89
    for row in pack.plan["projects"].rows:
        assert row["work"] in works[row["category"]], row["key"]


# --- figures left out (5) ---


def test_5_policy_labels_are_tasks_and_give_no_figure(plan: Plan) -> None:
    tasks = {task.id: task for task in plan.tasks}
    labels = ("P040", "P047", "P043", "P090", "P086", "P093", "P104", "P037", "P074", "P054", "P250")
    spans = [(target.clause.number_start, target.clause.number_end) for target in plan.targets]
    for name in labels:
        inside = [span for span in spans if tasks[name].start <= span[0] and span[1] <= tasks[name].end]
        assert not inside, name


# --- parse cases (6) ---


def test_6_7_eight_roads_and_their_kilometres_are_two_measures_of_one_work(
    figures: dict[str, Target],
) -> None:
    assert (figures["T098"].parent, figures["T098"].relation) == ("T097", "component")
    assert (figures["T097"].unit, figures["T098"].unit) == ("条", "km")


def test_6_8_grades_counts_and_one_station_in_one_sentence(figures: dict[str, Target]) -> None:
    found = {
        name: (figures[name].value, figures[name].unit) for name in ("T133", "T134", "T136", "T137", "T138")
    }
    assert found == {
        "T133": (5.0, "星级"),
        "T134": (3.0, "个"),
        "T136": (7.0, "个"),
        "T137": (1.0, "座"),
        "T138": (600.0, "吨级"),
    }


def test_6_10_an_area_of_one_year_and_a_flow_of_every_year_side_by_side(figures: dict[str, Target]) -> None:
    assert (figures["T025"].cadence, figures["T025"].deadline) == ("cumulative", END_2023)
    assert (figures["T026"].cadence, figures["T026"].deadline) == ("annual", END)


def test_every_verb_of_starting_is_bound_to_starts(figures: dict[str, Target], catalogue: Catalogue) -> None:
    begun = {"T047", "T048", "T049", "T060", "T062", "T067", "T075", "T078", "T079", "T111", "T137"}
    stages = {
        target.id: catalogue.indicators[target.indicator].parameters.get("stage")
        for target in figures.values()
        if target.indicator and not target.duplicate_of
    }
    assert {name for name, stage in stages.items() if stage == "started"} == begun
