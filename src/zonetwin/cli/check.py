"""`zonetwin check`: faults of packs and zones, each with file and line."""

from pathlib import Path

import click


@click.command("check")
@click.argument("zone", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--pack", "packs", multiple=True, help="Check this pack and what it needs; may be repeated.")
def check_command(zone: Path | None, packs: tuple[str, ...]) -> None:
    """Check the packs of ZONE, or the named packs: every declaration, statement, unit and column."""
    from zonetwin.zone.checking import check_packs, check_zone

    if (zone is None) == (not packs):
        raise click.UsageError("Give either a ZONE or one or more --pack.")
    issues = check_zone(zone) if zone else check_packs(packs)
    for issue in issues:
        click.echo(str(issue))
    click.echo("no faults 没有问题" if not issues else f"{len(issues)} fault(s) 个问题")
    click.echo("outgoing connections 对外连接: none 无")
    if issues:
        raise SystemExit(1)
