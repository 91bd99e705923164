"""`zonetwin plan`: what a plan asks for, how it stands in a zone, and the document it comes from."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from zonetwin.cli.output import print_json, print_table
from zonetwin.cli.running import actor_from, run
from zonetwin.core.text import Language

if TYPE_CHECKING:
    from zonetwin.plans.show import TextTable

_language = click.option(
    "--language",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Language of the table.",
)


@click.group("plan")
def plan_command() -> None:
    """Show a plan, judge its targets, attach its document."""


@plan_command.command("show")
@click.option("--pack", required=True, help="The pack that holds the plan.")
@_language
@click.option("--json", "as_json", is_flag=True, help="Print the targets as JSON.")
def show_command(pack: str, language: Language, as_json: bool) -> None:
    """List every row of the plan in a pack: what it asks for, by when, who leads, what measures it."""
    from zonetwin.packs.load import load_catalogue, pack_folders
    from zonetwin.plans.reading import read_plans
    from zonetwin.plans.show import plan_json, plan_table

    for plan in read_plans(load_catalogue([pack], pack_folders(None))):
        if as_json:
            print_json(plan_json(plan))
        else:
            _print(plan_table(plan, language))


@plan_command.command("status")
@click.argument("zone", type=click.Path(exists=True, file_okay=False))
@_language
@click.option("--json", "as_json", is_flag=True, help="Print the verdicts as JSON.")
def status_command(zone: str, language: Language, as_json: bool) -> None:
    """Judge every target of ZONE on the zone's day, each with its reason."""
    from zonetwin.plans.show import status_table
    from zonetwin.zone.judging import judge
    from zonetwin.zone.zone import open_zone

    with open_zone(zone) as opened:
        status = judge(opened)
    if as_json:
        print_json({**status.as_json(), "targets": [row.as_json() for row in status.rows]})
    else:
        _print(status_table(status, language))


@plan_command.command("attach")
@click.argument("zone", type=click.Path(exists=True, file_okay=False))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--actor", help="Who attaches it: name;organisation.")
def attach_command(zone: str, file: Path, actor: str | None) -> None:
    """Attach the plan's text to ZONE: target pages then show each clause with its span marked."""
    print_json(run(zone, "attach", {"path": str(file.resolve())}, actor_from(actor)))


def _print(table: "TextTable") -> None:
    print_table(table.columns, table.rows, title=table.title)
