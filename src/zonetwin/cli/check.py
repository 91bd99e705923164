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
    report = check_zone(zone) if zone else check_packs(packs)
    for issue in report.issues:
        click.echo(str(issue))
    if report.is_clean:
        checked = ", ".join(f"{count} {sort}" for sort, count in report.counts.items())
        click.echo(f"no faults 没有问题: {', '.join(report.packs)} ({checked})")
    else:
        click.echo(f"{len(report.issues)} fault(s) 个问题")
    click.echo(f"outgoing connections 对外连接: {', '.join(report.outgoing) or 'none 无'}")
    if not report.is_clean:
        raise SystemExit(1)
