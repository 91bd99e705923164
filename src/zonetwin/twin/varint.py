"""Protocol-buffer varints for whole arrays at once.

Every part of a vector tile's feature (field keys, lengths, tags, drawing commands) is a varint, so a layer's
features are one array of integers and one call. Source: protocol buffers encoding, "Base 128 Varints" and
"ZigZag".
"""

import numpy as np

Integers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Unsigned = np.ndarray[tuple[int, ...], np.dtype[np.uint64]]

_SEVEN = np.uint64(7)


def varint_sizes(values: Unsigned) -> Integers:
    """Give the number of bytes each value takes, 1 to 10."""
    sizes = np.ones(values.shape, dtype=np.int64)
    largest = int(values.max()) if values.size else 0
    for more in range(1, max(1, (largest.bit_length() + 6) // 7)):
        sizes += values >= np.uint64(1 << (7 * more))
    return sizes


def varint_bytes(values: Unsigned, sizes: Integers | None = None) -> bytes:
    """Encode values one after the other. `sizes` saves a pass where `varint_sizes` was called before."""
    if not values.size:
        return b""
    sizes = varint_sizes(values) if sizes is None else sizes
    starts = np.cumsum(sizes) - sizes
    encoded = np.empty(int(starts[-1] + sizes[-1]), dtype=np.uint8)
    encoded[starts] = (values & np.uint64(0x7F)).astype(np.uint8) | ((sizes > 1) * np.uint8(0x80))
    for place in range(1, int(sizes.max())):
        longer = np.flatnonzero(sizes > place)
        digits = (values[longer] >> (_SEVEN * np.uint64(place))) & np.uint64(0x7F)
        encoded[starts[longer] + place] = digits.astype(np.uint8) | (
            (sizes[longer] > place + 1) * np.uint8(0x80)
        )
    return encoded.tobytes()


def zigzag(values: Integers) -> Unsigned:
    """Fold signed integers to unsigned ones: 0, -1, 1, -2 become 0, 1, 2, 3."""
    return ((values << 1) ^ (values >> 63)).view(np.uint64)


def field_bytes(number: int, payload: bytes) -> bytes:
    """Give a length-delimited field of a message."""
    return varint(number << 3 | 2) + varint(len(payload)) + payload


def varint(value: int) -> bytes:
    """Encode one value."""
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    digits.append(value)
    return bytes(digits)
