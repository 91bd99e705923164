"""`zonetwin new`, `zonetwin synth` and `zonetwin demo`: zones and districts out of nothing."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zonetwin.cli.output import shown_progress
from zonetwin.cli.running import actor_from

if TYPE_CHECKING:
    from zonetwin.core.space import Box

_BASE = "base,land,green,services,mobility,buildings"


@click.command("new")
@click.argument("zone", type=click.Path(path_type=Path))
@click.option("--name", required=True, help="The zone's name, as people read it.")
@click.option("--crs", required=True, help="Projected CRS in metres, such as EPSG:4549.")
@click.option("--packs", default=_BASE, show_default=True, help="Packs, separated by commas.")
@click.option("--time-zone", default="Asia/Shanghai", show_default=True, help="Time zone of the zone's days.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Pin the zone's day, for a rehearsal.")
@click.option("--boundary", type=click.Path(exists=True, path_type=Path), help="GeoJSON polygons in lon/lat.")
@click.option("--bbox", help="west,south,east,north in degrees.")
@click.option("--actor", help="Who makes it: name;organisation.")
def new_command(
    zone: Path,
    name: str,
    crs: str,
    packs: str,
    time_zone: str,
    today: date | None,
    boundary: Path | None,
    bbox: str | None,
    actor: str | None,
) -> None:
    """Make a new ZONE folder. Without --boundary or --bbox the first import sets a provisional area."""
    from zonetwin.zone.creating import new_zone
    from zonetwin.zone.settings import ZoneSettings

    settings = ZoneSettings(
        name=name,
        crs=crs,
        time_zone=time_zone,
        languages=("zh", "en"),
        packs=tuple(part.strip() for part in packs.split(",") if part.strip()),
        today=_day(today),
    )
    new_zone(zone, settings=settings, boundary=boundary, box=_box(bbox), actor=actor_from(actor))
    click.echo(f"已建立 Made the zone {zone} ({name}). 下一步 Next: zonetwin import {zone} FILE")


def _day(moment: date | None) -> date | None:
    return None if moment is None else date(moment.year, moment.month, moment.day)


def _box(text: str | None) -> "Box | None":
    from zonetwin.core.space import Box

    if text is None:
        return None
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise click.BadParameter(
            f"{text!r} is not west,south,east,north in degrees.", param_hint="--bbox"
        ) from error
    return Box(west, south, east, north)


@click.command("synth")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same district.")
@click.option("--scale", default=0.2, show_default=True, help="Share of a full district of about 100 km².")
def synth_command(folder: Path, seed: int, scale: float) -> None:
    """Make a synthetic canal district in FOLDER: map layers, projects, and the truth about them."""
    from zonetwin.packs.load import load_catalogue, pack_folders
    from zonetwin.zone.demo import PACKS, plan_packs
    from zonetwin.zone.district import write_district

    catalogue = load_catalogue((*PACKS, *plan_packs()), pack_folders(None))
    with shown_progress() as progress:
        counts = write_district(folder, catalogue, seed=seed, scale=scale, progress=progress)
    made = ", ".join(f"{count:,} {kind}" for kind, count in counts.items())
    click.echo(f"已生成 Made {folder}: {made}")


@click.command("demo")
@click.argument("zone", type=click.Path(path_type=Path))
@click.option("--seed", default=1, show_default=True, help="Seed of the synthetic district.")
@click.option("--scale", default=0.2, show_default=True, help="Share of a full district of about 100 km².")
def demo_command(zone: Path, seed: int, scale: float) -> None:
    """Make the demonstration ZONE: synthetic district, imported, seeded with the plan and measured."""
    from zonetwin.zone.demo import make_demo

    with shown_progress() as progress:
        make_demo(zone, seed=seed, scale=scale, actor=actor_from(None), progress=progress)
    click.echo(f"已建立 Made the demo zone {zone}. 下一步 Next: zonetwin serve {zone}")
