"""Brings a foreign file into a zone: read whole, every object accounted for, then written in one Change.

Nothing reaches the record before the whole file has been read and checked. The same file a second time writes
nothing. An object that a newer file no longer has is left as it is: files are often extracts.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from zonetwin.core.actor import Actor
from zonetwin.core.errors import InvalidInput
from zonetwin.core.source import Source
from zonetwin.core.space import Datum
from zonetwin.core.text import Text
from zonetwin.io.drafting import draft_batch
from zonetwin.io.fault import Faults
from zonetwin.io.formats import format_of_file
from zonetwin.io.mapping import Edge
from zonetwin.io.model import Format, ReadOptions
from zonetwin.io.placing import to_lonlat
from zonetwin.io.staging import Staging, open_staging
from zonetwin.zone.import_applying import apply_drafts
from zonetwin.zone.import_area import provisional_area
from zonetwin.zone.import_checking import Checked, check_drafts
from zonetwin.zone.import_mapping import Chosen, choose_mapping
from zonetwin.zone.import_report import ImportReport, KindCounts, store_report
from zonetwin.zone.progress import Progress, no_progress
from zonetwin.zone.zone import Zone

logger = logging.getLogger(__name__)

_DATUMS: Mapping[str, Datum] = {"wgs84": "wgs84", "gcj02": "gcj02", "bd09": "bd09"}


def import_file(
    zone: Zone,
    path: Path,
    *,
    kind: str | None = None,
    mapping: Path | None = None,
    layer: str | None = None,
    x: str | None = None,
    y: str | None = None,
    crs: str | None = None,
    datum: str = "wgs84",
    source: str | None = None,
    actor: Actor,
    progress: Progress = no_progress,
) -> ImportReport:
    """Import a file.

    Args:
        zone: The zone.
        path: The file; its format is told from its contents.
        kind: What its objects are. Needed where neither a mapping nor the layers' names say it.
        mapping: A mapping file, or the name of one in the zone's packs.
        layer: The only layer to read.
        x: Column with x or longitude (CSV).
        y: Column with y or latitude (CSV).
        crs: The CRS to take instead of the file's own.
        datum: `wgs84`, or the shifted Chinese datum the coordinates are in, `gcj02` or `bd09`.
        source: Name of the source, by which later deliveries are matched; by default the mapping's, else the
            file's name without its ending.
        actor: Who imports.
        progress: Told how far the work is.

    Raises:
        NotFound: no such file, kind or mapping.
        InvalidInput: the file as a whole is unusable (empty, cut off, no CRS, elsewhere on earth); nothing of it
            is stored.
        InvalidPack: the mapping has faults.
    """
    file_format = format_of_file(path)
    chosen = choose_mapping(zone, path, file_format, kind=kind, mapping=mapping, layer=layer)
    options = _options(chosen, x=x, y=y, crs=crs)
    with open_staging(zone.folder / "imports", zone.packs.kinds) as staging:
        tally = _Tally()
        _stage(zone, path, file_format, chosen, options, _datum(datum), staging, tally, progress)
        progress(0, None, Text("正在检查", "Checking"))
        checked = check_drafts(zone, staging.tables(), tally.edges, tally.found, path.name)
        origin = _source(zone, path, file_format, chosen, source, tally.edited_on)
        report = _write(zone, path, file_format, tally, checked, origin, actor, progress)
    store_report(zone, report)
    logger.info(
        "import done",
        extra={"format": report.format, "objects": report.read, "stored": report.total().stored},
    )
    return report


@dataclass(slots=True)
class _Tally:
    """What is counted while a file is read."""

    read: int = 0
    not_mapped: int = 0
    unreadable: int = 0
    fitted: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    edited_on: date | None = None
    edges: dict[str, Edge] = field(default_factory=dict)
    found: Faults = field(default_factory=Faults)


def _datum(name: str) -> Datum:
    if name not in _DATUMS:
        raise InvalidInput(f"The datum {name!r} is unknown.", hint=f"Known: {', '.join(_DATUMS)}.")
    return _DATUMS[name]


def _options(chosen: Chosen, *, x: str | None, y: str | None, crs: str | None) -> ReadOptions:
    return ReadOptions(
        layers=chosen.layers,
        tags=chosen.fixed.keys_asked() if chosen.fixed else (),
        x=x,
        y=y,
        crs=crs,
        placed=chosen.is_placed,
    )


def _stage(
    zone: Zone,
    path: Path,
    file_format: Format,
    chosen: Chosen,
    options: ReadOptions,
    datum: Datum,
    staging: Staging,
    tally: _Tally,
    progress: Progress,
) -> None:
    """Read the whole file into the staging place."""
    for batch in file_format.read(path, options):
        rules = chosen.mapping_for(batch)
        tally.edges.update({rule.kind: rule.edge for rule in rules.rules if rule.edge is not None})
        geometry = to_lonlat(batch.geometry, batch.crs, datum)
        drafted = draft_batch(batch, geometry, rules, zone.packs.kinds, tally.found)
        for kind, drafts in drafted.tables.items():
            staging.add(kind, drafts)
        tally.read += batch.read
        tally.edited_on = batch.edited_on or tally.edited_on
        tally.not_mapped += drafted.passed + batch.read - len(batch.attributes)
        tally.unreadable += drafted.unreadable
        tally.fitted.update(drafted.fitted)
        tally.quarantined.update(drafted.quarantined)
        progress(batch.done, batch.total, Text(f"正在读取 {path.name}", f"Reading {path.name}"))
    if tally.read == 0:
        raise InvalidInput(
            f"{path.name!r} holds nothing that the zone's packs know.",
            hint="Check the file and the zone's packs.",
        )


def _source(
    zone: Zone, path: Path, file_format: Format, chosen: Chosen, name: str | None, edited_on: date | None
) -> Source:
    """Describe where a file comes from: dated by its newest edit where it tells one, else by today."""
    said = chosen.fixed.source if chosen.fixed else None
    return Source(
        name=name or (said.name if said else path.stem),
        file=path.name,
        licence=said.licence if said else "unknown",
        attribution=said.attribution if said else "",
        obtained_on=edited_on or zone.clock.now().astimezone(zone.clock.zone).date(),
        synthetic=zone.settings.synthetic or file_format.is_synthetic(path),
        note=said.note if said else "",
    )


def _write(
    zone: Zone,
    path: Path,
    file_format: Format,
    tally: _Tally,
    checked: Checked,
    source: Source,
    actor: Actor,
    progress: Progress,
) -> ImportReport:
    """Write the checked drafts in one Change and draw up the account."""
    kinds: dict[str, KindCounts] = {}
    before = zone.store.last_change
    total = sum(drafts.num_rows for drafts in checked.drafts.values())
    done = 0
    with zone.store.begin(actor=actor, tool="import", note=path.name) as writer:
        if checked.hull is not None:
            writer.add("area", provisional_area(zone, checked.hull), source=writer.add_source(source))
        for name in tally.fitted:
            drafts = checked.drafts.get(name)
            counts = KindCounts(mapped=tally.fitted[name] - checked.passed[name])
            counts = counts.plus(
                merged=checked.merged[name], quarantined=tally.quarantined[name] + checked.quarantined[name]
            )
            if drafts is not None:
                applied = apply_drafts(zone.store, writer, zone.packs.kinds[name], drafts, source)
                counts = counts.plus(
                    added=applied.added, revised=applied.revised, unchanged=applied.unchanged
                )
                done += drafts.num_rows
            kinds[name] = counts
            progress(done, total, Text(f"正在写入 {path.name}", f"Writing {path.name}"))
    change = zone.store.last_change
    not_mapped = tally.not_mapped + checked.not_mapped
    mapped = sum(counts.mapped for counts in kinds.values())
    return ImportReport(
        file=path.name,
        format=file_format.name,
        source=source.name,
        change=change if change > before else None,
        read=tally.read,
        not_mapped=not_mapped,
        also=not_mapped + tally.unreadable + mapped - tally.read,
        unreadable=tally.unreadable,
        kinds=kinds,
        faults=tally.found.kept,
        fault_counts=tally.found.counts,
        provisional_area=checked.hull is not None,
    )
