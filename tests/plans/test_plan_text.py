"""The pack against the plan's real text: every anchor points at its figure, and no sentence was copied."""

import hashlib
import re
from pathlib import Path

import pytest

from zonetwin.packs.model import Catalogue
from zonetwin.plans.anchors import check_document
from zonetwin.plans.model import Target
from zonetwin.plans.plan import Plan

pytestmark = pytest.mark.real

PACK = Path(__file__).parents[2] / "packs" / "plan-kunshan-2023"
HANZI = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "十": 10, "十五": 15}
WORDS = {"全面消除": 0, "清零": 0, "全面": 100, "全行业全要素": 100, "全覆盖": 100, "每季度": 1}
NAMES = (
    "昆山开发区打造产城融合示范园区行动计划",  # the title by which the document is cited
    "虹桥国际开放枢纽北向拓展带",  # names of two places, which have no shorter form
    "青阳港海峡两岸青少年交流中心",
)
RUN = 12


def _value(target: Target, number: str) -> float:
    if target.value_basis == "digit":
        return float(number.split("~")[0])
    if target.value_basis == "enumerated":
        return len([name for name in re.split("[、和]", number.removesuffix("等")) if name])
    return (HANZI | WORDS)[number]


def test_every_number_stands_at_its_offsets(plan: Plan, plan_text: str) -> None:
    for target in plan.targets:
        number = plan_text[target.clause.number_start : target.clause.number_end]
        assert _value(target, number) == target.value, (target.id, number)


def test_every_digest_is_that_of_its_number(plan: Plan, plan_text: str) -> None:
    found = check_document(plan_text, plan.document, plan.targets, plan.digests)
    assert (found.is_exact, len(found.kept), found.lost) == (True, 138, ())


def test_every_clause_is_whole_words_of_one_paragraph(plan: Plan, plan_text: str) -> None:
    for target in plan.targets:
        clause = plan_text[target.clause.start : target.clause.end]
        assert "\n" not in clause
        assert clause == clause.strip("。;")


def test_every_task_and_system_lies_inside_the_text(plan: Plan, catalogue: Catalogue, plan_text: str) -> None:
    spans = [(task.start, task.end) for task in plan.tasks]
    for row in catalogue.plan_packs[0].plan["systems"].rows:
        spans += [(int(a), int(b)) for a, b in (part.split("-") for part in row["spans"].split(";"))]
    assert all(0 <= start < end <= len(plan_text) for start, end in spans)


def test_every_mention_of_a_place_is_its_name(catalogue: Catalogue, plan_text: str) -> None:
    for row in catalogue.plan_packs[0].plan["places"].rows:
        starts = [int(start) for start in row["starts"].split(";")]
        assert len(starts) == int(row["mentions"])
        assert all(plan_text.startswith(row["name"], start) for start in starts), row["name"]


def test_no_sentence_of_the_plan_is_in_the_pack(plan_text: str) -> None:
    known = {
        run[i : i + RUN]
        for run in re.findall(f"[\u4e00-\u9fff]{{{RUN},}}", plan_text)
        for i in range(len(run) - RUN + 1)
    }
    copied = []
    for file in sorted(PACK.rglob("*")):
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            for name in NAMES:
                text = text.replace(name, "")
            for run in re.findall(f"[\u4e00-\u9fff]{{{RUN},}}", text):
                copied += [(file.name, run) for i in range(len(run) - RUN + 1) if run[i : i + RUN] in known]
    assert known
    assert copied == []


def test_the_pack_has_no_column_for_quotes(catalogue: Catalogue) -> None:
    for table in catalogue.plan_packs[0].plan.values():
        assert not {"quote", "text", "evidence"} & set(table.columns)


def test_the_document_is_named_by_its_digest(plan: Plan, plan_text: str) -> None:
    assert hashlib.sha256(plan_text.encode()).hexdigest() == plan.document.sha256
    assert len(plan_text) == plan.document.characters
