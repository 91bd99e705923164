"""Where stored things come from: the first of the two marks on everything stored."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Source:
    """The origin of features, series or cases.

    `name` identifies the source across deliveries: features are matched by (source name, key). `file` is the
    file's own name without its folder. `attribution` is the text that must stand wherever the data is shown.
    """

    name: str
    file: str = ""
    licence: str = "unknown"
    attribution: str = ""
    obtained_on: date | None = None
    synthetic: bool = False
    note: str = ""
