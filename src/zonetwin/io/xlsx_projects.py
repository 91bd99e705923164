"""The bureau's workbook as a file: writing its two sheets, and reading what comes back with the place of every cell.

Reading takes sheets as people keep them: a title above the headings, headings in other words or another order,
merged cells (every cell of the merge has its value), empty rows between and after, formulas (their last computed
value). What the cells mean is for `cases.sheet` and for the use case that compares them with the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from zonetwin.cases.sheet import PROGRESS, PROJECTS, Column, heading_words
from zonetwin.cases.sheet_values import Cell, folded, text_from_cell, unit_from_text
from zonetwin.core.errors import InvalidInput
from zonetwin.core.text import Text

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_HEADING_ROWS = 12
"""How far down the headings may begin."""
_MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty: the sheet's name, the row's number from 1, its cells by column name."""

    sheet: str
    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """A sheet as read: its rows, the letter and the heading's unit of each known column, headings not known."""

    name: str
    rows: tuple[SheetRow, ...]
    letters: Mapping[str, str]
    units: Mapping[str, str]
    unknown: tuple[tuple[str, str], ...]
    heading_row: int


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """What was read of a workbook; a sheet that is not there is None."""

    projects: ReadSheet | None
    progress: ReadSheet | None
    from_1904: bool


def write_workbook(
    path: Path, sheets: Mapping[str, Sequence[Sequence[Cell]]], columns: Mapping[str, Sequence[Column]]
) -> None:
    """Write sheets of rows, headings first, as a workbook people can work on.

    Args:
        path: File to write.
        sheets: Rows of each sheet by its name.
        columns: The columns of each sheet, for widths and for shading what is derived.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        _write_sheet(book, name, rows, columns[name])
    book.save(path)


def read_workbook(
    path: Path, project_columns: Sequence[Column], progress_columns: Sequence[Column]
) -> ReadWorkbook:
    """Read the two sheets of a workbook, found by their names, or by their headings where the names differ.

    Raises:
        InvalidInput: the file is not a workbook, is too long, or has neither sheet.
    """
    book = _opened(path)
    try:
        projects = _find_sheet(book, PROJECTS, project_columns, needed=("key", "title"))
        progress = _find_sheet(book, PROGRESS, progress_columns, needed=("key", "on"))
        if projects is None and progress is None:
            raise InvalidInput(
                f"{path.name} has no sheet with the headings of projects or of progress.",
                hint="Export the workbook from here and fill that in, or name the sheets 项目 and 进展.",
            )
        return ReadWorkbook(projects, progress, book.epoch.year == 1904)
    finally:
        book.close()


def _write_sheet(
    book: "Workbook", name: str, rows: Sequence[Sequence[Cell]], columns: Sequence[Column]
) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    for row in rows:
        sheet.append(list(row))
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        heading = sheet.cell(1, number)
        heading.font = Font(bold=True)
        heading.alignment = Alignment(wrap_text=True, vertical="center")
        heading.fill = PatternFill("solid", fgColor="E4E7EC" if column.derived else "F5E8C8")
    for cells in sheet.iter_rows(min_row=2):
        for cell in cells:
            if isinstance(cell.value, date):
                cell.number_format = "yyyy-mm-dd"
            elif cell.data_type == "f":
                cell.data_type = "s"  # a text that begins with `=` is a text, not a formula
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = sheet.dimensions


def _opened(path: Path) -> "Workbook":
    import warnings

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # by handle: a workbook kept with the zone's media has no suffix, which openpyxl would refuse
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations it does not keep
            return load_workbook(file, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise InvalidInput(
            f"{path.name} is not a workbook that can be read: {error}.",
            hint="Save it as .xlsx and try again.",
        ) from error


def _find_sheet(
    book: "Workbook", name: Text, columns: Sequence[Column], *, needed: Sequence[str]
) -> ReadSheet | None:
    names = {folded(name.zh), folded(name.en)}
    ordered = sorted(book.worksheets, key=lambda sheet: folded(sheet.title) not in names)
    for sheet in ordered:
        found = _read_sheet(sheet, columns, needed=needed)
        if found is not None:
            return found
    return None


def _read_sheet(sheet: "Worksheet", columns: Sequence[Column], *, needed: Sequence[str]) -> ReadSheet | None:
    """Read a sheet whose headings have the needed columns; None when they do not."""
    if sheet.max_row > _MOST_ROWS:
        raise InvalidInput(
            f"The sheet {sheet.title!r} has {sheet.max_row} rows, expected at most {_MOST_ROWS}."
        )
    grid = _grid(sheet)
    words = heading_words(columns)
    for index, cells in enumerate(grid[:_HEADING_ROWS]):
        headings = _headings(cells, words)
        if all(name in headings.columns for name in needed):
            return _body(sheet.title, grid, index, headings)
    return None


@dataclass(frozen=True, slots=True)
class _Headings:
    columns: Mapping[str, int]
    units: Mapping[str, str]
    unknown: tuple[tuple[str, str], ...]


def _headings(cells: Sequence[Cell], words: Mapping[str, Column]) -> _Headings:
    """Match the cells of a row with columns: the first of a column counts, units stand in brackets."""
    found: dict[str, int] = {}
    units: dict[str, str] = {}
    unknown: list[tuple[str, str]] = []
    for position, cell in enumerate(cells):
        text = folded(text_from_cell(cell))
        column = words.get(text) or words.get(text.partition("(")[0])
        if column is None or column.name in found:
            if text:
                unknown.append((_letter(position), text_from_cell(cell)))
            continue
        found[column.name] = position
        written = text.partition("(")[2].rstrip(")")
        if column.unit and written:
            units[column.name] = _heading_unit(written, column)
    return _Headings(found, units, tuple(unknown))


def _heading_unit(written: str, column: Column) -> str:
    try:
        return unit_from_text(written, column.unit)
    except InvalidInput as error:
        raise InvalidInput(f"The heading {column.heading.zh!r}: {error.message}", hint=error.hint) from error


def _body(name: str, grid: Sequence[Sequence[Cell]], heading: int, headings: _Headings) -> ReadSheet:
    rows = []
    for number, cells in enumerate(grid[heading + 1 :], start=heading + 2):
        if any(text_from_cell(cell) for cell in cells):
            found = {column: cells[position] for column, position in headings.columns.items()}
            rows.append(SheetRow(name, number, found))
    letters = {column: _letter(position) for column, position in headings.columns.items()}
    return ReadSheet(name, tuple(rows), letters, headings.units, headings.unknown, heading + 1)


def _grid(sheet: "Worksheet") -> list[list[Cell]]:
    """Give all cells as rows, merged ones filled with the value of their first."""
    grid = [[_plain(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    for merged in sheet.merged_cells.ranges:
        value = grid[merged.min_row - 1][merged.min_col - 1]
        for row in range(merged.min_row - 1, min(merged.max_row, len(grid))):
            for column in range(merged.min_col - 1, min(merged.max_col, len(grid[row]))):
                grid[row][column] = value
    return grid


def _plain(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float | date):
        return value
    if isinstance(value, time | datetime):
        return value.isoformat()
    return str(value)


def _letter(position: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(position + 1)
