"""Who writes: every request that changes something names its actor in a header."""

from typing import Annotated
from urllib.parse import unquote

from fastapi import Depends, Header

from zonetwin.api.problems import BadRequest
from zonetwin.core.actor import Actor

HEADER = "X-Zonetwin-Actor"


def actor_from_header(text: str | None) -> Actor:
    """Read `name;organisation`, percent-encoded UTF-8; the organisation may be left out.

    Raises:
        BadRequest: the header is missing, has no name, or is not UTF-8.
    """
    try:
        name, _, organisation = unquote(text or "", errors="strict").partition(";")
    except UnicodeDecodeError as error:
        raise BadRequest(f"{HEADER} is not percent-encoded UTF-8.", hint=_HINT) from error
    if not name.strip() or any(ord(letter) < 32 for letter in name + organisation):
        raise BadRequest(f"{HEADER} is missing or names nobody.", hint=_HINT)
    return Actor(name.strip()[:200], organisation.strip()[:200])


_HINT = f"Every change has an actor: send {HEADER} as percent-encoded `name;organisation`."


def _actor(x_zonetwin_actor: Annotated[str | None, Header(description=_HINT)] = None) -> Actor:
    return actor_from_header(x_zonetwin_actor)


WritingActor = Annotated[Actor, Depends(_actor)]
