"""Tests of the classes of case a pack declares."""

from dataclasses import replace

import pytest
from tests.cases.conftest import PACKS

from zonetwin.cases.classes import QUANTITIES, WORKS, Rules, read_classes, read_rules
from zonetwin.core.errors import InvalidInput, InvalidPack, NotFound
from zonetwin.packs.load import load_catalogue
from zonetwin.packs.model import Table


def tables(category: str) -> dict[str, Table]:
    """Give the three tables with one category row, written `category,works,quantities`."""
    name, works, quantities = category.split(",")
    columns = ("category", "work", "title_zh", "title_en", "quantities")
    row = dict(zip(columns, (name, works, "校", "School", quantities), strict=True))
    title = {"title_zh": "", "title_en": ""}
    return {
        "project_classes": Table("project_classes", "p", "classes.csv", columns, (row,), (2,)),
        WORKS: Table(WORKS, "p", "works.csv", ("work",), ({"work": "new", **title},), (2,)),
        QUANTITIES: Table(
            QUANTITIES, "p", "quantities.csv", ("quantity",), ({"quantity": "places", "unit": "place",
            **title},), (2,)
        ),
    }  # fmt: skip


def test_a_school_carries_places_in_their_unit(rules: Rules) -> None:
    assert rules.classes.quantity_of("school", "places").unit == "place"
    assert rules.classes.categories["school"].works == ("new", "deliver", "extend")
    assert rules.classes.works["rebuild"].zh == "改造提升"


def test_an_unknown_category_is_named_with_those_there_are(rules: Rules) -> None:
    with pytest.raises(InvalidInput, match="'skool' is unknown") as caught:
        rules.classes.check_category("skool")
    assert "school" in caught.value.hint


def test_a_work_may_be_unrecorded_but_not_unknown(rules: Rules) -> None:
    rules.classes.check_work("")
    with pytest.raises(InvalidInput, match="'mend' is unknown"):
        rules.classes.check_work("mend")


def test_faults_of_the_tables_are_all_told_with_their_line(rules: Rules) -> None:
    with pytest.raises(InvalidPack) as caught:
        read_classes(rules.flow, tables("school,new;mend,places:km;seats:place"))
    assert [str(issue) for issue in caught.value.issues] == [
        "classes.csv:2: The work 'mend' is unknown.",
        "classes.csv:2: The quantity 'places:km' is not in the table 'case_quantities'.",
        "classes.csv:2: The quantity 'seats:place' is not in the table 'case_quantities'.",
    ]


def test_a_missing_table_is_told_with_the_flow_that_names_it(rules: Rules) -> None:
    with pytest.raises(InvalidPack, match="'nowhere' of the flow 'project' is missing"):
        read_classes(replace(rules.flow, classes="nowhere"), tables("school,new,places:place"))


def test_a_zone_without_the_flow_is_told_what_to_do() -> None:
    with pytest.raises(NotFound, match="Add the pack that declares it"):
        read_rules(load_catalogue(["base"], [PACKS]), "project")
