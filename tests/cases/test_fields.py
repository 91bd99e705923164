"""Tests of the fields people fill in."""

from dataclasses import replace
from datetime import date

import pytest
from tests.cases.samples import claim, dossier

from zonetwin.cases.classes import Rules
from zonetwin.cases.fields import CaseChange, changed_case, check_fields, field_edits
from zonetwin.cases.model import Case, Quantity
from zonetwin.core.errors import InvalidInput


def trail() -> Case:
    return replace(dossier().case, planned_end=date(2024, 5, 1), quantities=(Quantity("length", "km", 8.0),))


def test_only_the_fields_given_change(rules: Rules) -> None:
    after = changed_case(trail(), CaseChange(title="河岸步道", planned_end="2024-09-01"), (), rules)
    assert field_edits(trail(), after) == {
        "title": ("步道", "河岸步道"),
        "planned_end": ("2024-05-01", "2024-09-01"),
    }


def test_planned_amounts_are_replaced_and_taken_away_one_by_one(rules: Rules) -> None:
    after = changed_case(trail(), CaseChange(planned={"length": None}), (), rules)
    assert field_edits(trail(), after) == {"planned:length": ("8", "")}
    assert after.quantities == ()


def test_a_planned_amount_taken_away_leaves_what_was_claimed(rules: Rules) -> None:
    moves = (claim(1, "building", "2024-01-01", length=3.0),)
    after = changed_case(trail(), CaseChange(planned={"length": None}), moves, rules)
    assert after.quantities == (Quantity("length", "km", None, 3.0, None),)


def test_an_empty_day_takes_the_day_away(rules: Rules) -> None:
    assert changed_case(trail(), CaseChange(planned_end=""), (), rules).planned_end is None


def test_what_is_no_day_is_refused(rules: Rules) -> None:
    with pytest.raises(InvalidInput, match="'next year' is not a day"):
        changed_case(trail(), CaseChange(planned_end="next year"), (), rules)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (CaseChange(title="  "), "no title"),
        (CaseChange(organisation=""), "no organisation"),
        (CaseChange(category="school"), "'school' does not carry 'length'"),
        (CaseChange(work="mend"), "work 'mend' is unknown"),
        (CaseChange(planned_start="2024-06-01"), "lies before the planned start"),
    ],
)
def test_fields_that_cannot_stand_are_refused(rules: Rules, change: CaseChange, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        check_fields(changed_case(trail(), change, (), rules), rules)
