"""Checks one statement of an indicator: what it may do, what it takes, and the columns it gives."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from zonetwin.core.errors import InvalidInput
from zonetwin.packs.indicators import GIVEN
from zonetwin.packs.issues import Issues, nearest_hint
from zonetwin.packs.model import Indicator, Place

REQUIRED = ("area", "feature", "counted", "of", "reason")
OPTIONAL = ("claimed", "low", "high")
TEXTS = ("area", "feature", "reason")

_ANY_DAY = date(2024, 1, 1)
_LINE = re.compile(r"\bline (\d+): *", re.IGNORECASE)
_NUMBER = re.compile(
    r"^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|U\w+INT|FLOAT|DOUBLE|DECIMAL\(.*\))$"
)
_PREFIX = "The statement cannot be run: "


class Plan(Protocol):
    """What plans statements against empty tables."""

    def problems(self, sql: str, parameters: dict[str, object] | None = None) -> list[str]:
        """List what keeps a statement from running."""

    def columns(self, sql: str, parameters: dict[str, object] | None = None) -> dict[str, str]:
        """Give the names and types of what a statement yields."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a statement reads and takes."""

    tables: frozenset[str]
    parameters: frozenset[str]

    @staticmethod
    def note(problem: str, indicator: Indicator, issues: Issues) -> None:
        """Note a problem at the line of the SQL file that it names, else at its first line."""
        found = _LINE.search(problem)
        line = int(found[1]) if found else 1
        said = _LINE.sub("", problem.removeprefix(_PREFIX), count=1).splitlines()[0].strip()
        issues.add(Place(indicator.sql_file, line), said, f"Used by {indicator.name!r}.")


def check_statement(indicator: Indicator, statement: Statement, plan: Plan, issues: Issues) -> None:
    """Note what is not allowed, what cannot be planned, wrong parameters and wrong columns."""
    if not _parameters_match(indicator, statement, issues):
        return
    values: dict[str, object] = {**indicator.parameters, **dict.fromkeys(GIVEN, _ANY_DAY)}
    if problems := plan.problems(indicator.sql, values):
        for problem in problems:
            Statement.note(problem, indicator, issues)
        return
    try:
        columns = plan.columns(indicator.sql, values)
    except InvalidInput as error:
        Statement.note(error.message, indicator, issues)
        return
    _check_columns(indicator, columns, issues)


def _parameters_match(indicator: Indicator, statement: Statement, issues: Issues) -> bool:
    declared = set(indicator.parameters)
    for name in sorted(statement.parameters - declared - set(GIVEN)):
        issues.add(
            indicator.place,
            f"The statement takes the parameter {name!r}, which {indicator.name!r} does not declare.",
            nearest_hint(name, declared | set(GIVEN)),
        )
    for name in sorted(declared - statement.parameters):
        issues.add(indicator.place, f"The parameter {name!r} is declared but the statement does not take it.")
    return not statement.parameters - declared - set(GIVEN)


def _check_columns(indicator: Indicator, columns: dict[str, str], issues: Issues) -> None:
    place = Place(indicator.sql_file, 1)
    for name in REQUIRED:
        if name not in columns:
            issues.add(
                place, f"The statement does not give the column {name!r}.", f"Used by {indicator.name!r}."
            )
    for name, type_ in columns.items():
        if name not in (*REQUIRED, *OPTIONAL):
            issues.add(
                place,
                f"The statement gives a column {name!r} that a proof does not have.",
                f"It gives: {', '.join((*REQUIRED, *OPTIONAL))}.",
            )
        elif not _fits(name, type_):
            wanted = "a text" if name in TEXTS else "a number"
            issues.add(place, f"The column {name!r} is {type_}, expected {wanted}.", "Cast it.")


def _fits(name: str, type_: str) -> bool:
    """Tell whether a column may have a type. A bare null is an INTEGER to the engine: as a text it must be cast."""
    return type_ == "VARCHAR" if name in TEXTS else _NUMBER.match(type_) is not None
