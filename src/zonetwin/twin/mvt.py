"""The vector tile format: layers of drawn features with typed attributes, as bytes.

A layer's features are written as one array of varints: keys, lengths, tags and drawing commands of all of
them are computed together, because a loop over features costs more than reading them from the record.

Source: Mapbox Vector Tile Specification 2.1.
"""

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import pyarrow as pa

from zonetwin.twin.drawing import Drawing, Geometries, draw
from zonetwin.twin.mercator import EXTENT
from zonetwin.twin.varint import Integers, Unsigned, field_bytes, varint, varint_bytes, varint_sizes

Column: TypeAlias = "pa.Array[pa.Scalar[pa.DataType]]"
_FEATURE, _ID, _TAGS, _TYPE, _GEOMETRY = 0x12, 0x08, 0x12, 0x18, 0x22
_VERSION_2 = b"\x78\x02"


@dataclass(frozen=True, slots=True)
class TileLayer:
    """Features of one layer of a tile.

    `ids` are the features' identities (0 or more), `geometries` their places in tile units, `attributes` one
    Arrow column of the same length each; null attributes are left out of the tile.
    """

    name: str
    ids: Integers
    geometries: Geometries
    attributes: Mapping[str, Column]


def encode_tile(layers: Iterable[TileLayer]) -> bytes:
    """Write a tile. Layers of which nothing is visible are left out; an empty tile is no bytes at all."""
    return b"".join(field_bytes(3, payload) for layer in layers if (payload := _layer_bytes(layer)))


def _layer_bytes(layer: TileLayer) -> bytes:
    if not len(layer.ids):
        return b""
    drawing = draw(layer.geometries)
    if not len(drawing.features):
        return b""
    keys, values, tags, tag_counts = _tags(layer.attributes, drawing.features)
    return b"".join(
        [
            _VERSION_2,
            field_bytes(1, layer.name.encode()),
            _features_bytes(layer.ids[drawing.features], drawing, tags, tag_counts),
            *(field_bytes(3, key.encode()) for key in keys),
            *(field_bytes(4, value) for value in values),
            b"\x28" + varint(EXTENT),
        ]
    )


def _features_bytes(ids: Integers, drawing: Drawing, tags: Unsigned, tag_counts: Integers) -> bytes:
    """Write all features: for each `feature length, id, tags, type, geometry`, as one run of varints."""
    count = len(ids)
    tag_bytes = _summed(varint_sizes(tags), tag_counts)
    command_bytes = _summed(varint_sizes(drawing.commands), drawing.counts)
    head = np.empty((count, 10), dtype=np.uint64)
    head[:, 0], head[:, 2], head[:, 4], head[:, 6], head[:, 8] = _FEATURE, _ID, _TAGS, _TYPE, _GEOMETRY
    head[:, 3], head[:, 5], head[:, 7], head[:, 9] = ids, tag_bytes, drawing.types, command_bytes
    inner = varint_sizes(head[:, 2:].ravel()).reshape(count, 8).sum(axis=1)
    head[:, 1] = inner + tag_bytes + command_bytes

    lengths = 10 + tag_counts + drawing.counts
    starts = np.cumsum(lengths) - lengths
    stream = np.empty(int(lengths.sum()), dtype=np.uint64)
    stream[starts[:, None] + np.arange(6)] = head[:, :6]
    stream[_spread(starts + 6, tag_counts)] = tags
    stream[(starts + 6 + tag_counts)[:, None] + np.arange(4)] = head[:, 6:]
    stream[_spread(starts + 10 + tag_counts, drawing.counts)] = drawing.commands
    return varint_bytes(stream)


def _tags(
    attributes: Mapping[str, Column], features: Integers
) -> tuple[list[str], list[bytes], Unsigned, Integers]:
    """Give keys, encoded values, and per feature the pairs (key number, value number) of what is not null."""
    keys: list[str] = []
    numbers: dict[bytes, int] = {}
    columns: list[Integers] = []
    for name, column in attributes.items():
        coded = column.take(features).dictionary_encode()
        if coded.null_count == len(coded):
            continue
        messages = map(_value_bytes, coded.dictionary.to_pylist())
        number_of_code = np.array([numbers.setdefault(item, len(numbers)) for item in messages])
        codes = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        columns.append(np.where(codes < 0, -1, number_of_code[codes]))
        keys.append(name)
    if not columns:
        none = np.zeros(0, dtype=np.uint64)
        return [], [], none, np.zeros(len(features), dtype=np.int64)
    table = np.stack(columns, axis=1)
    present = table >= 0
    pairs = np.stack([np.broadcast_to(np.arange(len(keys)), table.shape), table], axis=2)[present]
    return keys, list(numbers), pairs.ravel().astype(np.uint64), 2 * present.sum(axis=1)


def _value_bytes(value: object) -> bytes:
    """Write one attribute value with its type; dates and instants are ISO text."""
    if isinstance(value, bool):
        return b"\x38" + (b"\x01" if value else b"\x00")
    if isinstance(value, int):
        return b"\x28" + varint(value) if value >= 0 else b"\x30" + varint((value << 1) ^ -1)
    if isinstance(value, float):
        return b"\x19" + struct.pack("<d", value)
    return field_bytes(1, str(value).encode())


def _spread(starts: Integers, counts: Integers) -> Integers:
    """Give `counts[i]` consecutive positions from each start."""
    offsets = np.repeat(starts - (np.cumsum(counts) - counts), counts)
    return np.asarray(offsets + np.arange(int(counts.sum())))


def _summed(sizes: Integers, counts: Integers) -> Integers:
    """Sum consecutive runs of `counts[i]` sizes; a run of none is 0."""
    running = np.concatenate([[0], np.cumsum(sizes)])
    ends = np.cumsum(counts)
    return np.asarray(running[ends] - running[ends - counts])
