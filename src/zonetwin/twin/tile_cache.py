"""Tiles kept in memory, and told apart from stale ones by the boxes of Changes.

A tile stays good while no Change touches its kinds inside its box. Tiles are kept compressed, the least
recently used go first. What is kept is lost with the process.
"""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from zonetwin.core.actor import Viewer
from zonetwin.core.space import Box
from zonetwin.store.model import Change, Store
from zonetwin.twin.mercator import BUFFER, Tile

LARGEST = 128 * 1024 * 1024
"""Bytes of compressed tiles kept."""


@dataclass(frozen=True, slots=True)
class TileKey:
    """What a tile depends on: who looks, which kinds in which order, where."""

    viewer: Viewer
    kinds: tuple[str, ...]
    tile: Tile


@dataclass(frozen=True, slots=True)
class CachedTile:
    """A finished tile: gzip bytes (empty where there is nothing to see) and a tag of its content."""

    body: bytes
    tag: str


@dataclass(slots=True)
class _Kept:
    tile: CachedTile
    change: int


class TileCache:
    """Tiles by key, for many threads."""

    def __init__(self, store: Store, *, largest: int = LARGEST) -> None:
        self._store = store
        self._largest = largest
        self._kept: OrderedDict[TileKey, _Kept] = OrderedDict()
        self._bytes = 0
        self._changes: list[Change] = []
        self._lock = threading.Lock()

    def find(self, key: TileKey) -> CachedTile | None:
        """Give a tile that is still good, None where it must be made."""
        last = self._store.last_change
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                return None
            if kept.change < last and self._is_touched(key, kept.change, last):
                self._drop(key)
                return None
            kept.change = max(kept.change, last)
            self._kept.move_to_end(key)
            return kept.tile

    def tile(self, key: TileKey, make: Callable[[], bytes]) -> CachedTile:
        """Give a good tile, made now if need be."""
        if (found := self.find(key)) is not None:
            return found
        change = self._store.last_change
        content = make()
        tag = hashlib.blake2b(content, digest_size=12).hexdigest()
        made = CachedTile(gzip.compress(content, 1, mtime=0) if content else b"", tag)
        with self._lock:
            self._drop(key)
            self._kept[key] = _Kept(made, change)
            self._bytes += len(made.body)
            while self._bytes > self._largest:
                self._drop(next(iter(self._kept)))
        return made

    def _drop(self, key: TileKey) -> None:
        if (kept := self._kept.pop(key, None)) is not None:
            self._bytes -= len(kept.tile.body)

    def _is_touched(self, key: TileKey, since: int, last: int) -> bool:
        box = key.tile.box(buffer=BUFFER)
        kinds = set(key.kinds)
        return any(
            change.box is not None and _meet(change.box, box) and not kinds.isdisjoint(change.counts)
            for change in self._changes_after(since, last)
        )

    def _changes_after(self, since: int, last: int) -> list[Change]:
        """Give the Changes after one, reading only those not yet known; known ones are contiguous."""
        known = self._changes
        if not known or known[0].id > since + 1:
            self._changes = known = self._store.changes_since(since)
        elif known[-1].id < last:
            known.extend(self._store.changes_since(known[-1].id))
        return [change for change in known if change.id > since]


def _meet(first: Box, second: Box) -> bool:
    return (
        first.west <= second.east
        and second.west <= first.east
        and first.south <= second.north
        and second.south <= first.north
    )


def unpacked(tile: CachedTile) -> bytes:
    """Give a tile's bytes uncompressed, for clients that do not take gzip."""
    return gzip.decompress(tile.body)
