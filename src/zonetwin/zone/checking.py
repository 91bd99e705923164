"""Checks packs, alone or as a zone uses them, and lists what could go out of the machine: nothing, by default."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa

from zonetwin.core.clock import Clock
from zonetwin.core.errors import InvalidPack, Issue
from zonetwin.packs.check import check_catalogue
from zonetwin.packs.load import load_catalogue, pack_folders
from zonetwin.packs.model import Catalogue
from zonetwin.plans.reading import plan_faults
from zonetwin.store.model import Store
from zonetwin.store.sqlite import open_store
from zonetwin.zone.access import SCHEMA as ACCESS
from zonetwin.zone.residents import SCHEMA as RESIDENTS
from zonetwin.zone.settings import read_settings
from zonetwin.zone.zone import PARTS

OUTGOING: tuple[str, ...] = ()
"""Optional outgoing connections a zone may have; each would be off until it is switched on."""


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was checked and what is wrong: `counts` per sort of declaration, all `issues`, connections going out."""

    packs: tuple[str, ...]
    counts: Mapping[str, int]
    issues: tuple[Issue, ...]
    outgoing: tuple[str, ...] = OUTGOING

    @property
    def is_clean(self) -> bool:
        return not self.issues


def check_packs(names: Sequence[str], folders: Sequence[Path] | None = None) -> CheckReport:
    """Read and check packs without a zone.

    Faults of reading are reported alone: what was read wrongly cannot be checked further.

    Args:
        names: Packs to check; what they need is checked with them.
        folders: Where packs lie; without it the shipped ones.

    Raises:
        NotFound: a named pack is in none of the folders.
    """
    try:
        catalogue = load_catalogue(names, pack_folders() if folders is None else folders)
    except InvalidPack as error:
        return CheckReport(tuple(names), {}, error.issues)
    with tempfile.TemporaryDirectory(prefix="zonetwin-check-") as folder:
        record = Path(folder) / "empty.gpkg"
        store = open_store(record, kinds=catalogue.kinds.values(), parts=PARTS, clock=Clock(ZoneInfo("UTC")))
        try:
            issues = check_catalogue(catalogue, published_schemas=published_schemas(store))
        finally:
            store.close()
    found = (*issues, *plan_faults(catalogue))
    return CheckReport(tuple(pack.name for pack in catalogue.packs), _counts(catalogue), found)


def check_zone(folder: Path) -> CheckReport:
    """Check the packs of a zone, its own among them. The zone is not opened: faulty packs would forbid it.

    Raises:
        NotFound: the folder is not a zone, or one of its packs is missing.
        InvalidInput: `zone.toml` has a fault.
    """
    return check_packs(read_settings(folder).packs, pack_folders(folder / "packs"))


def _counts(catalogue: Catalogue) -> dict[str, int]:
    return {
        "kinds": len(catalogue.kinds),
        "layers": len(catalogue.layers),
        "flows": len(catalogue.flows),
        "indicators": len(catalogue.indicators),
        "tables": len(catalogue.tables),
        "plans": len(catalogue.plan_packs),
    }


def published_schemas(store: Store) -> dict[str, pa.Schema]:
    """Give the columns of the published tables that are not kinds: the domains' and what indicators need."""
    domains = {name: store.published_schema(name) for name in store.published_tables}
    return domains | {"residents": RESIDENTS, "access": ACCESS}
