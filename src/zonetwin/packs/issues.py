"""All the faults of the declarations, gathered while everything is read, and raised together at the end."""

from collections.abc import Iterable
from difflib import get_close_matches

from zonetwin.core.errors import InvalidPack, Issue
from zonetwin.packs.model import Place


class Issues:
    """A growing list of faults; readers add to it and go on."""

    def __init__(self) -> None:
        self.found: list[Issue] = []

    def add(self, place: Place, message: str, hint: str = "") -> None:
        self.found.append(Issue(place.file, place.line, message, hint))

    def add_unknown(self, place: Place, what: str, name: str, known: Iterable[str]) -> None:
        """Note a name that does not exist, with the nearest one that does, or all when none is near."""
        self.add(place, f"{what} {name!r} is unknown.", nearest_hint(name, known))

    def raise_if_any(self) -> None:
        """Stop here if something was wrong.

        Raises:
            InvalidPack: with every fault, in the order of file and line.
        """
        if self.found:
            distinct = dict.fromkeys(self.found)
            raise InvalidPack(sorted(distinct, key=lambda issue: (issue.file, issue.line)))


def nearest_hint(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant; list them all when none is near."""
    names = sorted(known)
    if near := get_close_matches(name, names, n=1):
        return f"Did you mean {near[0]!r}?"
    return f"Known: {', '.join(names)}." if names else "None is declared."
