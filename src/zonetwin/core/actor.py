"""Who acts and who looks: every write has an actor, every read has a viewer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """Who makes a change: a person or program, and the organisation it acts for (its code, or empty)."""

    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Viewer:
    """What a reader may see. Caches are keyed by it, so it is hashable."""

    name: str
    sees_persons: bool = False


STAFF = Viewer("staff", sees_persons=True)
"""Staff with full map rights: everything in the record."""

PUBLIC = Viewer("public")
"""Anyone: kinds that hold persons are not there."""
