"""Checks the joined declarations beyond what reading them already refused: statements, needs, visibility.

Every statement is parsed, held against the rules for pack SQL, and planned against the empty tables of a state, so
that a column that does not exist or a type that does not fit is known before anything is measured. This takes
half a second to begin, because it loads the analysis engine; opening a zone does without it.
"""

from collections.abc import Mapping

import pyarrow as pa

from zonetwin.core.errors import InvalidInput, Issue
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Catalogue, Indicator
from zonetwin.packs.need_check import check_needs
from zonetwin.packs.statement_check import Statement, check_statement
from zonetwin.store.analysis_session import Planner, parameters_used, tables_read
from zonetwin.store.states import kind_schema

TABLE_PREFIX = "table_"


def check_catalogue(catalogue: Catalogue, *, published_schemas: Mapping[str, pa.Schema]) -> list[Issue]:
    """List every fault of a catalogue's indicators, in the order of file and line.

    Args:
        catalogue: The packs, read without faults.
        published_schemas: Columns of the published tables that are not kinds: those of the domains, and
            `residents` and `access`, which the engine makes for indicators that need them.
    """
    issues = Issues()
    schemas = table_schemas(catalogue) | dict(published_schemas)
    owners = table_owners(catalogue)
    visible = visible_packs(catalogue)
    read: dict[str, Statement | None] = {}
    with Planner(schemas) as planner:
        for indicator in catalogue.indicators.values():
            if indicator.sql not in read:
                read[indicator.sql] = _statement(indicator, issues)
            statement = read[indicator.sql]
            check_needs(indicator, statement, catalogue.kinds, issues)
            if statement is not None:
                check_statement(indicator, statement, planner, issues)
                _check_visible(indicator, statement, owners, visible[indicator.pack], issues)
    return sorted(dict.fromkeys(issues.found), key=lambda issue: (issue.file, issue.line))


def table_schemas(catalogue: Catalogue) -> dict[str, pa.Schema]:
    """Give the columns of every kind and, as `table_<name>`, of every pack table (all text)."""
    kinds = {name: kind_schema(kind) for name, kind in catalogue.kinds.items()}
    tables = {
        f"{TABLE_PREFIX}{name}": pa.schema([(column, pa.string()) for column in table.columns])
        for name, table in catalogue.tables.items()
    }
    return kinds | tables


def table_owners(catalogue: Catalogue) -> dict[str, str]:
    """Name the pack that declares each kind and each table."""
    kinds = {name: kind.pack for name, kind in catalogue.kinds.items()}
    return kinds | {f"{TABLE_PREFIX}{name}": table.pack for name, table in catalogue.tables.items()}


def visible_packs(catalogue: Catalogue) -> dict[str, set[str]]:
    """Give for each pack itself and all it needs, directly or not."""
    visible: dict[str, set[str]] = {}
    for pack in catalogue.packs:  # a pack stands after those it needs
        visible[pack.name] = {pack.name}.union(*(visible[need] for need in pack.needs))
    return visible


def _statement(indicator: Indicator, issues: Issues) -> Statement | None:
    """Parse a statement once, however many indicators share it; None (with an issue) when it does not parse."""
    try:
        return Statement(
            tables=frozenset(tables_read(indicator.sql)), parameters=frozenset(parameters_used(indicator.sql))
        )
    except InvalidInput as error:
        Statement.note(error.message, indicator, issues)
        return None


def _check_visible(
    indicator: Indicator, statement: Statement, owners: Mapping[str, str], visible: set[str], issues: Issues
) -> None:
    for table in sorted(statement.tables):
        owner = owners.get(table)
        if owner is not None and owner not in visible:
            issues.add(
                indicator.place,
                f"The statement reads {table!r} of the pack {owner!r}, which {indicator.pack!r} does not need.",
                f"Add {owner!r} to the needs of {indicator.pack!r}.",
            )
