"""Writing something once: an intake that is repeated with its idempotency key gets the answer it got.

Answers are kept in the record with what was written, so they survive a restart.
"""

import hashlib
import json
from collections.abc import Callable

from zonetwin.cases.records import find_answer
from zonetwin.cases.writing import remember_answer
from zonetwin.core.actor import Actor
from zonetwin.store.model import Writer
from zonetwin.zone.zone import Zone

Answer = tuple[int, int | None]
"""The case written, and the entry of its ledger if one was."""


def write_once(
    zone: Zone,
    actor: Actor,
    tool: str,
    note: str,
    idempotency_key: str,
    request: str,
    write: Callable[[Writer], Answer],
) -> Answer:
    """Write in a Change of its own, unless the key was answered before: then give that answer.

    Args:
        zone: The zone.
        actor: Who writes.
        tool: What writes, for the Change.
        note: A human note, for the Change.
        idempotency_key: The key of the intake; empty when it has none.
        request: What is asked, as `request_digest` gives it.
        write: Writes it and gives the answer.

    Raises:
        Conflict: the key came with another request before.
    """
    if answer := find_answer(zone.store, idempotency_key, request):
        return answer
    try:
        with zone.store.begin(actor=actor, tool=tool, note=note) as writer:
            if answer := find_answer(zone.store, idempotency_key, request):
                raise _Answered(answer)
            answer = write(writer)
            remember_answer(writer, idempotency_key, request, *answer)
            return answer
    except _Answered as known:
        return known.answer


def request_digest(*parts: object) -> str:
    """Give the hash of what is asked: equal for equal content."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


class _Answered(Exception):
    """Undoes a Change whose key was answered between the first look and the lock."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
