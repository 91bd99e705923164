"""How long work tells how far it is: a callable, so that a terminal, a stream and a test can all listen."""

from collections.abc import Callable

from zonetwin.core.text import Text

Progress = Callable[[int, int | None, Text], None]
"""Called with units done, units in all (None when not known) and what is being done now."""


def no_progress(done: int, total: int | None, note: Text) -> None:
    """Listen to nothing."""
