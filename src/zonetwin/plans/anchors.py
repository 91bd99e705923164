"""Checking a text against a plan's anchors, and cutting a clause out of it.

Offsets count code points of the text in UTF-8 without a byte order mark and with LF line ends; a text in GB 18030
or with CRLF is brought into that form first. The pack holds no sentence of the plan: each target carries the start
of the SHA-256 of its number's text, so whether an anchor still points at its number can be told without it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from zonetwin.core.errors import InvalidInput
from zonetwin.plans.model import Clause, Target
from zonetwin.plans.plan import Document

CONTEXT = 60
"""Code points shown before and after a clause."""


@dataclass(frozen=True, slots=True)
class DocumentCheck:
    """How a text compares with the one a plan's offsets belong to.

    `kept` and `lost` are ids of targets whose number does or does not stand where the plan's row says.
    """

    sha256: str
    characters: int
    is_exact: bool
    kept: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClauseText:
    """A clause as the attached text has it, with what stands around it; `number` is the figure's own text."""

    before: str
    text: str
    after: str
    number: str

    def as_json(self) -> dict[str, str]:
        return {"before": self.before, "text": self.text, "after": self.after, "number": self.number}


def text_from_bytes(data: bytes) -> str:
    """Decode a text file: UTF-8 with or without a byte order mark, else GB 18030; line ends become LF.

    Raises:
        InvalidInput: the bytes are no text.
    """
    if b"\0" in data:
        raise InvalidInput("The file is not plain text.", hint="Save the document as a UTF-8 text file.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise InvalidInput(
                "The file is neither UTF-8 nor GB 18030.", hint="Save the document as a UTF-8 text file."
            ) from error
    if not text.strip():
        raise InvalidInput("The file is empty.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_document(
    text: str, document: Document, targets: tuple[Target, ...], digests: Mapping[str, str]
) -> DocumentCheck:
    """Compare a text with a plan's document, and each target's number with what stands at its offsets."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    kept = tuple(item.id for item in targets if is_kept(text, item.clause, digests[item.id]))
    lost = tuple(item.id for item in targets if item.id not in set(kept))
    is_exact = sha256 == document.sha256 and len(text) == document.characters
    return DocumentCheck(sha256, len(text), is_exact, kept, lost)


def is_kept(text: str, clause: Clause, digest: str) -> bool:
    """Tell whether the number of a clause stands at its offsets in a text."""
    number = text[clause.number_start : clause.number_end]
    return hashlib.sha256(number.encode()).hexdigest().startswith(digest)


def clause_text(text: str, clause: Clause) -> ClauseText:
    """Cut a clause out of its text, with up to `CONTEXT` code points of the same paragraph on either side."""
    before = text[max(0, clause.start - CONTEXT) : clause.start]
    after = text[clause.end : clause.end + CONTEXT]
    return ClauseText(
        before=before.rsplit("\n", 1)[-1],
        text=text[clause.start : clause.end],
        after=after.split("\n", 1)[0],
        number=text[clause.number_start : clause.number_end],
    )
