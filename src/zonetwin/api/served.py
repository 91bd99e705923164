"""What routes share while a zone is served: the open zone, who looks, what is kept between requests."""

import asyncio
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Request

from zonetwin.core.actor import STAFF, Viewer
from zonetwin.core.errors import NotFound
from zonetwin.core.kind import Kind
from zonetwin.core.space import Box
from zonetwin.plans.overview import PlanStatus
from zonetwin.store.model import Store
from zonetwin.twin.drawn_kinds import DrawnKind, drawn_kinds
from zonetwin.twin.tile_cache import TileCache
from zonetwin.zone.judging import judge
from zonetwin.zone.searching import SearchIndex
from zonetwin.zone.zone import Zone

_KEPT_COUNTS = 512


class Counts:
    """Counts and extents that stay right until a Change touches their kind."""

    def __init__(self, store: Store, viewer: Viewer) -> None:
        self._store = store
        self._viewer = viewer
        self._kept: OrderedDict[tuple[str, Hashable], tuple[int, object]] = OrderedDict()
        self._lock = threading.Lock()

    def count(self, kind: str) -> int:
        """Count the current features of a kind."""
        found = self.of(kind, "count", lambda: self._store.count(kind, self._viewer))
        assert isinstance(found, int)
        return found

    def extent(self, kind: str) -> Box | None:
        """Give the box around a kind's features."""
        found = self.of(kind, "extent", lambda: self._store.extent(kind, self._viewer))
        assert found is None or isinstance(found, Box)
        return found

    def of(self, kind: str, question: Hashable, ask: Callable[[], object]) -> object:
        """Give a kept answer about a kind, or ask and keep it."""
        change = self._store.kind_change(kind)
        key = (kind, question)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None and kept[0] == change:
                self._kept.move_to_end(key)
                return kept[1]
        answer = ask()
        with self._lock:
            self._kept[key] = (change, answer)
            while len(self._kept) > _KEPT_COUNTS:
                self._kept.popitem(last=False)
        return answer


Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """One answer, kept until the state it was given for is another. Asked once at a time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[str, Answer] | None = None

    def of(self, state: str, ask: Callable[[], Answer]) -> Answer:
        """Give the answer for a state."""
        with self._lock:
            if self._kept is None or self._kept[0] != state:
                self._kept = (state, ask())
            return self._kept[1]


@dataclass(frozen=True, slots=True)
class Served:
    """A zone being served to one viewer.

    `worker` runs commands, one at a time; `boot` marks this start of the server in tags; `token` is what
    commands with file paths must show.
    """

    zone: Zone
    viewer: Viewer
    tiles: TileCache
    counts: Counts
    drawn: Mapping[str, DrawnKind]
    token: str | None
    names: SearchIndex
    plan: Kept[PlanStatus] = field(default_factory=Kept)
    worker: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "command"))
    boot: str = field(default_factory=lambda: secrets.token_hex(4))

    @property
    def store(self) -> Store:
        return self.zone.store

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds the viewer may see, in the order of the packs."""
        return {
            name: kind
            for name, kind in self.zone.packs.kinds.items()
            if self.viewer.sees_persons or not kind.persons
        }

    def kind(self, name: str) -> Kind:
        """Find a kind the viewer may see.

        Raises:
            NotFound: there is none of that name for this viewer.
        """
        found = self.kinds.get(name)
        if found is None:
            raise NotFound(f"There is no kind {name!r}.", hint=f"Known: {', '.join(self.kinds)}.")
        return found

    async def in_turn(self, work: Callable[[], Answer]) -> Answer:
        """Run heavy work in the thread of the commands: one after the other, while reads go on."""
        return await asyncio.get_running_loop().run_in_executor(self.worker, work)

    def plan_status(self) -> PlanStatus:
        """Judge the zone's plans, once per state of the record and day."""
        return self.plan.of(self.state(), lambda: judge(self.zone))

    def state(self) -> str:
        """Name everything an answer may depend on beside the question."""
        return f"{self.store.last_change} {self.zone.clock.today()} {self.viewer.name} {self.boot}"


def serve_zone(zone: Zone, *, token: str | None, viewer: Viewer = STAFF) -> Served:
    """Put together what the routes share."""
    return Served(
        zone=zone,
        viewer=viewer,
        tiles=TileCache(zone.store),
        counts=Counts(zone.store, viewer),
        drawn=drawn_kinds(zone.packs, viewer),
        token=token,
        names=SearchIndex(zone, viewer),
    )


def _served_of(request: Request) -> Served:
    served = request.app.state.served
    assert isinstance(served, Served)
    return served


ServedZone = Annotated[Served, Depends(_served_of)]
