"""`zonetwin projects`: the ledger of projects, and the bureau's workbook."""

from datetime import datetime
from pathlib import Path

import click

from zonetwin.cli.output import print_json, print_table
from zonetwin.cli.running import actor_from, run
from zonetwin.core.text import Language

_zone = click.argument("zone", type=click.Path(exists=True, file_okay=False))
_actor = click.option("--actor", help="Who does it: name;organisation.")


@click.group("projects")
def projects_command() -> None:
    """List, create, move, import and export projects."""


@projects_command.command("list")
@_zone
@click.option("--stage", default="", help="Only those at this stage.")
@click.option("--organisation", default="", help="Only those this organisation leads (its code).")
@click.option("--late", is_flag=True, help="Only those whose planned end has passed.")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def list_command(zone: str, stage: str, organisation: str, late: bool, as_json: bool) -> None:
    """List the projects of ZONE, at most a thousand."""
    from zonetwin.cases.records import CaseFilter
    from zonetwin.core.actor import STAFF
    from zonetwin.zone.projects import list_projects
    from zonetwin.zone.zone import open_zone

    with open_zone(zone) as opened:
        which = CaseFilter(stage=stage, organisation=organisation)
        page = list_projects(opened, which, STAFF, late=late, limit=1000)
    if as_json:
        print_json(page.as_json())
        return
    names = ("id", "key", "title", "category", "stage", "verified_stage", "planned_end", "late_days")
    rows = [row.as_json() for row in page.items]
    print_table(names, [[row[name] for name in names] for row in rows], title=f"{page.total} projects 个项目")


@projects_command.command("create")
@_zone
@click.option("--title", required=True, help="Its name.")
@click.option("--category", required=True, help="Its category, as the packs declare it.")
@click.option("--organisation", required=True, help="Code of the organisation that leads it.")
@click.option("--work", default="", help="What is done: new, rebuild, extend …")
@click.option("--key", default="", help="Its number; one is chosen where none is given.")
@_actor
def create_command(zone: str, actor: str | None, **fields: str) -> None:
    """Open a project in ZONE."""
    print_json(run(zone, "project-create", fields, actor_from(actor)))


@projects_command.command("move")
@_zone
@click.argument("project", type=int)
@click.option(
    "--on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="Day it was reached or verified."
)
@click.option("--stage", help="The stage claimed.")
@click.option("--verifies", type=int, help="Number of the ledger entry that is verified.")
@click.option("--note", help="A note.")
@_actor
def move_command(
    zone: str,
    project: int,
    on: datetime,
    stage: str | None,
    verifies: int | None,
    note: str | None,
    actor: str | None,
) -> None:
    """Claim a stage of PROJECT, or verify a claim of another organisation."""
    arguments = {
        "project": project,
        "on": on.date().isoformat(),
        "stage": stage,
        "verifies": verifies,
        "note": note,
    }
    print_json(run(zone, "project-move", arguments, actor_from(actor)))


@projects_command.command("export")
@_zone
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def export_command(zone: str, file: Path, language: Language) -> None:
    """Write all projects of ZONE as the bureau's workbook."""
    from zonetwin.core.actor import STAFF
    from zonetwin.zone.projects_xlsx import export_projects
    from zonetwin.zone.zone import open_zone

    with open_zone(zone) as opened:
        count = export_projects(opened, file, STAFF, language=language)
    click.echo(f"{file}: {count} projects 个项目")


@projects_command.command("import")
@_zone
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Apply without asking.")
@_actor
def import_command(zone: str, file: Path, yes: bool, actor: str | None) -> None:
    """Show what the workbook FILE would change in ZONE, and apply it when that is confirmed."""
    path = str(file.resolve())
    diff = run(zone, "projects-diff", {"path": path}, actor_from(actor))
    print_json(diff)
    if yes or click.confirm("应用这些变更? Apply these changes?"):
        print_json(run(zone, "projects-apply", {"path": path, "token": diff["token"]}, actor_from(actor)))
