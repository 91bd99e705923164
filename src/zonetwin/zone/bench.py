"""One state set up for measuring: its tables in an analysis session, its residents, its walks.

Everything is made when the first indicator asks for it and kept for the next: the network, where residents
stand, the facilities of each need. Whether an indicator can be measured at all is in `missing`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

from zonetwin.core.gap import Gap
from zonetwin.packs.model import Access, Catalogue, Indicator, Table
from zonetwin.store.analysis_session import AnalysisSession, tables_read
from zonetwin.store.states import StateName
from zonetwin.zone import residents as residents_table
from zonetwin.zone.access import Destinations, Walks, access_table, destinations_of
from zonetwin.zone.facilities import kinds_read
from zonetwin.zone.network import cached_network, walking_network
from zonetwin.zone.residents import Residents, residents_of
from zonetwin.zone.walking import TABLES, WalkingRules, walking_rules

RESIDENTS = "residents"
ACCESS = "access"
STREETS = ("street", "barrier")
_PACK_TABLE = "table_"

_EMPTY_COLUMNS: dict[str, pa.DataType] = {
    "fid": pa.int64(),
    "key": pa.string(),
    "source": pa.int64(),
    "geom": pa.binary(),
    "code": pa.string(),
    "parent": pa.string(),
    "persons": pa.float64(),
    "building": pa.string(),
    "floor_area_m2": pa.float64(),
    "use": pa.string(),
    "storeys": pa.int64(),
    "height_m": pa.float64(),
    "foot": pa.bool_(),
    "category": pa.string(),
}
_EMPTY = pa.schema(_EMPTY_COLUMNS).empty_table()


class Files(Protocol):
    """The tables of a state as files; `zonetwin.store.states.State` is one."""

    @property
    def name(self) -> StateName:
        """Which state it is."""

    @property
    def crs(self) -> str:
        """The metric CRS of the geometry."""

    @property
    def folder(self) -> Path:
        """The folder all files lie in."""

    def tables(self) -> tuple[str, ...]:
        """Name the tables."""

    def path(self, table: str) -> Path:
        """Give the Parquet file of a table."""


@dataclass(frozen=True, slots=True)
class Reads:
    """What an indicator reads: tables of the state, tables of packs, and whether residents or walks."""

    tables: tuple[str, ...]
    pack_tables: tuple[str, ...]
    has_residents: bool


class Bench:
    """Measures indicators on one state. Use it as a context manager.

    `newest_days` keeps the day of the newest data in each table once somebody has asked for it.

    Args:
        state: The open state; it must outlive the bench.
        packs: The zone's declarations.
        indicators: Those that will be measured; only the tables they read are loaded.
    """

    def __init__(self, state: Files, packs: Catalogue, indicators: Iterable[Indicator]) -> None:
        self.state = state
        self.packs = packs
        self._indicators = tuple(indicators)
        self._session: AnalysisSession | None = None
        self.newest_days: dict[str, date | None] = {}
        self._tables: dict[str, pa.Table] = {}
        self._walks: Walks | None = None
        self._destinations: dict[str, Destinations] = {}

    def __enter__(self) -> "Bench":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._session is not None:
            self._session.close()

    def session_for(self, indicator: Indicator) -> AnalysisSession:
        """Give the session with the residents and walks an indicator needs in it."""
        if self._session is None:
            self._session = self._opened()
        if reads_of(indicator, self.packs).has_residents:
            self._session.add(RESIDENTS, self.residents.table)
        if indicator.needs:
            found = [self.destinations(need) for need in indicator.needs]
            self._session.add(ACCESS, access_table(indicator.needs, found, self.walks))
        return self._session

    def _opened(self) -> AnalysisSession:
        """Open the session over what the statements name themselves; the rest is read by us."""
        named = {name for item in self._indicators for name in read_directly(item)}
        packs = self.packs.tables.items()
        return AnalysisSession(
            {name: self.state.path(name) for name in sorted(named & set(self.state.tables()))},
            derived={f"{_PACK_TABLE}{name}": text_table(table) for name, table in packs},
            allowed=self.state.folder,
        )

    def table(self, name: str) -> pa.Table:
        """Give a table of the state; a kind that no chosen pack declares is empty."""
        if name not in self._tables:
            self._tables[name] = (
                pq.read_table(self.state.path(name)) if name in self.state.tables() else _EMPTY
            )
        return self._tables[name]

    def row_count(self, name: str) -> int:
        """Count the rows of a table of the state, 0 for one that is not there."""
        if name not in self.state.tables():
            return 0
        return int(pq.read_metadata(self.state.path(name)).num_rows)

    @property
    def rules(self) -> WalkingRules | Gap:
        return walking_rules(self.packs.tables)

    @property
    def walks(self) -> Walks:
        """The network with the residents on it. `rules` must not be a gap."""
        if self._walks is None:
            rules = self.rules
            assert isinstance(rules, WalkingRules)
            classes = self.packs.tables.get("street_classes")
            key = "|".join([str(self.state.folder), *(self.file_name(name) for name in STREETS), repr(rules)])
            network = cached_network(key, lambda: walking_network(self.table, classes, rules))
            residents = residents_of(self.table, network, farthest_m=rules.farthest_resident_m)
            self._walks = Walks(network, residents, rules, self.table, self.packs.kinds)
        return self._walks

    @property
    def residents(self) -> Residents:
        return self.walks.residents

    def destinations(self, need: Access) -> Destinations:
        """Give the facilities of a need on the network; needs that differ only in time share them."""
        key = repr({kind: dict(wanted) for kind, wanted in need.to.items()})
        if key not in self._destinations:
            self._destinations[key] = destinations_of(need, self.walks)
        return self._destinations[key]

    def file_name(self, table: str) -> str:
        """Name the content of a table: the state's file, which carries the change it was written at."""
        return self.state.path(table).name if table in self.state.tables() else f"{table}-none"


def reads_of(indicator: Indicator, packs: Catalogue) -> Reads:
    """List what an indicator reads, directly or through residents and walks."""
    direct = _tables_of(indicator.sql)
    has_residents = bool(direct & {RESIDENTS, ACCESS}) or bool(indicator.needs)
    tables = {name for name in direct - {RESIDENTS, ACCESS} if not name.startswith(_PACK_TABLE)}
    pack_tables = {name.removeprefix(_PACK_TABLE) for name in direct if name.startswith(_PACK_TABLE)}
    if has_residents:
        tables |= {*residents_table.KINDS, *STREETS}
        pack_tables |= {*TABLES}
    for need in indicator.needs:
        tables |= set(kinds_read(need, packs.kinds))
    return Reads(tuple(sorted(tables)), tuple(sorted(pack_tables)), has_residents)


def framing_kind(indicator: Indicator) -> str:
    """Name the kind whose features an indicator gives values for."""
    return "area" if indicator.per == "area" else "organisation"


def read_directly(indicator: Indicator) -> frozenset[str]:
    """List the tables that an indicator's statement itself names."""
    return _tables_of(indicator.sql)


def text_table(table: Table) -> pa.Table:
    """Give a pack's table as the statements see it: text columns, in the order of the file."""
    return pa.table(
        {name: pa.array([row[name] for row in table.rows], pa.string()) for name in table.columns}
    )


@lru_cache(maxsize=512)
def _tables_of(sql: str) -> frozenset[str]:
    return frozenset(tables_read(sql))
