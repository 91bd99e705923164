"""Names that declarations may use: lower-case identifiers that no SQL engine takes for its own."""

import re

from zonetwin.core.kind import RESERVED
from zonetwin.packs.issues import Issues
from zonetwin.packs.model import Place

_SQL_WORDS = """
add all alter analyse analyze and any array as asc asymmetric between both by case cast check collate column
commit constraint create cross current_date current_time current_timestamp default deferrable delete desc
describe distinct do drop else end escape except exists false fetch for foreign from full glob grant group
having in index initially inner insert intersect into is isnull join lambda lateral leading left like limit
natural not notnull null offset on only or order outer pivot pivot_longer pivot_wider placing primary
qualify references returning right select set show some summarize symmetric table then to trailing
transaction true union unique unpivot update user using values variadic when where window with
"""
SQL_WORDS = frozenset(_SQL_WORDS.split())
"""Words reserved in SQLite, PostgreSQL or DuckDB: columns and tables may not be called so."""

_PUBLISHED = """
residents access cases case_stage case_move case_quantity case_progress target measurement series
series_last series_hour
"""
PUBLISHED = frozenset(_PUBLISHED.split())
"""Published tables that are not kinds: no kind may take their names."""

_IDENTIFIER = re.compile(r"^[a-z][a-z0-9_]{0,62}$")
_WORD = re.compile(r"^[a-z0-9][a-z0-9_-]{0,62}$")
_TAKEN_PREFIXES = ("gpkg_", "rtree_", "sqlite_", "table_", "zt_")


def check_identifier(name: str, what: str, place: Place, issues: Issues) -> None:
    """Note an issue unless a name is a lower-case SQL identifier and not a reserved word."""
    if not _IDENTIFIER.match(name):
        issues.add(
            place,
            f"{what} {name!r} is not an identifier.",
            "Use a-z, 0-9 and _, starting with a letter, at most 63.",
        )
    elif name in SQL_WORDS:
        issues.add(place, f"{what} {name!r} is a word of SQL.", "Choose another name.")


def check_kind_name(name: str, place: Place, issues: Issues) -> None:
    """Note an issue unless a kind's name can be a table beside all the others."""
    check_identifier(name, "The kind", place, issues)
    if name in PUBLISHED or name.startswith(_TAKEN_PREFIXES) or name.endswith("_past"):
        issues.add(place, f"The kind {name!r} would hide a table of the record.", "Choose another name.")


def check_property_name(name: str, place: Place, issues: Issues) -> None:
    """Note an issue unless a property's name can be a column beside the record's own."""
    check_identifier(name, "The property", place, issues)
    if name in RESERVED:
        issues.add(place, f"The property {name!r} is a column of the record.", "Choose another name.")


def check_word(name: str, what: str, place: Place, issues: Issues) -> None:
    """Note an issue unless a name is lower-case letters, digits, `_` and `-`: for packs and layers."""
    if not _WORD.match(name):
        issues.add(place, f"{what} {name!r} is not a plain name.", "Use a-z, 0-9, _ and -.")


def check_unique(name: str, seen: dict[str, Place], what: str, place: Place, issues: Issues) -> bool:
    """Note an issue if a name was used before in `seen`, else remember it; tell whether it is new."""
    if name in seen:
        before = seen[name]
        issues.add(place, f"{what} {name!r} is declared twice.", f"First in {before.file}:{before.line}.")
        return False
    seen[name] = place
    return True
