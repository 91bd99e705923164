"""One page of features: keyset paging by fid, boxes refined to exact places, and how many match in all.

The store matches boxes by envelopes. OGC API Features asks for places that meet the box, so envelopes that
reach beyond it are refined here; a page is filled up by reading on.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import shapely

from zonetwin.api.ogc_crs import Region
from zonetwin.api.ogc_query import ItemsQuery, page_selection
from zonetwin.api.served import Served
from zonetwin.core.kind import Kind
from zonetwin.core.space import Box
from zonetwin.store.model import Selection

_READ_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Page:
    """A page of features, the fid after which the next one begins (None at the end), and all matches."""

    features: pa.Table
    next: int | None
    matched: int


def read_page(served: Served, kind: Kind, query: ItemsQuery, columns: Sequence[str]) -> Page:
    """Read one page of a kind with some columns beside `fid` and `geom`."""
    wanted = ("fid", "geom", *columns)
    parts: list[pa.Table] = []
    rows, after, more = 0, query.after, True
    while more and rows <= query.limit:
        least = query.limit + 1 - rows
        at_once = least if query.region is None else max(least, min(_READ_AT_ONCE, 4 * least))
        found, after, more = _read(served, kind, query, after, at_once, wanted)
        parts.append(found)
        rows += found.num_rows
    features = pa.concat_tables(parts)
    page = features.slice(0, query.limit)
    last = page["fid"][-1].as_py() if features.num_rows > query.limit else None
    return Page(page, last, _matched(served, kind, query, page.num_rows, ended=last is None))


def _read(
    served: Served, kind: Kind, query: ItemsQuery, after: int, limit: int, columns: Sequence[str]
) -> tuple[pa.Table, int, bool]:
    """Read the matches among the next `limit` candidates; give them, the last fid read, and if there are more."""
    selection = page_selection(query, after=after, limit=limit, columns=columns)
    found = _candidates(served, kind, query, selection)
    if not found.num_rows:
        return found, after, False
    last = int(found["fid"][-1].as_py())
    return _refined(found, query), last, found.num_rows >= limit


def _candidates(served: Served, kind: Kind, query: ItemsQuery, selection: Selection) -> pa.Table:
    """Read by envelopes: in two boxes one after the other, in the order of one."""
    if query.region is None:
        return served.store.read(kind.name, served.viewer, selection)
    tables = [
        served.store.read(kind.name, served.viewer, replace(selection, box=box)) for box in query.region.boxes
    ]
    if len(tables) == 1:
        return tables[0]
    both = pa.concat_tables(tables).sort_by("fid")
    fids = both["fid"].to_numpy()
    return both.filter(pa.array(np.diff(fids, prepend=-1) > 0)).slice(0, selection.limit)


def _refined(found: pa.Table, query: ItemsQuery) -> pa.Table:
    """Keep what truly meets the region: an envelope inside one of its boxes does, the others are looked at."""
    if query.region is None or not found.num_rows:
        return found
    places = shapely.from_wkb(found["geom"].to_numpy(zero_copy_only=False))
    kept = np.asarray(query.region.meets(places))
    return found if kept.all() else found.filter(pa.array(kept))


def _matched(served: Served, kind: Kind, query: ItemsQuery, rows: int, *, ended: bool) -> int:
    """Count all matches: those of the page where it is the only one, else once per state of the kind."""
    if query.after == 0 and ended:
        return rows
    counted = served.counts.of(kind.name, query.key(), lambda: _count(served, kind, query))
    assert isinstance(counted, int)
    return counted


def _count(served: Served, kind: Kind, query: ItemsQuery) -> int:
    if query.region is None:
        return served.store.count(kind.name, served.viewer, query.selection())
    if query.region.is_box:
        return _count_in_box(served, kind, query, query.region)
    return sum(_counts_by_part(served, kind, query))


def _count_in_box(served: Served, kind: Kind, query: ItemsQuery, region: Region) -> int:
    """Count by envelopes, less those that meet the box without a place in it: only such as cross an edge can."""
    (box,) = region.boxes
    west, south, east, north = box.as_tuple()
    edges = (
        Box(west, south, west, north),
        Box(east, south, east, north),
        Box(west, south, east, south),
        Box(west, north, east, north),
    )
    beside: set[int] = set()
    for edge in edges:
        selection = replace(query.selection(), box=edge, columns=("fid", "geom"))
        found = served.store.read(kind.name, served.viewer, selection)
        places = shapely.from_wkb(found["geom"].to_numpy(zero_copy_only=False))
        beside.update(found["fid"].to_numpy()[~region.meets(places)].tolist())
    everything = served.store.count(kind.name, served.viewer, replace(query.selection(), box=box))
    return everything - len(beside)


def _counts_by_part(served: Served, kind: Kind, query: ItemsQuery) -> Iterator[int]:
    after, more = 0, True
    while more:
        found, after, more = _read(served, kind, query, after, _READ_AT_ONCE, ("fid", "geom"))
        yield found.num_rows
