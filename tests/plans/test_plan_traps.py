"""Sums (3), gaps (4), figures left out (5) and hard sentences (6) of the plan, and how the model holds them.

Numbers after the names are the sections of the ledger's list of issues.
"""

from datetime import date

from tests.plans.plan_verdicts import END, END_2023, verdicts_of

from zonetwin.core.units import is_convertible
from zonetwin.packs.model import Catalogue
from zonetwin.plans.ledger import leads_of
from zonetwin.plans.model import Status, Target
from zonetwin.plans.plan import Plan

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
    found = verdicts_of(plan, catalogue, {"land_banked_area": 3000.0}, today=date(2026, 1, 1))
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
