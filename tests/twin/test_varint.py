"""Varints against the examples of the protocol buffers encoding and a plain loop."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.twin.varint import field_bytes, varint, varint_bytes, varint_sizes, zigzag


def test_150_is_written_in_two_bytes() -> None:
    # protocol buffers encoding, "Base 128 Varints": 150 is 96 01
    assert varint(150) == bytes.fromhex("9601")


def test_a_text_field_has_its_key_and_length_before_it() -> None:
    # the same page: field 2 holding "testing" is 12 07 74 65 73 74 69 6e 67
    assert field_bytes(2, b"testing") == bytes.fromhex("120774657374696e67")


def test_zigzag_folds_as_documented() -> None:
    assert zigzag(np.array([0, -1, 1, -2, 2147483647, -2147483648])).tolist() == [
        *(0, 1, 2, 3),
        *(4294967294, 4294967295),
    ]


@given(st.lists(st.integers(0, 2**64 - 1)))
def test_an_array_is_written_as_its_values_one_by_one(values: list[int]) -> None:
    array = np.array(values, dtype=np.uint64)
    assert varint_bytes(array) == b"".join(map(varint, values))
    assert varint_sizes(array).tolist() == [len(varint(value)) for value in values]
