"""What an import came to: every object of the file accounted for, and what was wrong with which.

For each kind `mapped = added + revised + unchanged + merged + quarantined`, and over the file
`read + also = not_mapped + unreadable + the sum of mapped`, where `also` counts features beyond the first that one
object became.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from zonetwin.io.fault import Fault
from zonetwin.zone.zone import Zone


@dataclass(frozen=True, slots=True)
class KindCounts:
    """How many features of one kind a file gave, and what became of them."""

    mapped: int = 0
    added: int = 0
    revised: int = 0
    unchanged: int = 0
    merged: int = 0
    quarantined: int = 0

    @property
    def stored(self) -> int:
        """Features written to the record: added and revised."""
        return self.added + self.revised

    def plus(self, **more: int) -> "KindCounts":
        return replace(self, **{name: getattr(self, name) + count for name, count in more.items()})

    def as_json(self) -> dict[str, int]:
        return {
            "mapped": self.mapped,
            "stored": self.stored,
            "added": self.added,
            "revised": self.revised,
            "unchanged": self.unchanged,
            "merged": self.merged,
            "quarantined": self.quarantined,
        }


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The account of one import.

    Attributes:
        file: The file's own name.
        format: Name of its format.
        source: Name of the source its features are matched by.
        change: The Change that wrote, None when nothing had to be written.
        read: Objects read.
        not_mapped: Objects that no rule takes.
        also: Features beyond the first that one object became.
        unreadable: Objects so broken that no rule could be tried.
        kinds: Counts by kind.
        faults: Faults with their places, at most 1000 of each sort.
        fault_counts: All faults by sort.
        provisional_area: Whether the zone got its provisional area from this file.
    """

    file: str
    format: str
    source: str
    change: int | None
    read: int
    not_mapped: int
    also: int
    unreadable: int
    kinds: Mapping[str, KindCounts]
    faults: tuple[Fault, ...]
    fault_counts: Mapping[str, int]
    provisional_area: bool = False

    def total(self) -> KindCounts:
        """Add the kinds up; objects that could not be read are among the quarantined."""
        whole = KindCounts(mapped=self.unreadable, quarantined=self.unreadable)
        for counts in self.kinds.values():
            parts = counts.as_json()
            parts.pop("stored")
            whole = whole.plus(**parts)
        return whole

    def as_json(self) -> dict[str, object]:
        return {
            "file": self.file,
            "format": self.format,
            "source": self.source,
            "change": self.change,
            "read": self.read,
            "not_mapped": self.not_mapped,
            "also": self.also,
            "unreadable": self.unreadable,
            "total": self.total().as_json(),
            "kinds": {name: counts.as_json() for name, counts in sorted(self.kinds.items())},
            "errors": [fault.as_json(self.file) for fault in self.faults],
            "error_counts": dict(self.fault_counts),
            "provisional_area": self.provisional_area,
        }


def store_report(zone: Zone, report: ImportReport) -> Path | None:
    """Keep the report in the zone's folder as `imports/<change>.json`, its faults also as GeoJSON to draw.

    A file that changed nothing leaves no report behind.
    """
    if report.change is None:
        return None
    located = [fault for fault in report.faults if fault.x is not None]
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [fault.x, fault.y]},
            "properties": {
                name: value for name, value in fault.as_json(report.file).items() if name != "coordinates"
            },
        }
        for fault in located
    ]
    path = zone.folder / "imports" / f"{report.change}.json"
    path.parent.mkdir(exist_ok=True)
    content = {**report.as_json(), "map": {"type": "FeatureCollection", "features": features}}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def read_report(zone: Zone, change: int) -> dict[str, object] | None:
    """Read the report of the import that made a Change, None when it was none or left no report."""
    path = zone.folder / "imports" / f"{change}.json"
    if not path.is_file():
        return None
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content
