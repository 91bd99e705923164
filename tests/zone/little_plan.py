"""A zone with a small plan of its own: two figures, and the text they stand in."""

import csv
import hashlib
from datetime import date
from pathlib import Path

from tests.plans.sample_pack import TARGET, TASK, Row

from zonetwin.zone.settings import ZoneSettings, write_settings

TEXT = "小计划\n\n一、目标。至2025年,收储土地3000亩以上,建成公园8处。其余从略。\n"
_RULES = (
    *(("on_track_share", 0.9), ("at_risk_share", 0.6), ("one_off_at_risk", 0.75), ("one_off_behind", 0.95)),
    *(("trend_days", 90), ("approx_tolerance", 0.05), ("unknown_share", 0.05), ("stale_days", 31)),
)


def make_zone(folder: Path, *, today: date) -> Path:
    """Write a zone's folder with the plan as its local pack; opening it makes the record."""
    folder.mkdir()
    write_settings(
        folder, ZoneSettings("little", "EPSG:4549", "Asia/Shanghai", ("zh", "en"), ("little",), today)
    )
    pack = folder / "packs" / "little"
    (pack / "plan").mkdir(parents=True)
    (pack / "tables").mkdir()
    (pack / "pack.yaml").write_text(
        "pack: little\ntitle: {zh: 小计划, en: Little plan}\nversion: 1.0.0\nowner: test\nlicence: Apache-2.0\n"
        "needs: [base, projects]\ntables: 1\n",
        encoding="utf-8",
    )
    (pack / "plan" / "plan.yaml").write_text(_plan_yaml(), encoding="utf-8")
    reserve = _figure("T1", "3000", "收储土地3000亩以上") | {
        "comparator": ">=",
        "indicator": "land_banked_area",
    }
    parks = _figure("T2", "8", "建成公园8处") | {"unit": "处", "indicator": "", "unbound": "no-series"}
    repeat = reserve | {"id": "T3", "duplicate_of": "T1", "leads": ""}
    _write(pack / "plan" / "targets.csv", [reserve, parks, repeat])
    _write(pack / "plan" / "tasks.csv", [TASK])
    _write(pack / "plan" / "sections.csv", [{"section": "一", "zh": "目标", "en": "Goals"}])
    _write(pack / "plan" / "reasons.csv", [{"code": "no-series", "zh": "没有数据。", "en": "No data."}])
    _write(
        pack / "plan" / "organisations.csv", [{"code": "bureau", "zh": "局", "en": "Bureau", "same_as": ""}]
    )
    rules = [{"rule": name, "value": str(value)} for name, value in _RULES]
    _write(pack / "tables" / "verdict_rules.csv", rules)
    return folder


def _plan_yaml() -> str:
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    return (
        "plan: little\ntitle: {zh: 小计划, en: Little plan}\nstart: 2023-01-01\nend: 2025-12-31\n"
        f"document: {{title: {{zh: 小计划, en: Little plan}}, issued: 2023-02-28, characters: {len(TEXT)}, "
        f"sha256: {digest}}}\n"
    )


def _figure(name: str, number: str, clause: str) -> Row:
    start = TEXT.index(clause)
    at = TEXT.index(number, start)
    return TARGET | {
        "id": name,
        "value": number,
        "clause_start": str(start),
        "clause_end": str(start + len(clause)),
        "number_start": str(at),
        "number_end": str(at + len(number)),
        "number_digest": hashlib.sha256(number.encode()).hexdigest()[:12],
    }


def _write(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
