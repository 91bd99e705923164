"""What people type meets names: parts, words, initials in every reading, width and case."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.zone.name_matching import Closeness, closeness, fold, matchable

NAMES = ("夏东人才公寓", "Xiadong Talent Apartments")


def near(asked: str, *names: str) -> Closeness | None:
    return closeness(matchable(names or NAMES), fold(asked))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("夏东人才公寓", Closeness.EXACT),
        ("xiadong talent apartments", Closeness.EXACT),
        ("夏东", Closeness.PREFIX),
        ("Xiadong", Closeness.PREFIX),
        ("talent", Closeness.PREFIX),
        ("xdrcgy", Closeness.INITIALS),
        ("XDRC", Closeness.INITIALS),
        ("xiadongren", Closeness.INITIALS),
        ("xia dong ren", Closeness.INITIALS),
        ("人才", Closeness.PART),
        ("rcgy", Closeness.PART),
        ("partment", Closeness.PART),
        ("apartments xiadong", Closeness.PART),
        ("公园", None),
        ("xdgy", None),
        ("talent park", None),
    ],
)
def test_a_name_is_met(asked: str, expected: Closeness | None) -> None:
    assert near(asked) is expected


@pytest.mark.parametrize("asked", ["cjl", "zjl", "changjianglu"])
def test_a_character_of_several_readings_is_met_by_each(asked: str) -> None:
    assert near(asked, "长江路") is Closeness.INITIALS


def test_width_case_and_spaces_do_not_count() -> None:
    assert near("Ｘｉａｄｏｎｇ　 TALENT") is Closeness.PREFIX
    assert near("１２ 号楼", "12 号楼") is Closeness.EXACT


def test_letters_and_digits_in_a_chinese_name_are_their_own_initials() -> None:
    assert near("b12d", "B12栋") is Closeness.INITIALS


def test_one_letter_meets_no_initials() -> None:
    assert near("x", "夏东") is None


def test_what_stands_only_in_the_text_about_a_thing_is_met_in_part() -> None:
    axis = matchable(["展示轴"], about="长江路轴;前进路轴")
    assert closeness(axis, "长江路") is Closeness.PART
    assert closeness(axis, "展示轴") is Closeness.EXACT


def test_any_of_several_names_is_met() -> None:
    assert near("T001", "口袋公园", "Pocket gardens", "T001") is Closeness.EXACT


@given(st.text(max_size=30), st.text(min_size=1, max_size=10))
def test_any_text_can_be_asked_of_any_name(name: str, asked: str) -> None:
    if fold(asked):
        closeness(matchable([name]), fold(asked))


@given(st.text(alphabet="人才公寓中心路桥长行", min_size=2, max_size=12), st.data())
def test_every_part_of_a_name_meets_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    assert near(name[start:end], name) is not None


def test_twenty_thousand_names_are_matched_quickly() -> None:
    characters = "东西南北中江河湖海人才公寓学校医院花园小区大道路街巷桥"
    names = [
        "".join(characters[(number * step + step) % len(characters)] for step in (3, 7, 11, 17)) + str(number)
        for number in range(20_000)
    ]
    made = [matchable([name, f"Some name {number}"]) for number, name in enumerate(names)]
    begun = time.perf_counter()
    found = sum(closeness(name, "nbdh") is not None for name in made)
    # 8 to 21 ms were measured; the bound leaves room for a busy machine
    assert time.perf_counter() - begun < 0.25
    assert found < 20_000
