"""Attaching the plan's text: kept, checked by its numbers, shown on target pages."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.zone.little_plan import TEXT, make_zone

from zonetwin.core.actor import Actor
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.plans.anchors import ClauseText
from zonetwin.zone.attaching import attach, attached_text
from zonetwin.zone.judging import judge, judge_target
from zonetwin.zone.searching import search
from zonetwin.zone.zone import Zone, open_zone

ACTOR = Actor("planner", "bureau")


@pytest.fixture
def zone(tmp_path: Path) -> Iterator[Zone]:
    with open_zone(make_zone(tmp_path / "little", today=date(2024, 7, 1))) as opened:
        yield opened


def _file(zone: Zone, text: str | bytes, name: str = "plan.txt") -> Path:
    path = zone.folder.parent / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_the_very_text_is_attached_without_a_warning(zone: Zone) -> None:
    report = attach(zone, _file(zone, TEXT), ACTOR)
    assert (report.check.is_exact, report.check.kept, report.warnings) == (True, ("T1", "T2", "T3"), ())
    assert attached_text(zone, "little") == TEXT
    (change,) = zone.store.changes()
    assert (change.tool, change.actor, change.counts) == ("plan attach", ACTOR, {"plan_document": 1})


def test_a_target_page_shows_its_clause_once_a_text_is_attached(zone: Zone) -> None:
    assert judge_target(zone, "T1").clause is None
    attach(zone, _file(zone, TEXT), ACTOR)
    assert judge_target(zone, "T1").clause == ClauseText(
        before="一、目标。至2025年,",
        text="收储土地3000亩以上",
        after=",建成公园8处。其余从略。",
        number="3000",
    )


def test_a_text_that_differs_is_attached_with_a_warning(zone: Zone) -> None:
    changed = TEXT.replace("建成公园8处", "建成大公园8处")
    report = attach(zone, _file(zone, changed), ACTOR)
    assert (report.check.kept, report.check.lost) == (("T1", "T3"), ("T2",))
    assert [warning.en for warning in report.warnings] == [
        f"This is not the very text the plan's rows belong to ({len(TEXT)} characters expected, {len(TEXT) + 1} "
        "found).",
        "2 of 3 numbers still stand in their places.",
    ]
    assert judge_target(zone, "T1").clause is not None
    assert judge_target(zone, "T2").clause is None


def test_only_clauses_in_their_place_are_found_by_their_words(zone: Zone) -> None:
    assert [item.id for item in search(zone, "收储土地3000亩") if item.sort == "clause"] == []
    attach(zone, _file(zone, TEXT.replace("建成公园8处", "建成大公园8处")), ACTOR)
    assert [item.id for item in search(zone, "收储土地3000亩") if item.sort == "clause"] == ["T1"]
    assert [item.id for item in search(zone, "大公园") if item.sort == "clause"] == []


def test_the_text_may_come_in_another_encoding(zone: Zone) -> None:
    report = attach(zone, _file(zone, TEXT.replace("\n", "\r\n").encode("gb18030")), ACTOR)
    assert report.check.is_exact


def test_the_newest_text_counts_and_all_are_listed(zone: Zone) -> None:
    attach(zone, _file(zone, TEXT + "附件", "old.txt"), ACTOR)
    attach(zone, _file(zone, TEXT, "new.txt"), ACTOR)
    assert attached_text(zone, "little") == TEXT
    assert [item.file for item in judge(zone).attached] == ["old.txt", "new.txt"]


@pytest.mark.parametrize("name", ["plan.pdf", "plan.docx"])
def test_other_formats_are_refused_with_what_to_do(zone: Zone, name: str) -> None:
    with pytest.raises(InvalidInput, match=r"Save the document as a text file \(\.txt, UTF-8\)"):
        attach(zone, _file(zone, TEXT, name), ACTOR)


def test_another_text_is_refused_and_nothing_is_kept(zone: Zone) -> None:
    with pytest.raises(InvalidInput, match="none of its 3 numbers"):
        attach(zone, _file(zone, "别的文件\n"), ACTOR)
    assert attached_text(zone, "little") is None
    assert zone.store.last_change == 0
    assert not (zone.folder / "media").exists()


def test_a_plan_that_is_not_there_is_said(zone: Zone) -> None:
    with pytest.raises(NotFound, match="It has: little"):
        attach(zone, _file(zone, TEXT), ACTOR, plan="big")


def test_a_text_that_went_missing_is_no_error(zone: Zone) -> None:
    attach(zone, _file(zone, TEXT), ACTOR)
    for file in (zone.folder / "media").rglob("*"):
        if file.is_file():
            file.unlink()
    assert attached_text(zone, "little") is None
    assert judge_target(zone, "T1").clause is None


def test_the_answer_is_plain_values(zone: Zone) -> None:
    found = attach(zone, _file(zone, TEXT), ACTOR).as_json()
    assert (found["plan"], found["anchors_kept"], found["anchors"], found["lost"]) == ("little", 3, 3, [])
