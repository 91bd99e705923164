"""Sentences of verdicts: numbers as people write them, in both languages."""

from datetime import date

import pytest
from tests.plans.examples import END, START, target

from zonetwin.core.text import Text
from zonetwin.plans import wording
from zonetwin.plans.model import Status


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3000.0, "3,000"),
        (1234567.8, "1,234,568"),
        (99.38, "99.38"),
        (0.54, "0.54"),
        (1 / 3, "0.3333"),
        (0.0, "0"),
        (5.0, "5"),
        (-12.5, "-12.5"),
        (0.00001, "0"),
    ],
)
def test_a_number_is_whole_from_a_thousand_on(value: float, text: str) -> None:
    assert wording.number_text(value) == text


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (3000, "亩", "3,000 亩", "3,000 mu"),
        (17, "万m2", "17 万 m²", "170,000 m²"),
        (1.04, "万亩", "1.04 万亩", "10,400 mu"),
        (1.5, "万place", "1.5 万个学位", "15,000 school places"),
        (70, "亿元", "70 亿元", "7,000,000,000 CNY"),
        (100, "percent", "100%", "100%"),
        (3, "pp", "3 百分点", "3 pp"),
        (13, "条", "13 条", "13"),
        (100, "年一遇", "100 年一遇", "100-year return period"),
        (1, "所", "1 所", "1 school"),
        (1, "座", "1 座", "1 facility"),
        (1, "轴", "1 轴", "1 axis"),
        (1, "亩", "1 亩", "1 mu"),
    ],
)
def test_an_amount_has_the_unit_of_its_language(value: float, unit: str, zh: str, en: str) -> None:
    assert wording.amount(value, unit) == Text(zh, en)


@pytest.mark.parametrize(
    ("changes", "zh", "en"),
    [
        ({}, "3,000 亩", "3,000 mu"),
        ({"comparator": ">="}, "≥ 3,000 亩", "≥ 3,000 mu"),
        ({"comparator": "<=", "value": 5.0, "unit": "m3/万元"}, "≤ 5 m³/万元", "≤ 5 m³/10k CNY"),
        ({"comparator": "~", "value": 8000.0, "unit": "套"}, "约 8,000 套", "about 8,000 homes"),
        ({"comparator": "+", "value": 3.0, "unit": "pp"}, "提升 3 百分点", "+3 pp"),
        ({"value": 3.0, "value_max": 5.0, "unit": "年一遇"}, "3–5 年一遇", "3–5-year return period"),
        ({"cadence": "annual", "value": 1000.0, "unit": "个"}, "每年 1,000 个", "1,000 a year"),
        ({"cadence": "annual", "value": 1.0, "unit": "次/季度"}, "1 次/季度", "1 per quarter"),
        ({"cadence": "annual", "deadline": date(2023, 12, 31)}, "3,000 亩", "3,000 mu"),
    ],
)
def test_an_aim_keeps_its_comparator(changes: dict[str, object], zh: str, en: str) -> None:
    assert wording.aim_text(target(**changes)) == Text(zh, en)


def test_a_slow_pace_is_said_as_what_is_left() -> None:
    schools = target(unit="所", value=4.0)
    assert wording.needed(schools, 0.25, 3.0) == Text(
        "还差 3 所,余 12.0 个月。", "Still missing: 3 schools, in 12.0 months."
    )
    assert wording.needed(schools, 2.0, 3.0).en == "From here 2 schools a month are needed."


def test_every_status_has_a_title() -> None:
    assert set(wording.STATUS_TITLES) == set(Status)


def test_sentences_are_joined_without_a_space_in_chinese() -> None:
    both = wording.joined([Text("甲。", "A."), Text("", ""), Text("乙。", "B.")])
    assert both == Text("甲。乙。", "A. B.")


def test_every_sentence_is_in_both_languages() -> None:
    asked = target()
    sentences = [
        wording.met(asked, 3000, END),
        wording.past_deadline(asked, 1, END),
        wording.paced(asked, 1, 2, START),
        wording.open_result(asked, 1, 0.5, START),
        wording.holds(asked, 1, START, is_kept=True),
        wording.band_open(asked, 1, 2),
        wording.years_unknown([2023]),
        wording.claims_ahead(asked, 5, Status.MET),
        wording.no_deadline(asked),
        wording.no_baseline(asked),
        wording.stage_missed(["T2"]),
    ]
    for sentence in sentences:
        assert sentence.zh.endswith("。")
        assert sentence.en.endswith(".")
