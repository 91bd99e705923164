"""Typed cells of a plan's rows; every fault becomes an issue at its file and line, and a harmless value."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from zonetwin.core.text import Text
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Place, Table

Choice = TypeVar("Choice", bound=str)


class Cells:
    """One row of a table: what is asked for by column and type."""

    def __init__(self, row: Mapping[str, str], place: Place, issues: Issues) -> None:
        self._row = row
        self._issues = issues
        self.place = place

    def fault(self, message: str, hint: str = "") -> None:
        self._issues.add(self.place, message, hint)

    def text(self, column: str, *, required: bool = False) -> str:
        value = self._row[column].strip()
        if required and not value:
            self.fault(f"{column} is empty.")
        return value

    def both(self, column: str, *, required: bool = True) -> Text:
        """Give the text of `<column>_zh` and `<column>_en`; one of them alone is a fault."""
        text = Text(self.text(f"{column}_zh"), self.text(f"{column}_en"))
        if bool(text.zh) != bool(text.en) or (required and not text.zh):
            self.fault(f"{column} needs both languages.")
        return text

    def number(self, column: str) -> float | None:
        value = self.text(column)
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = float("nan")
        if not abs(number) < float("inf"):
            self.fault(f"{column} is {value!r}, expected a number.")
            return None
        return number

    def offset(self, column: str) -> int:
        value = self.text(column)
        if not value.isdecimal():
            self.fault(f"{column} is {value!r}, expected a count of characters.")
            return 0
        return int(value)

    def day(self, column: str) -> date | None:
        value = self.text(column)
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fault(f"{column} is {value!r}, expected a day such as 2025-12-31.")
            return None

    def choice(self, column: str, known: Sequence[Choice]) -> Choice:
        value = self.text(column)
        for item in known:
            if item == value:
                return item
        shown = ", ".join(repr(item) for item in known)
        self.fault(f"{column} is {value!r}, expected one of {shown}.")
        return known[0]

    def words(self, column: str) -> tuple[str, ...]:
        """Give the parts of a cell that are joined by semicolons."""
        return tuple(part for part in (piece.strip() for piece in self.text(column).split(";")) if part)

    def codes(self, column: str, known: Container[str], what: str) -> tuple[str, ...]:
        """Give the parts of a cell that are known; each of the others is a fault."""
        found = self.words(column)
        for code in found:
            if code not in known:
                self.fault(f"{column} names {what} {code!r}, which is not listed.")
        return tuple(code for code in found if code in known)


def rows_of(
    tables: Mapping[str, Table], name: str, columns: Iterable[str], issues: Issues
) -> Iterator[Cells]:
    """Give the rows of one table, if it has the columns; a missing table or column is a fault.

    Args:
        tables: Tables of a pack's `plan/` by name.
        name: Which of them.
        columns: The columns it must have; others are left alone.
        issues: Collects the faults.
    """
    table = tables.get(name)
    if table is None:
        home = next((item.file.rsplit("/", 1)[0] for item in tables.values()), "plan")
        issues.add(Place(f"{home}/{name}.csv", 0), "The file is missing.")
        return
    if missing := [column for column in columns if column not in table.columns]:
        issues.add(Place(table.file, 1), f"The columns {missing} are missing.")
        return
    for row, line in zip(table.rows, table.lines, strict=True):
        yield Cells(row, Place(table.file, line), issues)
