"""An open zone: the parts put together, and nothing else.

`open_zone` is the only place where the record, the packs and the clock meet. Use cases take a `Zone` and live in
files of their own beside this one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from zonetwin.cases import records as case_records
from zonetwin.core.clock import Clock
from zonetwin.indicators import records as indicator_records
from zonetwin.packs.load import load_catalogue, pack_folders
from zonetwin.packs.model import Catalogue
from zonetwin.plans import records as plan_records
from zonetwin.store.model import Store
from zonetwin.store.sqlite import open_store
from zonetwin.zone.settings import ZoneSettings, read_settings

PARTS = (case_records.PART, plan_records.PART, indicator_records.PART)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that is open: its folder, settings, declarations, clock and record."""

    folder: Path
    settings: ZoneSettings
    packs: Catalogue
    clock: Clock
    store: Store


@contextmanager
def open_zone(folder: Path | str) -> Iterator[Zone]:
    """Open a zone's folder and close it at the end of the block.

    Raises:
        NotFound: the folder is not a zone, or a pack is missing.
        InvalidPack: a pack has faults; all of them are listed.
        Unavailable: the record cannot be opened.
    """
    folder = Path(folder).resolve()
    settings = read_settings(folder)
    packs = load_catalogue(settings.packs, pack_folders(folder / "packs"))
    clock = Clock(ZoneInfo(settings.time_zone), settings.today)
    store = open_store(folder / "zone.gpkg", kinds=packs.kinds.values(), parts=PARTS, clock=clock)
    try:
        yield Zone(folder, settings, packs, clock, store)
    finally:
        store.close()
