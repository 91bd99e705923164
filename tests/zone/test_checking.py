"""What `zonetwin check` says: the shipped packs are clean, bad ones are reported with file and line."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from zonetwin.cli.check import check_command
from zonetwin.packs.folders import pack_folders, shipped_folder
from zonetwin.zone.checking import CheckReport, check_packs, check_zone
from zonetwin.zone.settings import ZoneSettings, write_settings

BAD = Path(__file__).parents[1] / "packs" / "bad"


@pytest.fixture(scope="module")
def report() -> CheckReport:
    names = sorted(path.parent.name for path in shipped_folder().glob("*/pack.yaml"))
    return check_packs(names, pack_folders())


def test_the_shipped_packs_are_clean(report: CheckReport) -> None:
    assert report.issues == ()
    assert report.is_clean


def test_the_report_counts_what_was_checked(report: CheckReport) -> None:
    assert report.counts["kinds"] >= 23
    assert report.counts["indicators"] > 100
    assert {"base", "land", "green", "projects"} <= set(report.packs)


def test_nothing_goes_out_of_the_machine(report: CheckReport) -> None:
    assert report.outgoing == ()


def test_faults_of_reading_are_reported_instead_of_raised() -> None:
    report = check_packs(["first"], [BAD / "missing_need"])

    assert not report.is_clean
    assert [str(issue) for issue in report.issues] == [
        "first/pack.yaml:6: The needed pack 'secnod' is unknown. Did you mean 'second'?"
    ]


def test_a_statement_that_reads_the_disk_is_reported() -> None:
    report = check_packs(["first"], [BAD / "statements"])

    found = [str(issue) for issue in report.issues if issue.file.endswith("reads_disk.sql")]
    assert found[0].startswith(
        "first/indicators/reads_disk.sql:3: the table function 'read_csv' is not allowed"
    )


def test_a_zone_is_checked_with_its_own_packs_even_when_they_forbid_opening_it(tmp_path: Path) -> None:
    shutil.copytree(BAD / "unit" / "first", tmp_path / "packs" / "first")
    write_settings(tmp_path, ZoneSettings("z", "EPSG:4549", "Asia/Shanghai", ("zh", "en"), ("first",)))

    report = check_zone(tmp_path)

    assert [f"{issue.file}:{issue.line}" for issue in report.issues] == [
        "first/indicators/benches.yaml:3",
        "first/tables/prices.csv:3",
    ]


def test_the_command_says_what_was_checked_and_what_goes_out() -> None:
    run = CliRunner().invoke(check_command, ["--pack", "base"])

    assert run.exit_code == 0
    assert "no faults" in run.output
    assert "outgoing connections 对外连接: none 无" in run.output


def test_the_faults_of_a_plan_are_reported_too(tmp_path: Path) -> None:
    shutil.copytree(shipped_folder() / "base", tmp_path / "base")
    shutil.copytree(BAD.parent / "good" / "second", tmp_path / "second")
    shutil.copytree(BAD.parent / "good" / "first", tmp_path / "first")

    report = check_packs(["base", "second"], [tmp_path])

    assert "second/plan/plan.yaml" in {issue.file for issue in report.issues}
