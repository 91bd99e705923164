"""A plan as read from its pack: sections, organisations, targets, tasks, named projects, and its document.

The plan's own sentences are not here. `Document` says which text the offsets belong to; a zone attaches that text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from zonetwin.core.text import Text
from zonetwin.packs.model import Place
from zonetwin.plans.model import Target
from zonetwin.plans.rules import VerdictRules

TaskKind = Literal[
    "aim", "project", "start", "completion", "mechanism", "platform", "service", "study", "policy", "context"
]


@dataclass(frozen=True, slots=True)
class Section:
    """A section by its number, under our own short title."""

    name: str
    title: Text


@dataclass(frozen=True, slots=True)
class Organisation:
    """A unit the plan charges with something. `same_as` is the code of the body it is another spelling of."""

    code: str
    title: Text
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One task of the plan without a figure of its own; `targets` are the figures it belongs to.

    `start` and `end` are code points in the plan's text, end exclusive.
    """

    id: str
    section: str
    title: Text
    kind: TaskKind
    entity: str
    deadline: date | None
    leads: tuple[str, ...]
    participants: tuple[str, ...]
    start: int
    end: int
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The text that the offsets of a plan belong to: its length in code points and the SHA-256 of its bytes.

    The text counts in UTF-8 without a byte order mark, with LF line ends.
    """

    title: Text
    issued: date | None
    characters: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan and all it promises.

    `digests` gives for each target the start of the SHA-256 of its number's text, by which an attached document is
    checked without the text being here. `places` says where each target stands in the pack's files.
    """

    name: str
    pack: str
    title: Text
    start: date
    end: date
    document: Document
    sections: tuple[Section, ...]
    organisations: tuple[Organisation, ...]
    targets: tuple[Target, ...]
    tasks: tuple[Task, ...]
    rules: VerdictRules
    digests: Mapping[str, str]
    places: Mapping[str, Place]

    def organisation(self, code: str) -> Organisation:
        """Find an organisation; a code the plan does not list is its own name."""
        return next(
            (item for item in self.organisations if item.code == code), Organisation(code, Text(code, code))
        )
