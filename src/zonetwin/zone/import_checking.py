"""Checks that need a whole file at once: where it lies, which gates are gates, which objects are one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from zonetwin.core.actor import STAFF
from zonetwin.core.space import Box
from zonetwin.io import fault as faults
from zonetwin.io.drafting import ALONE, ITEM
from zonetwin.io.edges import drafts_on_edge
from zonetwin.io.fault import Faults
from zonetwin.io.mapping import Edge
from zonetwin.io.merging import merge_drafts
from zonetwin.store.model import Selection
from zonetwin.zone.import_area import lacks_area
from zonetwin.zone.import_extent import (
    Mask,
    bounds_of,
    box_of_zone,
    dense_hull,
    distances_from,
    refuse_misplaced,
)
from zonetwin.zone.zone import Zone


@dataclass(slots=True)
class Checked:
    """Drafts fit to be written, by kind, their keys unique, and what became of the others.

    Attributes:
        drafts: By kind.
        merged: Drafts that went into others, by kind.
        quarantined: Drafts left out with a fault, by kind.
        passed: Candidate gates that lie on no outline, by kind: they are no gates.
        not_mapped: Objects that became nothing because of that.
        hull: Where the objects are dense, in lon/lat, if the zone needs an area.
    """

    drafts: dict[str, pa.Table] = field(default_factory=dict)
    merged: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    not_mapped: int = 0
    hull: shapely.Polygon | None = None


def check_drafts(
    zone: Zone, staged: Mapping[str, pa.Table], edges: Mapping[str, Edge], found: Faults, file: str
) -> Checked:
    """Check all drafts of a file.

    Raises:
        InvalidInput: most of the objects lie far from the zone.
    """
    checked = Checked(drafts=dict(staged))
    box = box_of_zone(zone)
    bounds = [bounds_of(drafts) for drafts in staged.values()]
    if bounds:
        refuse_misplaced(np.concatenate(bounds), box, file)
    _leave_out_far(checked, box, found)
    if lacks_area(zone, checked.drafts):
        checked.hull = dense_hull(checked.drafts, zone.settings.crs)
    if checked.hull is not None:
        _leave_out_far(checked, Box(*shapely.bounds(checked.hull).tolist()), found)
    for kind, edge in edges.items():
        if kind in checked.drafts:
            _keep_on_edge(zone, checked, kind, edge)
    for kind, drafts in checked.drafts.items():
        merged = merge_drafts(drafts, kind=kind, geometry=zone.packs.kinds[kind].geometry, found=found)
        checked.drafts[kind] = merged.drafts
        checked.merged[kind] += merged.merged
        checked.quarantined[kind] += merged.quarantined
    return checked


def _leave_out_far(checked: Checked, box: Box, found: Faults) -> None:
    for kind, drafts in checked.drafts.items():
        bounds = bounds_of(drafts)
        distances = distances_from(box, bounds)
        far: Mask = distances.far
        if not far.any():
            continue
        for row in np.flatnonzero(far):
            fault = faults.far(float(distances.kilometres[row]))
            x, y = (float(bounds[row, 0] + bounds[row, 2]) / 2, float(bounds[row, 1] + bounds[row, 3]) / 2)
            found.add(fault.at(item=drafts[ITEM][int(row)].as_py(), kind=kind, x=x, y=y))
        checked.quarantined[kind] += int(far.sum())
        checked.drafts[kind] = drafts.filter(pa.array(~far))


def _keep_on_edge(zone: Zone, checked: Checked, kind: str, edge: Edge) -> None:
    """Keep of candidate points those on an outline; the others are no such thing, without being at fault."""
    outlines = checked.drafts.get(edge.kind)
    if outlines is None:
        outlines = zone.store.read(edge.kind, STAFF, Selection(columns=["key", "geom"]))
    placed = drafts_on_edge(checked.drafts[kind], edge, outlines)
    checked.drafts[kind] = placed.drafts
    checked.passed[kind] += placed.others.num_rows
    checked.not_mapped += int(pc.sum(placed.others[ALONE]).as_py() or 0)
