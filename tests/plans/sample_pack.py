"""A small plan pack as tables, to be spoiled by tests."""

from pathlib import Path

from zonetwin.core.text import Text
from zonetwin.packs.model import Catalogue, Indicator, Pack, Place, Table
from zonetwin.plans.reading import PLAN_COLUMNS, TARGET_COLUMNS, TASK_COLUMNS
from zonetwin.plans.rules import TABLE, VerdictRules

Row = dict[str, str]
_NONE = Text("", "")

PLAN: Row = {
    "plan": "p",
    "title_zh": "计划",
    "title_en": "Plan",
    "start": "2023-01-01",
    "end": "2025-12-31",
    "document_title_zh": "文",
    "document_title_en": "Text",
    "document_issued": "2023-02-28",
    "document_characters": "40",
    "document_sha256": "00",
}

TARGET: Row = dict.fromkeys(TARGET_COLUMNS, "") | {
    "id": "T1",
    "sort": "target",
    "section": "一",
    "subject_zh": "收储",
    "subject_en": "Reserve",
    "comparator": "=",
    "comparator_basis": "unmarked",
    "value": "3000",
    "value_basis": "digit",
    "unit": "亩",
    "direction": "up",
    "start": "2023-01-01",
    "deadline": "2025-12-31",
    "deadline_basis": "explicit",
    "cadence": "cumulative",
    "leads": "bureau",
    "indicator": "reserve",
    "clause_start": "0",
    "clause_end": "10",
    "number_start": "4",
    "number_end": "8",
    "number_digest": "ab",
}

TASK: Row = dict.fromkeys(TASK_COLUMNS, "") | {
    "id": "P1",
    "section": "一",
    "title_zh": "任务",
    "title_en": "Task",
    "kind": "project",
    "clause_start": "0",
    "clause_end": "10",
    "targets": "T1",
}


def table(name: str, columns: tuple[str, ...], *rows: Row) -> Table:
    lines = tuple(range(2, 2 + len(rows)))
    return Table(name, "p", f"p/plan/{name}.csv", columns, tuple(rows), lines)


def indicator(
    name: str = "reserve", *, unit: str = "亩", over: str = "span", better: str = "higher"
) -> Indicator:
    return Indicator(
        name=name,
        pack="p",
        title=_NONE,
        unit=unit,
        per="area",
        better=better,  # type: ignore[arg-type]
        combine="sum",
        over=over,  # type: ignore[arg-type]
        needs=(),
        sql="",
        parameters={},
        band="none",
        source=_NONE,
        limits=_NONE,
        version="",
        place=Place("p/indicators/reserve.yaml", 1),
    )


def catalogue_of(
    *targets: Row, plan: Row = PLAN, tasks: tuple[Row, ...] = (TASK,), indicators: tuple[Indicator, ...] = ()
) -> Catalogue:
    """Give a catalogue with one plan pack of these rows; without targets it has the good one."""
    rules = [{"rule": name, "value": "0.5"} for name in VerdictRules.__slots__]
    tables = {
        "plan": table("plan", PLAN_COLUMNS, plan),
        "targets": table("targets", TARGET_COLUMNS, *(targets or (TARGET,))),
        "tasks": table("tasks", TASK_COLUMNS, *tasks),
        "organisations": table(
            "organisations",
            ("code", "zh", "en", "same_as"),
            {"code": "bureau", "zh": "局", "en": "Bureau", "same_as": ""},
            {"code": "centre", "zh": "局(中心)", "en": "Bureau (centre)", "same_as": "bureau"},
        ),
        "sections": table("sections", ("section", "zh", "en"), {"section": "一", "zh": "甲", "en": "One"}),
        "reasons": table("reasons", ("code", "zh", "en"), {"code": "no-series", "zh": "无", "en": "None"}),
    }
    pack = Pack("p", _NONE, "1", "o", "l", (), Path("p"), plan=tables)
    declared = {item.name: item for item in indicators or (indicator(),)}
    standard = {TABLE: table(TABLE, ("rule", "value"), *rules)}
    return Catalogue((pack,), {}, {}, declared, {}, (), standard)
