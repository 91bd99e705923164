"""Reads a pack's CSV tables as text cells with the line of every row.

A table that comes from a standard has the columns `source` and `status`; there every row must say both. Lines
are physical lines, so a quoted cell with a line break keeps the numbers right.
"""

import csv
import io
from pathlib import Path

from zonetwin.core.units import UNITS
from zonetwin.packs.issues import Issues, near_hint
from zonetwin.packs.model import Place, Table
from zonetwin.packs.names import check_identifier

STATUSES = ("verified", "secondary", "unverified", "design")
"""How sure a row is: read in the official text; in a text that cites it; from memory; a decision of ours."""


def read_table(path: Path, *, name: str, pack: str, file: str, issues: Issues) -> Table:
    """Read one CSV file in UTF-8 with a header row.

    Empty lines are skipped; a row with too many or too few cells is an issue and is left out.
    """
    text = read_text(path, file, issues)
    reader = csv.reader(io.StringIO(text or "", newline=""), strict=True)
    rows: list[dict[str, str]] = []
    lines: list[int] = []
    columns: tuple[str, ...] = ()
    start = 1
    try:
        for cells in reader:
            if not columns:
                columns = _header(cells, Place(file, start), issues)
            elif cells and len(cells) != len(columns):
                issues.add(Place(file, start), f"The row has {len(cells)} cells, the header {len(columns)}.")
            elif cells:
                rows.append(dict(zip(columns, cells, strict=True)))
                lines.append(start)
            start = reader.line_num + 1
    except csv.Error as error:
        issues.add(Place(file, start), f"The file is not valid CSV: {error}.")
    if not columns and text is not None:
        issues.add(Place(file, 1), "The file is empty.", "A table needs at least its header row.")
    table = Table(name, pack, file, columns, tuple(rows), tuple(lines))
    _check_statuses(table, issues)
    _check_units(table, issues)
    return table


def read_text(path: Path, file: str, issues: Issues) -> str | None:
    """Read a file as UTF-8, with or without a byte order mark; what is not UTF-8 is None (with an issue)."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        issues.add(Place(file, line), "The file is not UTF-8.", "Save it as UTF-8.")
        return None


def _header(cells: list[str], place: Place, issues: Issues) -> tuple[str, ...]:
    for name in cells:
        check_identifier(name, "The column", place, issues)
    for name in sorted({name for name in cells if cells.count(name) > 1}):
        issues.add(place, f"The column {name!r} is there twice.")
    return tuple(cells)


def _check_statuses(table: Table, issues: Issues) -> None:
    """Hold a standard's table to its promise: every row says its source, and how sure it is."""
    if not {"source", "status"} <= set(table.columns):
        return
    for row, line in zip(table.rows, table.lines, strict=True):
        place = Place(table.file, line)
        if not row["source"].strip():
            issues.add(place, "The row has no source.")
        if row["status"] not in STATUSES:
            issues.add(
                place, f"The status is {row['status']!r}, expected one of: {', '.join(STATUSES)}.",
                near_hint(row["status"], STATUSES),
            )  # fmt: skip


def _check_units(table: Table, issues: Issues) -> None:
    """See that what a column `unit` says is a unit; an empty cell is none."""
    for row, line in zip(table.rows, table.lines, strict=True):
        unit = row.get("unit", "")
        if unit and unit not in UNITS:
            issues.add_unknown(Place(table.file, line), "The unit", unit, UNITS)


def joined(first: Table, second: Table) -> Table:
    """Append the rows of a table of the same name and columns; `file` and `pack` stay those of the first."""
    files = [table.place_of(row).file for table in (first, second) for row in range(len(table.rows))]
    return Table(
        name=first.name,
        pack=first.pack,
        file=first.file,
        columns=first.columns,
        rows=first.rows + second.rows,
        lines=first.lines + second.lines,
        files=tuple(files),
    )
