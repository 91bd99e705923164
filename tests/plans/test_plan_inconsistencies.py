"""The ledger's conventions (0) and where the plan contradicts itself (1), and how the model holds it.

Numbers after the names are the sections of the ledger's list of issues.
"""

from collections import Counter
from datetime import date

import pytest
from tests.plans.plan_verdicts import END, END_2023, verdicts_of

from zonetwin.core.units import convert, is_convertible
from zonetwin.packs.model import Catalogue
from zonetwin.plans.ledger import leads_of
from zonetwin.plans.model import Status, Target
from zonetwin.plans.plan import Plan

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
    found = verdicts_of(plan, catalogue, values, today=date(2026, 1, 1))
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
    found = verdicts_of(plan, catalogue, values, today=date(2026, 1, 1))
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
