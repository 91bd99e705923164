"""Offices and communities: the areas the district is governed by, cut along the lines of the frame."""

from dataclasses import dataclass

import shapely

from zonetwin.synth.cells import COMMUNITY_CELLS
from zonetwin.synth.frame import Frame

_OFFICE_CELLS = 3 * COMMUNITY_CELLS
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Area:
    """An office or community with its outline on the ground."""

    code: str
    name: str
    name_en: str
    level: str
    parent: str
    outline: shapely.Polygon


def make_areas(frame: Frame) -> list[Area]:
    """Cut the district into offices, and these into communities; together each covers the whole once."""
    areas: list[Area] = []
    for number, (columns, rows) in enumerate(
        _blocks(frame, 0, len(frame.columns) - 1, 0, len(frame.rows) - 1, _OFFICE_CELLS)
    ):
        office = Area(
            f"office-{number + 1}",
            f"第{_numeral(number + 1)}办事处",
            f"Office {number + 1}",
            "office",
            "zone",
            _outline(frame, columns, rows),
        )
        areas.append(office)
        communities = _blocks(frame, *columns, *rows, COMMUNITY_CELLS)
        for part, (inner_columns, inner_rows) in enumerate(communities):
            code = f"community-{number + 1}-{part + 1:02d}"
            name = f"{_numeral(number + 1)}办第{_numeral(part + 1)}社区"
            outline = _outline(frame, inner_columns, inner_rows)
            areas.append(
                Area(code, name, f"Community {number + 1}-{part + 1}", "community", office.code, outline)
            )
    return areas


_Span = tuple[int, int]


def _blocks(frame: Frame, c0: int, c1: int, r0: int, r1: int, size: int) -> list[tuple[_Span, _Span]]:
    """Cut a range of cells into squares of about `size` cells; what is left over widens the last ones."""
    return [(columns, rows) for columns in _spans(c0, c1, size) for rows in _spans(r0, r1, size)]


def _spans(start: int, end: int, size: int) -> list[_Span]:
    cuts = list(range(start, end, size))
    if len(cuts) > 1 and end - cuts[-1] < size / 2:
        cuts.pop()
    return list(zip(cuts, [*cuts[1:], end], strict=True))


def _outline(frame: Frame, columns: _Span, rows: _Span) -> shapely.Polygon:
    return frame.ring(
        frame.columns[columns[0]].at,
        frame.rows[rows[0]].at,
        frame.columns[columns[1]].at,
        frame.rows[rows[1]].at,
    )


def _numeral(number: int) -> str:
    if number <= 10:
        return _NUMERALS[number - 1]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _NUMERALS[tens - 1]) + "十" + (_NUMERALS[ones - 1] if ones else "")
