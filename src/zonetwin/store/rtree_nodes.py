"""The nodes of an R*Tree as SQLite stores them, read without a search.

The layout of a node, all big-endian: depth of the tree (2 bytes, meant only in the root, which is node 1), number of
cells (2 bytes), then cells of rowid (8 bytes) and four float32, up to 51 of them on pages of 4096 bytes.
"""

import sqlite3
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from zonetwin.core.space import Box

CELL = np.dtype([("id", ">i8"), ("box", ">f4", (4,))])
HEADER_BYTES = 4
FILLED = 0.8
"""How full the nodes of a packed tree are."""

Boxes = npt.NDArray[np.float32]
"""minx, maxx, miny, maxy, shape (entries, 4), rounded outward."""


@dataclass(frozen=True, slots=True)
class Root:
    """The root of a tree: the boxes below it, and about how many entries the whole tree has."""

    boxes: Boxes
    entries: float

    def enclosing(self) -> tuple[float, float, float, float] | None:
        """Give minx, maxx, miny, maxy of the whole tree, None when it is empty."""
        if not len(self.boxes):
            return None
        low, high = self.boxes.min(axis=0).tolist(), self.boxes.max(axis=0).tolist()
        return low[0], high[1], low[2], high[3]

    def share_of(self, box: Box) -> float:
        """Estimate the share of entries that meet a box, taking them as evenly spread within each node."""
        if not len(self.boxes):
            return 0.0
        minx, maxx, miny, maxy = self.boxes.astype(np.float64).T
        width = np.minimum(maxx, box.east) - np.maximum(minx, box.west)
        height = np.minimum(maxy, box.north) - np.maximum(miny, box.south)
        covered = _share(width, maxx - minx) * _share(height, maxy - miny)
        return float(covered.mean())


def cells_of(node: bytes) -> npt.NDArray[np.void]:
    """Read the cells of a node."""
    count = int.from_bytes(node[2:4], "big")
    return np.frombuffer(node, dtype=CELL, count=count, offset=HEADER_BYTES)


def root(connection: sqlite3.Connection, tree: str) -> Root:
    """Read the root of a tree."""
    (node,) = connection.execute(f'select data from "{tree}_node" where nodeno = 1').fetchone()
    boxes = cells_of(node)["box"].astype(np.float32)
    depth = int.from_bytes(node[:2], "big")
    below = FILLED * ((len(node) - HEADER_BYTES) // CELL.itemsize)
    return Root(boxes, len(boxes) * below**depth)


def _share(overlap: npt.NDArray[np.float64], length: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Give how much of each length an overlap covers, 1 where a length of zero lies inside."""
    return np.where(length > 0, np.clip(overlap, 0, None) / np.where(length > 0, length, 1), overlap >= 0)
