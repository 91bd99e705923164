"""Errors a user can act on: what was seen, what was expected, what to do next.

Every error of zonetwin derives from `TwinError`; its class carries the HTTP status and a stable code that
interfaces translate. Missing data is not an error but a value: see `gap`.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class TwinError(Exception):
    """Something zonetwin refuses to do, with what to do instead."""

    status = 500
    code = "internal"

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InvalidInput(TwinError):
    """The request or the file says something that cannot be meant."""

    status = 422
    code = "invalid-input"


class NotFound(TwinError):
    """The named thing is not here."""

    status = 404
    code = "not-found"


class Conflict(TwinError):
    """The thing exists but its present state forbids the request."""

    status = 409
    code = "conflict"


class Forbidden(TwinError):
    """The viewer or actor may not do this."""

    status = 403
    code = "forbidden"


class Unavailable(TwinError):
    """A part needed for this is busy, locked or gone; trying later may help."""

    status = 503
    code = "unavailable"


@dataclass(frozen=True, slots=True)
class Issue:
    """One fault found in a file while all of it is checked.

    `file` is as the user named it, `line` counts from 1 and is 0 where the fault has no line.
    """

    file: str
    line: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message} {self.hint}".strip()


class InvalidPack(InvalidInput):
    """A pack or mapping with faults: all of them, each with file and line."""

    code = "invalid-pack"

    def __init__(self, issues: Sequence[Issue]) -> None:
        listed = "\n".join(f"  {issue}" for issue in issues)
        super().__init__(f"{len(issues)} fault(s) in the declarations:\n{listed}")
        self.issues = tuple(issues)
