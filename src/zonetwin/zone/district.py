"""Write a synthetic district to a folder: what the demonstration is made of, through the ordinary file formats.

Its projects come from the plans of the packs at hand: each target that counts projects is given some, with a luck
of its own. The folder is what `zonetwin import` and the bureau's workbook read; nothing else knows about it.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path

from zonetwin.cases.classes import Rules, read_rules
from zonetwin.cases.sheet import (
    CLAIMED,
    PROGRESS,
    PROJECTS,
    SEPARATOR,
    VERIFIED,
    Column,
    progress_columns,
    project_columns,
)
from zonetwin.cases.sheet_values import Cell
from zonetwin.core.text import Text
from zonetwin.io.xlsx_projects import write_workbook
from zonetwin.packs.model import Catalogue
from zonetwin.plans.plan import Plan
from zonetwin.plans.reading import read_plans
from zonetwin.synth.district import Made, Programme, lonlat_of, make, truth_of, write_layers
from zonetwin.synth.projects import Move, Project
from zonetwin.zone.progress import Progress, no_progress

FLOW = "project"
_ELAPSED = 5 / 6
"""Share of the plan's time that has gone by on the district's day."""

_README = """模拟数据 SYNTHETIC DATA

All of this is made up by `zonetwin synth`, seed {seed}, scale {scale}: no real place, project or person.
boundary.geojson  the district's outline, lon/lat
district.gpkg     one layer per kind, in a metric CRS
projects.xlsx     projects and their progress, in the bureau's form
truth.json        what it all adds up to, worked out from how it was made
"""


def write_district(
    folder: Path, catalogue: Catalogue, *, seed: int, scale: float, progress: Progress = no_progress
) -> dict[str, int]:
    """Make a district and write its folder; gives the number of features of each kind, and of projects.

    Raises:
        Conflict: the folder holds something already.
        InvalidInput: the scale is out of range.
    """
    progress(0, 3, Text("生成街区与建筑", "Laying out blocks and buildings"))
    plans = read_plans(catalogue)
    rules = read_rules(catalogue, FLOW)
    made = make(seed=seed, scale=scale, programme=_programme(catalogue, plans, rules) if plans else None)
    progress(1, 3, Text("写出图层", "Writing layers"))
    counts = write_layers(made, folder)
    _write_projects(made, rules, plans, folder / "projects.xlsx")
    progress(2, 3, Text("核算真值", "Working out the truth"))
    truth = truth_of(made, walk_budget_m=_walk_budget_m(catalogue), farthest_m=_farthest_m(catalogue))
    (folder / "truth.json").write_text(json.dumps(asdict(truth), indent=1), encoding="utf-8")
    (folder / "README.txt").write_text(_README.format(seed=seed, scale=scale), encoding="utf-8")
    return {**counts, "project": len(made.projects)}


def district_day(plans: Sequence[Plan]) -> date | None:
    """Give the day on which five sixths of the plans' time have gone by; None without a plan."""
    if not plans:
        return None
    start, end = min(plan.start for plan in plans), max(plan.end for plan in plans)
    return start + timedelta(days=round(_ELAPSED * (end - start).days))


def _walk_budget_m(catalogue: Catalogue) -> float:
    """Give how far one walks in five minutes by the packs' table of walking speeds."""
    rows = catalogue.tables["walking"].rows
    return 5.0 * next(float(row["metres_per_minute"]) for row in rows if row["profile"] == "default")


def _farthest_m(catalogue: Catalogue) -> float:
    """Give how far from a mapped street residents may be by the packs' table."""
    rows = catalogue.tables["access"].rows
    return next(float(row["value"]) for row in rows if row["name"] == "max_snap_m")


def _programme(catalogue: Catalogue, plans: Sequence[Plan], rules: Rules) -> Programme:
    today = district_day(plans)
    assert today is not None
    return Programme(
        targets=[target for plan in plans for target in plan.targets],
        indicators=catalogue.indicators,
        titles={name: (found.title.zh, found.title.en) for name, found in rules.classes.categories.items()},
        verifiers=[organisation.code for plan in plans for organisation in plan.organisations],
        today=today,
    )


def _write_projects(made: Made, rules: Rules, plans: Sequence[Plan], file: Path) -> None:
    """Write the projects as the bureau would: Chinese headings, names of organisations, one row per report."""
    organisations = {item.code: item.title.zh for plan in plans for item in plan.organisations}
    first, second = project_columns(rules.classes), progress_columns(rules.classes)
    projects = [_row(_project_cells(project, rules, organisations), first) for project in made.projects]
    entries = [
        _row(cells, second)
        for project in made.projects
        for cells in _entry_cells(project, rules, organisations)
    ]
    sheets: dict[str, list[list[Cell]]] = {
        PROJECTS.zh: [[column.title("zh") for column in first], *projects],
        PROGRESS.zh: [[column.title("zh") for column in second], *entries],
    }
    write_workbook(file, sheets, {PROJECTS.zh: first, PROGRESS.zh: second})


def _row(cells: Mapping[str, Cell], columns: Sequence[Column]) -> list[Cell]:
    return [cells.get(column.name) for column in columns]


def _project_cells(project: Project, rules: Rules, organisations: Mapping[str, str]) -> dict[str, Cell]:
    lon, lat = lonlat_of(project.at)
    classes = rules.classes
    return {
        "key": project.key,
        "title": project.title,
        "title_en": project.title_en,
        "category": classes.categories[project.category].title.zh,
        "work": classes.works[project.work].zh if project.work else None,
        "organisation": organisations[project.organisation],
        "participants": SEPARATOR.join(organisations[code] for code in project.participants) or None,
        "planned_start": project.planned_start,
        "planned_end": project.planned_end,
        "lon": round(lon, 7),
        "lat": round(lat, 7),
        "targets": project.plan_target or None,
        "note": "模拟数据",
        **{f"planned:{name}": amount for name, amount in project.planned.items()},
    }


def _entry_cells(project: Project, rules: Rules, organisations: Mapping[str, str]) -> list[dict[str, Cell]]:
    stages = {stage.name: stage.title.zh for stage in rules.flow.stages}
    rows: list[dict[str, Cell]] = []
    claim: Move | None = None
    for move in project.moves:
        cells: dict[str, Cell] = {
            "key": project.key,
            "on": move.on,
            "stage": stages[move.stage],
            "organisation": organisations[move.organisation],
            "sort": (VERIFIED if move.verifies else CLAIMED).zh,
            **{f"total:{name}": amount for name, amount in move.quantities.items()},
        }
        if move.verifies and claim is not None:
            cells["claimed_on"] = claim.on
        if not move.verifies:
            claim = move
        rows.append(cells)
    return rows
