"""SQL statements kept in files of their own: `queries.sql`, each statement under a line `-- name: x`.

Trailing comments stay in the text, the database ignores them. What a statement may contain is checked by
`portable`.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from zonetwin.core.errors import InvalidInput

_HEADING = re.compile(r"^--\s*name:\s*(?P<name>\S+)\s*$", re.MULTILINE)
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@lru_cache(maxsize=64)
def load_statements(file: Path) -> Mapping[str, str]:
    """Read the named statements of a file. Text before the first name must be comments.

    Raises:
        InvalidInput: a name is not an identifier, stands twice, or has no statement under it.
    """
    text = file.read_text(encoding="utf-8")
    headings = list(_HEADING.finditer(text))
    if _bare(text[: headings[0].start() if headings else len(text)]):
        raise InvalidInput(
            f"{file.name} begins with SQL that has no name.", hint="Put `-- name: x` above it."
        )
    ends = [*(heading.start() for heading in headings[1:]), len(text)][: len(headings)]
    statements: dict[str, str] = {}
    for heading, end in zip(headings, ends, strict=True):
        name, sql = heading["name"], text[heading.end() : end].strip().removesuffix(";").rstrip()
        if not _NAME.fullmatch(name):
            raise InvalidInput(f"{file.name} names a statement {name!r}.", hint="Use lower-case identifiers.")
        if name in statements:
            raise InvalidInput(f"{file.name} has two statements named {name!r}.")
        if not _bare(sql):
            raise InvalidInput(f"{file.name} has nothing under the name {name!r}.")
        statements[name] = sql
    return MappingProxyType(statements)


def _bare(sql: str) -> str:
    """Leave out the lines that are only comments."""
    return "\n".join(line for line in sql.splitlines() if not line.lstrip().startswith("--")).strip()
