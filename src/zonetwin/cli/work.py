"""`zonetwin import`, `zonetwin measure` and `zonetwin export`: data in, values out."""

from collections.abc import Mapping
from pathlib import Path

import click

from zonetwin.cli.output import number, print_json, print_table, title_in
from zonetwin.cli.running import actor_from, run


@click.command("import")
@click.argument("zone", type=click.Path(exists=True, file_okay=False))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kind", help="The kind the file's objects become; without it mapping files decide.")
@click.option(
    "--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A mapping file."
)
@click.option("--layer", help="One layer of a file that has several.")
@click.option("--x", help="Column of the x coordinate or longitude, in a table.")
@click.option("--y", help="Column of the y coordinate or latitude, in a table.")
@click.option("--crs", help="CRS of the file, where it does not say.")
@click.option("--datum", type=click.Choice(["wgs84", "gcj02", "bd09"]), default="wgs84", show_default=True)
@click.option("--source", help="Name of the source across deliveries; the file's name without it.")
@click.option("--actor", help="Who imports: name;organisation.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_command(
    zone: str, file: Path, actor: str | None, as_json: bool, mapping: Path | None, **options: str
) -> None:
    """Import FILE into ZONE. The same file again writes nothing; bad objects are reported and the rest is kept."""
    arguments: dict[str, object] = {
        "path": str(file.resolve()),
        "mapping": str(mapping.resolve()) if mapping else None,
        **options,
    }
    report = run(zone, "import", arguments, actor_from(actor))
    if as_json:
        print_json(report)
    else:
        _print_import(report)


def _print_import(report: Mapping[str, object]) -> None:
    kinds = report["kinds"]
    assert isinstance(kinds, Mapping)
    columns = sorted({name for counts in kinds.values() for name in counts}, key=_count_order)
    print_table(
        ["kind", *columns], [[kind, *(counts.get(c, 0) for c in columns)] for kind, counts in kinds.items()]
    )
    click.echo(f"read {number(report['read'])}, not mapped {number(report['not_mapped'])}")
    errors = report["errors"]
    assert isinstance(errors, list)
    for error in errors[:20]:
        click.echo(
            f"  {error['file']} {error['object']} {error['coordinates'] or ''}:"
            f" {title_in(error['what'])} {title_in(error['what'], 'en')} {title_in(error['hint'], 'en')}"
        )
    if len(errors) > 20:
        click.echo(f"  … and {len(errors) - 20} more; --json lists them all.")


def _count_order(name: str) -> int:
    order = ["mapped", "stored", "added", "revised", "unchanged", "merged", "quarantined"]
    return order.index(name) if name in order else len(order)


@click.command("measure")
@click.argument("zone", type=click.Path(exists=True, file_okay=False))
@click.option("--indicator", "indicators", multiple=True, help="Only this indicator; may be repeated.")
@click.option("--rerun", help="Compute a proof again and compare.")
@click.option("--actor", help="Who measures: name;organisation.")
@click.option("--json", "as_json", is_flag=True, help="Print the measurements as JSON.")
def measure_command(
    zone: str, indicators: tuple[str, ...], rerun: str | None, actor: str | None, as_json: bool
) -> None:
    """Measure the indicators of ZONE on its present record."""
    if rerun:
        print_json(run(zone, "rerun", {"proof": rerun}, actor_from(actor)))
        return
    answer = run(zone, "measure", {"indicators": list(indicators) or None}, actor_from(actor))
    if as_json:
        print_json(answer)
    else:
        _print_measurements(answer)


def _print_measurements(answer: Mapping[str, object]) -> None:
    measurements, unmeasured = answer["measurements"], answer["unmeasured"]
    assert isinstance(measurements, list)
    assert isinstance(unmeasured, list)
    columns = ["indicator", "area", "period", "value", "unit", "low", "high", "unknown", "data_date", "proof"]
    shown = [[item[name] for name in columns] for item in measurements]
    for row in shown:
        row[-1] = str(row[-1])[:12]
    print_table(columns, shown)
    if unmeasured:
        rows = [[item["indicator"], _reason(item["reason"])] for item in unmeasured]
        print_table(["unmeasured 未测", "reason 原因"], rows)


def _reason(reason: object) -> str:
    if isinstance(reason, Mapping) and "reason" in reason:
        reason = reason["reason"]
    return f"{title_in(reason)} {title_in(reason, 'en')}" if isinstance(reason, Mapping) else str(reason)


@click.command("export")
@click.argument("zone", type=click.Path(exists=True, file_okay=False))
@click.argument("what")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "format_name", help="GeoJSON, GPKG or CSV, where the file's name does not tell.")
def export_command(zone: str, what: str, file: Path, format_name: str | None) -> None:
    """Write a kind or published table of ZONE (WHAT) to FILE, with its sources and licences."""
    from zonetwin.zone.exporting import export
    from zonetwin.zone.zone import open_zone

    with open_zone(zone) as opened:
        report = export(opened, what, file, format=format_name)
    click.echo(f"{file}: {report}")
