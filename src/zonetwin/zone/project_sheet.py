"""Reading what the bureau's workbook says: typed projects and ledger entries, and every fault with its cell.

A fault spoils its cell or its row, never the file. Names are looked up in both languages and as codes. What
is meant by a row in the light of the record is decided in `projects_diff`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeVar

from zonetwin.cases.classes import Rules
from zonetwin.cases.fields import clean_text
from zonetwin.cases.sheet import CLAIMED, VERIFIED, Column, progress_columns, project_columns
from zonetwin.cases.sheet_values import (
    Cell,
    Month,
    amount_from_cell,
    day_from_cell,
    folded,
    list_from_cell,
    text_from_cell,
)
from zonetwin.core.errors import InvalidInput
from zonetwin.core.text import Text
from zonetwin.io.xlsx_projects import ReadSheet, ReadWorkbook, SheetRow
from zonetwin.zone.organisations import Organisations

Value = TypeVar("Value")
Severity = Literal["error", "warning"]

_CLAIM_WORDS = {folded(word) for word in (CLAIMED.zh, CLAIMED.en, "申请", "填报", "claim")}
_VERIFY_WORDS = {
    folded(word) for word in (VERIFIED.zh, VERIFIED.en, "核验", "验收", "已核实", "verify", "verification")
}


@dataclass(frozen=True, slots=True)
class SheetIssue:
    """One fault of a workbook. An `error` leaves its row out, a `warning` leaves it in.

    `column` is the letter, `heading` the column's heading; both are empty where the whole row is meant.
    """

    sheet: str
    row: int
    column: str
    heading: str
    seen: str
    expected: str
    hint: str = ""
    severity: Severity = "error"

    def as_json(self) -> dict[str, object]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "heading": self.heading,
            "seen": self.seen,
            "expected": self.expected,
            "hint": self.hint,
            "severity": self.severity,
        }


@dataclass(frozen=True, slots=True)
class SheetProject:
    """A row of the sheet of projects. `fields` holds the columns that are there, `planned` the planned amounts.

    `derived` holds what the row says of columns that follow from the ledger, as text or amount.
    """

    row: SheetRow
    key: str
    fields: Mapping[str, str | tuple[str, ...]]
    planned: Mapping[str, float | None]
    derived: Mapping[str, str | float]
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A row of the sheet of progress; an empty `stage` or `organisation` was left blank."""

    row: SheetRow
    key: str
    on: date
    stage: str
    organisation: str
    is_verification: bool
    quantities: Mapping[str, float]
    claimed_on: date | None
    note: str


@dataclass(slots=True)
class SheetReading:
    """Everything read of a workbook, with the faults found so far."""

    rules: Rules
    organisations: Organisations
    workbook: ReadWorkbook
    projects: list[SheetProject] = field(default_factory=list)
    entries: list[SheetEntry] = field(default_factory=list)
    issues: list[SheetIssue] = field(default_factory=list)

    def add_issue(
        self,
        row: SheetRow,
        column: str,
        seen: str,
        expected: str,
        *,
        hint: str = "",
        severity: Severity = "error",
    ) -> None:
        """Note a fault at a row, and at a column by its name where one is meant."""
        sheet = self._sheet(row.sheet)
        heading = self._headings(row.sheet).get(column, "")
        letter = sheet.letters.get(column, "") if sheet else ""
        self.issues.append(SheetIssue(row.sheet, row.number, letter, heading, seen, expected, hint, severity))

    def _sheet(self, name: str) -> ReadSheet | None:
        return next(
            (
                sheet
                for sheet in (self.workbook.projects, self.workbook.progress)
                if sheet and sheet.name == name
            ),
            None,
        )

    def _headings(self, name: str) -> Mapping[str, str]:
        projects = self.workbook.projects
        classes = self.rules.classes
        is_first = projects is not None and projects.name == name
        columns = project_columns(classes) if is_first else progress_columns(classes)
        return {column.name: column.heading.zh for column in columns}


def read_sheets(workbook: ReadWorkbook, rules: Rules, organisations: Organisations) -> SheetReading:
    """Read both sheets of a workbook."""
    reading = SheetReading(rules, organisations, workbook)
    for sheet in (workbook.projects, workbook.progress):
        if sheet is not None:
            for letter, heading in sheet.unknown:
                reading.issues.append(
                    SheetIssue(
                        sheet.name, sheet.heading_row, letter, heading, heading, "a known heading",
                        "The column is left out.", "warning",
                    )
                )  # fmt: skip
    if workbook.projects is not None:
        _read_projects(reading, workbook.projects)
    if workbook.progress is not None:
        _read_entries(reading, workbook.progress)
    return reading


def _read_projects(reading: SheetReading, sheet: ReadSheet) -> None:
    first_rows: dict[str, int] = {}
    for row in sheet.rows:
        key = clean_text(text_from_cell(row.cells.get("key")))
        if not key:
            reading.add_issue(
                row, "key", "", "the project's number", hint="Give every project a number of its own."
            )
        elif key in first_rows:
            hint = f"Row {first_rows[key]} has it already; only that row is read."
            reading.add_issue(row, "key", key, "a number that no other row has", hint=hint)
        else:
            first_rows[key] = row.number
            before = len(reading.issues)
            project = _project(reading, sheet, row, key)
            if all(issue.severity == "warning" for issue in reading.issues[before:]):
                reading.projects.append(project)


def _project(reading: SheetReading, sheet: ReadSheet, row: SheetRow, key: str) -> SheetProject:
    fields: dict[str, str | tuple[str, ...]] = {}
    planned: dict[str, float | None] = {}
    derived: dict[str, str | float] = {}
    for column in project_columns(reading.rules.classes):
        if column.name not in row.cells or column.name in ("key", "lon", "lat"):
            continue
        cell = row.cells[column.name]
        sort, _, name = column.name.partition(":")
        if column.unit:
            amount = _amount(reading, sheet, row, column, cell)
            if sort == "planned":
                planned[name] = amount
            elif amount is not None:
                derived[column.name] = amount
        elif column.derived:
            if text := text_from_cell(cell):
                derived[column.name] = text
        else:
            fields[column.name] = _field(reading, row, column.name, cell)
    return SheetProject(row, key, fields, planned, derived, _point(reading, row))


def _field(reading: SheetReading, row: SheetRow, name: str, cell: Cell) -> str | tuple[str, ...]:
    classes = reading.rules.classes
    if name == "category":
        titles = {code: item.title for code, item in classes.categories.items()}
        return _code(reading, row, name, cell, titles)
    if name == "work":
        return _code(reading, row, name, cell, classes.works)
    if name == "organisation":
        return _organisation(reading, row, name, text_from_cell(cell))
    if name == "participants":
        return tuple(_organisation(reading, row, name, part) for part in list_from_cell(cell))
    if name == "targets":
        return list_from_cell(cell)
    if name in ("planned_start", "planned_end"):
        month: Month = "first" if name == "planned_start" else "last"
        day = _day(reading, row, name, cell, month)
        return day.isoformat() if day else ""
    return _read(reading, row, name, cell, lambda: clean_text(text_from_cell(cell)), "")


def _read_entries(reading: SheetReading, sheet: ReadSheet) -> None:
    for row in sheet.rows:
        before = len(reading.issues)
        entry = _entry(reading, sheet, row)
        if entry is not None and all(issue.severity == "warning" for issue in reading.issues[before:]):
            reading.entries.append(entry)


def _entry(reading: SheetReading, sheet: ReadSheet, row: SheetRow) -> SheetEntry | None:
    cells = row.cells
    key = clean_text(text_from_cell(cells.get("key")))
    on = _day(reading, row, "on", cells.get("on"), "refused")
    if not key:
        reading.add_issue(row, "key", "", "the number of a project")
    if on is None:
        if not text_from_cell(cells.get("on")):
            reading.add_issue(row, "on", "", "the day on which this held")
        return None
    stages = {stage.name: stage.title for stage in reading.rules.flow.stages}
    quantities = {}
    for column in progress_columns(reading.rules.classes):
        if column.unit and column.name in cells:
            amount = _amount(reading, sheet, row, column, cells[column.name])
            if amount is not None:
                quantities[column.name.partition(":")[2]] = amount
    return SheetEntry(
        row=row,
        key=key,
        on=on,
        stage=_code(reading, row, "stage", cells.get("stage"), stages),
        organisation=_organisation(reading, row, "organisation", text_from_cell(cells.get("organisation"))),
        is_verification=_is_verification(reading, row),
        quantities=quantities,
        claimed_on=_day(reading, row, "claimed_on", cells.get("claimed_on"), "refused"),
        note=clean_text(text_from_cell(cells.get("note"))),
    )


def _is_verification(reading: SheetReading, row: SheetRow) -> bool:
    word = folded(text_from_cell(row.cells.get("sort")))
    if word in _VERIFY_WORDS:
        return True
    if word and word not in _CLAIM_WORDS:
        reading.add_issue(
            row, "sort", text_from_cell(row.cells.get("sort")), f"{CLAIMED.zh} or {VERIFIED.zh}"
        )
    return False


def _code(reading: SheetReading, row: SheetRow, column: str, cell: Cell, titles: Mapping[str, Text]) -> str:
    """Find the code that a title in either language, or the code itself, stands for; empty for an empty cell."""
    text = text_from_cell(cell)
    wanted = folded(text)
    if not wanted:
        return ""
    for code, title in titles.items():
        if wanted in (folded(title.zh), folded(title.en), folded(code)):
            return code
    reading.add_issue(row, column, text, "one of: " + "、".join(title.zh for title in titles.values()))
    return ""


def _organisation(reading: SheetReading, row: SheetRow, column: str, text: str) -> str:
    """Find an organisation's code; a name the zone does not know is kept as written, with a warning."""
    if not text:
        return ""
    code = reading.organisations.code_of(text)
    if code is not None:
        return code
    if reading.organisations.names:
        hint = "It is kept as written; correct the name if it should be one of the known ones."
        reading.add_issue(row, column, text, "an organisation of this zone", hint=hint, severity="warning")
    return clean_text(text)


def _day(reading: SheetReading, row: SheetRow, column: str, cell: Cell, month: Month) -> date | None:
    from_1904 = reading.workbook.from_1904
    return _read(
        reading, row, column, cell, lambda: day_from_cell(cell, month=month, from_1904=from_1904), None
    )


def _amount(
    reading: SheetReading, sheet: ReadSheet, row: SheetRow, column: Column, cell: Cell
) -> float | None:
    written_in = sheet.units.get(column.name, "")
    return _read(
        reading,
        row,
        column.name,
        cell,
        lambda: amount_from_cell(cell, unit=column.unit, written_in=written_in),
        None,
    )


def _point(reading: SheetReading, row: SheetRow) -> tuple[float, float] | None:
    found = {}
    for name in ("lon", "lat"):
        cell = row.cells.get(name)
        number = _read(reading, row, name, cell, lambda cell=cell: _degrees(cell), None)  # type: ignore[misc]
        if number is not None:
            found[name] = number
    if len(found) == 1:
        (missing,) = {"lon", "lat"} - set(found)
        reading.add_issue(row, missing, "", "longitude and latitude together")
    return (found["lon"], found["lat"]) if len(found) == 2 else None


def _degrees(cell: Cell) -> float | None:
    text = folded(text_from_cell(cell)).rstrip("°")
    if not text:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise InvalidInput(
            f"{text!r} is not a number of degrees.", hint="Write degrees, such as 121.0125."
        ) from error


def _read(
    reading: SheetReading, row: SheetRow, column: str, cell: Cell, read: Callable[[], Value], otherwise: Value
) -> Value:
    """Read a cell; what cannot be read is an issue there."""
    try:
        return read()
    except InvalidInput as error:
        reading.add_issue(row, column, text_from_cell(cell), error.message, hint=error.hint)
        return otherwise
