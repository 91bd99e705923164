"""All the faults of the declarations, gathered while everything is read, and raised together at the end."""

from collections.abc import Iterable
from difflib import get_close_matches

from zonetwin.core.errors import InvalidPack, Issue
from zonetwin.packs.model import Place

_LISTED = 15


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
    """Say which known name was probably meant; list what is known when none is near."""
    if hint := near_hint(name, known := sorted(known)):
        return hint
    if not known:
        return "None is declared."
    more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
    return f"Known: {', '.join(known[:_LISTED])}{more}."


def near_hint(name: str, known: Iterable[str]) -> str:
    """Say which known name was probably meant; empty when none is near."""
    near = get_close_matches(name, [str(item) for item in known], n=1)
    return f"Did you mean {near[0]!r}?" if near else ""
