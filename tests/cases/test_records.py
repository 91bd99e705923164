"""Tests of reading cases: filters, pages, answers kept."""

from datetime import date

import pytest

from zonetwin.cases.classes import Rules
from zonetwin.cases.model import CaseDraft, Claim
from zonetwin.cases.records import (
    CaseFilter,
    cases_of_site,
    find_answer,
    find_case,
    join_list,
    list_cases,
    read_case,
    read_dossiers,
)
from zonetwin.cases.writing import Occasion, open_case, record_claim, remember_answer, set_place
from zonetwin.core.actor import Actor
from zonetwin.core.errors import Conflict, InvalidInput, NotFound
from zonetwin.store.model import Store

CLERK = Actor("clerk", "builders")
ENDS = {"A": date(2024, 3, 1), "B": date(2024, 9, 1), "C": None, "D": date(2024, 1, 1), "E": date(2024, 3, 1)}


@pytest.fixture
def five(store: Store, rules: Rules, occasion: Occasion) -> Store:
    """Five cases; D is complete, C has no planned end, B is a school of another organisation."""
    with store.begin(actor=CLERK, tool="test") as writer:
        for key, end in ENDS.items():
            draft = CaseDraft(
                "project",
                f"步道{key}",
                "school" if key == "B" else "trail",
                "teachers" if key == "B" else "builders",
                key=key,
                title_en=f"100% Trail_{key}",
                planned_end=end,
                targets=("T1", "T12") if key == "E" else ("T2",),
            )
            case = open_case(store, writer, draft, rules, occasion)
            if key == "D":
                claim = Claim(date(2024, 2, 1), "builders", "complete")
                record_claim(store, writer, case.id, claim, rules, occasion)
    return store


def keys(store: Store, which: CaseFilter, sort: str = "id") -> str:
    page = list_cases(store, which, sort=sort)
    assert page.total == len(page.items)
    return "".join(case.key for case in page.items)


@pytest.mark.parametrize(
    ("which", "expected"),
    [
        (CaseFilter(), "ABCDE"),
        (CaseFilter(flow="other"), ""),
        (CaseFilter(categories=("school",)), "B"),
        (CaseFilter(categories=("school", "trail")), "ABCDE"),
        (CaseFilter(stage="complete"), "D"),
        (CaseFilter(organisation="teachers"), "B"),
        (CaseFilter(target="T1"), "E"),
        (CaseFilter(words="步道c"), "C"),
        (CaseFilter(words="100% trail"), "ABCDE"),
        (CaseFilter(words="1_0"), ""),
        (CaseFilter(late_before=date(2024, 6, 30), finished_rank=4), "AE"),
    ],
)
def test_a_filter_keeps_the_cases_it_names(five: Store, which: CaseFilter, expected: str) -> None:
    assert keys(five, which) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("-id", "EDCBA"),
        ("key", "ABCDE"),
        ("planned_end", "DAEBC"),
        ("-planned_end", "BEADC"),
        ("stage", "ABCED"),
        ("-organisation", "BEDCA"),
    ],
)
def test_cases_are_sorted_with_ties_by_id_and_missing_days_last(
    five: Store, sort: str, expected: str
) -> None:
    assert keys(five, CaseFilter(), sort) == expected


@pytest.mark.parametrize("sort", ["id", "-id", "planned_end", "-planned_end", "title"])
def test_pages_follow_each_other_without_gap_or_repetition(five: Store, sort: str) -> None:
    whole = [case.key for case in list_cases(five, CaseFilter(), sort=sort).items]
    found: list[str] = []
    after = None
    while True:
        page = list_cases(five, CaseFilter(), sort=sort, after=after, limit=2)
        assert page.total == 5
        found += [case.key for case in page.items]
        after = page.next
        if after is None:
            break
    assert found == whole


def test_a_sort_a_limit_or_a_cursor_that_is_none_is_refused(five: Store) -> None:
    with pytest.raises(InvalidInput, match="sorted by 'colour'"):
        list_cases(five, CaseFilter(), sort="colour")
    with pytest.raises(InvalidInput, match="limit is 0"):
        list_cases(five, CaseFilter(), limit=0)
    with pytest.raises(InvalidInput, match="is not a cursor"):
        list_cases(five, CaseFilter(), after="page2")


def test_cases_are_found_by_key_and_by_site(five: Store, rules: Rules) -> None:
    number = find_case(five, "project", "B")
    assert number is not None
    assert find_case(five, "project", "Z") is None
    with five.begin(actor=CLERK, tool="test") as writer:
        set_place(five, writer, number, site="project_site/7", area="west", rules=rules)
    assert [(case.key, case.area) for case in cases_of_site(five, "project_site/7")] == [("B", "west")]


def test_all_dossiers_are_read_with_their_ledgers(five: Store) -> None:
    ledgers = {dossier.case.key: len(dossier.moves) for dossier in read_dossiers(five, "project")}
    assert ledgers == {"A": 0, "B": 0, "C": 0, "D": 1, "E": 0}


def test_a_case_that_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound, match="no case 7"):
        read_case(store, 7)


def test_a_repeated_key_gets_the_answer_it_got(store: Store) -> None:
    with store.begin(actor=CLERK, tool="test") as writer:
        remember_answer(writer, "k1", "request", 3, None)
        remember_answer(writer, "k2", "request", 3, 8)
    assert find_answer(store, "k1", "request") == (3, None)
    assert find_answer(store, "k2", "request") == (3, 8)
    assert find_answer(store, "k3", "request") is find_answer(store, "", "request") is None
    with pytest.raises(Conflict, match="used for another request"):
        find_answer(store, "k1", "something else")


def test_a_part_of_a_list_cannot_hold_the_separator() -> None:
    assert join_list(["a", " ", "b "]) == "a;b"
    with pytest.raises(InvalidInput, match="contains a semicolon"):
        join_list(["a;b"])
