"""Opening a state of a zone: the record at one instant in the metric CRS, every object located in its area."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from zonetwin.analysis.areas import OUTSIDE, smallest_area_of
from zonetwin.core.actor import STAFF
from zonetwin.store.model import Selection, Store
from zonetwin.store.states import Locate, State, metric_shapes, open_state
from zonetwin.zone.zone import Zone

FOLDER = "states"
AREA = "area"


@contextmanager
def open_zone_state(zone: Zone, *, at: date | None = None, known: datetime | None = None) -> Iterator[State]:
    """Open the state of a zone as it stands, or as it was on a day (`at`) and at an instant (`known`)."""
    with zone.store.snapshot() as record:
        locate = area_locator(record, zone.settings.crs, Selection(at=at, known=known))
        with open_state(
            record, zone.folder / FOLDER, crs=zone.settings.crs, locate=locate, at=at, known=known
        ) as state:
            yield state


def area_locator(record: Store, crs: str, selection: Selection) -> Locate:
    """Give what finds the smallest area around points of a metric CRS. Areas are read when it is first asked."""
    held: list[tuple[npt.NDArray[np.object_], npt.NDArray[np.object_]]] = []

    def locate(points: npt.NDArray[np.float64]) -> Sequence[str | None]:
        if not held:
            areas = record.read(AREA, STAFF, selection) if AREA in record.kinds else None
            held.append(
                (np.empty(0, dtype=object), np.array([None], dtype=object))
                if areas is None
                else (
                    metric_shapes(areas.column("geom").to_pylist(), crs),
                    np.array([*areas.column("code").to_pylist(), None], dtype=object),
                )
            )
        shapes, codes = held[0]
        row = smallest_area_of(points, shapes)
        found: list[str | None] = codes[np.where(row == OUTSIDE, len(codes) - 1, row)].tolist()
        return found

    return locate


def parents_of(table: pa.Table) -> dict[str, str | None]:
    """Give for each area (or organisation) of a table the one around it."""
    rows = zip(table.column("code").to_pylist(), table.column("parent").to_pylist(), strict=True)
    return {code: parent for code, parent in rows if code}
