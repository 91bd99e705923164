"""Tests of what a plan brings into a new zone."""

from datetime import date
from pathlib import Path

import pytest

from zonetwin.cases.fields import CaseChange
from zonetwin.cases.records import CaseFilter
from zonetwin.core.actor import STAFF, Actor
from zonetwin.core.errors import InvalidPack
from zonetwin.store.model import Selection
from zonetwin.zone.placing import unplaced
from zonetwin.zone.projects import change_project, list_projects
from zonetwin.zone.seeding import SeedReport, seed
from zonetwin.zone.settings import ZoneSettings, write_settings
from zonetwin.zone.zone import open_zone

ACTOR = Actor("Tests", "testing")
FILES = {
    "pack.yaml": """
pack: plan-test
title: {zh: 计划, en: Plan}
version: 0.1.0
owner: tests
licence: CC0-1.0
needs: [base, projects]
tables: 1
""",
    "tables/verdict_rules.csv": None,
    "plan/plan.yaml": """
plan: test-plan
title: {zh: 计划, en: Plan}
start: 2023-01-01
end: 2025-12-31
document:
  title: {zh: 计划, en: Plan}
  issued: 2023-01-01
  issuer: {zh: 办公室, en: Office}
  characters: 10
  sha256: 0000000000000000000000000000000000000000000000000000000000000000
""",
    "plan/targets.csv": None,
    "plan/tasks.csv": None,
    "plan/sections.csv": None,
    "plan/reasons.csv": None,
    "plan/organisations.csv": """code,zh,en,same_as
builders,建设局,Building Bureau,
second,建设局(指挥部),Building Bureau (HQ),builders
""",
    "plan/places.csv": """name,name_en,type,mentions,starts,sections,targets,tasks
港区,Harbour,region,1,7,一,T001,P001;P002
""",
    "plan/projects.csv": """
key,title_zh,title_en,category,work,organisation,participants,plan_targets,planned_start,planned_end
P001,一小,School One,school,new,second,builders;second;other,T001;T002,,2023-12-31
P002,步道,Trail,trail,rebuild,builders,,,2023-12-31,
""",
}
SHIPPED = Path(__file__).parents[2] / "packs" / "plan-kunshan-2023"


def make_zone(folder: Path, **changed: str) -> Path:
    """Make a zone with a plan pack of its own; what is None is the header row of the shipped plan's file."""
    for name, text in {**FILES, **changed}.items():
        file = folder / "packs" / "plan-test" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        shipped = SHIPPED / name
        if text is None:
            lines = shipped.read_text(encoding="utf-8").splitlines(keepends=True)
            text = "".join(lines) if name.startswith("tables/") else lines[0]
        file.write_text(text.lstrip(), encoding="utf-8")
    packs = ("base", "projects", "plan-test")
    write_settings(
        folder,
        ZoneSettings("z", "EPSG:4549", "Asia/Shanghai", ("zh", "en"), packs, today=date(2024, 6, 30)),
    )
    return folder


def test_what_the_plan_names_is_listed_as_not_yet_placed(tmp_path: Path) -> None:
    with open_zone(make_zone(tmp_path)) as zone:
        report = seed(zone, actor=ACTOR)
        assert (report.organisations, report.places, report.projects) == (2, 1, 2)
        assert [item.key for item in unplaced(zone, STAFF)] == ["P001", "P002", "港区"]
        (place,) = zone.store.read("site", STAFF, Selection(columns=("plan_ref", "category"))).to_pylist()
        assert (place["plan_ref"], place["category"]) == ("T001;P001;P002", "region")
        sources = {source.name: source.attribution for _, source in zone.store.sources()}
        assert sources == {"plan-test": "计划"}


def test_a_seeded_project_is_a_case_of_the_organisation_meant(tmp_path: Path) -> None:
    with open_zone(make_zone(tmp_path)) as zone:
        seed(zone, actor=ACTOR)
        school, trail = (row.case for row in list_projects(zone, CaseFilter(), STAFF).items)
        assert (school.organisation, school.participants) == ("builders", ("builders", "other"))
        assert (school.targets, school.planned_end, school.work) == (
            ("T001", "T002"),
            date(2023, 12, 31),
            "new",
        )
        assert (trail.planned_start, trail.stage, trail.opened_on) == (
            date(2023, 12, 31),
            "conceived",
            date(2024, 6, 30),
        )


def test_seeding_again_changes_nothing_and_overwrites_nothing(tmp_path: Path) -> None:
    with open_zone(make_zone(tmp_path)) as zone:
        seed(zone, actor=ACTOR)
        change_project(zone, 1, CaseChange(title="第一小学"), actor=ACTOR)
        before = zone.store.last_change
        assert seed(zone, actor=ACTOR) == SeedReport()
        assert zone.store.last_change == before
        assert list_projects(zone, CaseFilter(), STAFF).items[0].case.title == "第一小学"


def test_faults_of_named_projects_are_all_told_with_their_line(tmp_path: Path) -> None:
    rows = FILES["plan/projects.csv"]
    assert rows is not None
    wrong = rows.replace("school,new", "skool,new").replace("2023-12-31,\n", "soon,\n")
    with open_zone(make_zone(tmp_path, **{"plan/projects.csv": wrong})) as zone:
        with pytest.raises(InvalidPack) as caught:
            seed(zone, actor=ACTOR)
        assert [(issue.line, issue.message) for issue in caught.value.issues] == [
            (2, "The category 'skool' is unknown."),
            (3, "'soon' is not a day."),
        ]
        assert zone.store.last_change == 0


def test_the_shipped_plan_seeds_whole(tmp_path: Path) -> None:
    write_settings(
        tmp_path,
        ZoneSettings("z", "EPSG:4549", "Asia/Shanghai", ("zh", "en"), ("plan-kunshan-2023",)),
    )
    with open_zone(tmp_path) as zone:
        report = seed(zone, actor=ACTOR)
        lines = (SHIPPED / "plan" / "projects.csv").read_text(encoding="utf-8").splitlines()
        assert (report.projects, report.targets) == (len(lines) - 1, 138)
        assert seed(zone, actor=ACTOR) == SeedReport()
