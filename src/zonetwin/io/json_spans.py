"""Where the features of a GeoJSON file begin and end, without reading it into memory or trusting it to be JSON.

Only quotes and brackets are looked at. So one broken feature costs that feature, and its line is known.
"""

import mmap
import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]', re.DOTALL)
_BRACE = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"|[{}]', re.DOTALL)
_FEATURES = re.compile(rb'"features"\s*:\s*\[')

Bytes = bytes | mmap.mmap


class CutOff(ValueError):
    """The file ends inside an object; `begun` counts the features before it."""

    def __init__(self, begun: int) -> None:
        super().__init__(begun)
        self.begun = begun


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes of one feature, and the line it starts on, from 1."""

    start: int
    end: int
    line: int


def feature_spans(data: Bytes) -> Iterator[Span]:
    """Find the features of a FeatureCollection, or every object of a file that is one per line.

    Raises:
        CutOff: the data ends before what was begun is closed.
    """
    lines = _Lines(data)
    count = 0
    position = 0
    while (start := data.find(b"{", position)) >= 0:
        inside = _features_start(data, start)
        if inside is None:
            end = _closing(data, start, count)
            yield Span(start, end, lines.at(start))
            position, count = end, count + 1
            continue
        for start, end in _members(data, inside, count):
            yield Span(start, end, lines.at(start))
            count, position = count + 1, end
        return


def _features_start(data: Bytes, start: int) -> int | None:
    """Find where the array `features` of the object at `start` begins, None when it has none."""
    depth = 0
    for token in _TOKEN.finditer(data, start):
        mark = token[0]
        if mark in (b"{", b"["):
            depth += 1
        elif mark in (b"}", b"]"):
            depth -= 1
            if depth == 0:
                return None
        elif depth == 1 and (match := _FEATURES.match(data, token.start())):
            return match.end()
    return None


def _members(data: Bytes, start: int, count: int) -> Iterator[tuple[int, int]]:
    """Give the spans of the objects in the array that begins at `start`."""
    position = start
    while True:
        token = _TOKEN.search(data, position)
        if token is None:
            raise CutOff(count)
        if token[0] == b"]":
            return
        position = token.end()
        if token[0] == b"{":
            position = _closing(data, token.start(), count)
            yield token.start(), position
            count += 1


def _closing(data: Bytes, start: int, count: int) -> int:
    """Find the end of the object that begins at `start`."""
    depth = 0
    for token in _BRACE.finditer(data, start):
        if token[0] == b"{":
            depth += 1
        elif token[0] == b"}":
            depth -= 1
            if depth == 0:
                return token.end()
    raise CutOff(count)


class _Lines:
    """Counts lines up to ever later positions."""

    def __init__(self, data: Bytes) -> None:
        self._data = data
        self._position = 0
        self._line = 1

    def at(self, position: int) -> int:
        self._line += self._data[self._position : position].count(b"\n")
        self._position = position
        return self._line
