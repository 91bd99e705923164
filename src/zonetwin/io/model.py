"""What a format gives: batches of objects, and how it is asked for them.

A format reads and writes; it knows neither kinds nor zones. Coordinates leave it as the file has them, with the
file's CRS beside; `placing` brings them to lon/lat.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from zonetwin.io.fault import Fault

Geometries = np.ndarray[tuple[int, ...], np.dtype[np.object_]]
"""Shapely geometries, None where an object has none."""

BATCH = 4096
"""Objects in a batch: a few megabytes."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Objects read together, position by position.

    Attributes:
        layer: Name of the layer in the file; the file's own name where it has no layers.
        attributes: What the file says of each object, by column or tag. Absent and empty are left out.
        keys: The file's own identity of each object, empty where it has none.
        names: How to name each object to a person, such as `way/12` or `line 7`.
        geometry: Shapes in the file's CRS, shape (objects,).
        crs: The CRS of `geometry`.
        faults: What is wrong with an object as read, by position. A quarantined one has no use beyond its name.
        read: Objects counted as read with this batch, those the format itself passed over included.
        done: How far the reader is, in units of `total`.
        total: The whole, None where it cannot be known beforehand.
        edited_on: Day of the newest edit among the objects so far, None where the format tells none.
    """

    layer: str
    attributes: Sequence[Mapping[str, Any]]
    keys: Sequence[str]
    names: Sequence[str]
    geometry: Geometries
    crs: str
    faults: Mapping[int, Fault] = field(default_factory=dict)
    read: int = 0
    done: int = 0
    total: int | None = None
    edited_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read a file.

    Attributes:
        layers: Names of the layers to read; None reads all.
        tags: Keys an object must have one of to be read (OSM); empty reads all.
        x: Column with the x coordinate or longitude (tables).
        y: Column with the y coordinate or latitude (tables).
        crs: The CRS to take instead of the file's own.
        placed: Whether coordinates must be there (tables).
    """

    layers: Sequence[str] | None = None
    tags: Sequence[str] = ()
    x: str | None = None
    y: str | None = None
    crs: str | None = None
    placed: bool = True


@dataclass(frozen=True, slots=True)
class Origin:
    """What an exported file says about where its contents come from."""

    attribution: Sequence[str]
    sources: pa.Table
    synthetic: bool


Reader = Callable[[Path, ReadOptions], Iterator[Batch]]
Writer = Callable[[Path, Mapping[str, pa.Table], Origin], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Format:
    """One foreign format.

    Attributes:
        name: Its name in commands and reports.
        extensions: How its files usually end, lower case, with the dot.
        sniff: Tells from the first kilobyte whether a file is of this format.
        read: Reads a file as batches, raising InvalidInput where the file as a whole is unusable.
        layers: Names the layers of a file.
        is_synthetic: Tells whether a file says that its contents are made up.
        write: Writes tables (`geom` as WKB in lon/lat) by layer name and counts the rows of each; None where
            the format is only read.
    """

    name: str
    extensions: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Reader
    layers: Callable[[Path], Sequence[str]]
    is_synthetic: Callable[[Path], bool]
    write: Writer | None = None
