"""Commands for the zone that a server holds: run one at a time, told line by line how far they are.

The answer is a stream of JSON lines: `{"progress": {done, total, note}}` as it goes, then one `{"result":
…}` or `{"error": problem}`. A command goes on when its listener leaves.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from typing import Annotated

import orjson
from fastapi import APIRouter, Body, Path, Request
from fastapi.responses import StreamingResponse

from zonetwin.api.actors import WritingActor
from zonetwin.api.guard import TOKEN_HEADER, has_token
from zonetwin.api.problems import Responses, problem_of, unforeseen_problem
from zonetwin.api.served import Served, ServedZone
from zonetwin.core.actor import Actor
from zonetwin.core.errors import Forbidden, NotFound, TwinError
from zonetwin.core.text import Text
from zonetwin.zone.commands import COMMANDS, run_command

router = APIRouter(prefix="/api/commands", tags=["commands"])
logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/x-ndjson"
_STREAM: Responses = {200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}}
_FILES = frozenset({"path", "mapping"})

Json = dict[str, object]


class Ndjson(StreamingResponse):
    """A stream of JSON lines."""

    media_type = MEDIA_TYPE


_Queue = asyncio.Queue[Json | None]


@router.post("/{command}", response_model=None, responses=_STREAM, response_class=Ndjson)
async def run(
    request: Request,
    served: ServedZone,
    actor: WritingActor,
    command: Annotated[str, Path(description="Name of the command")],
    arguments: Annotated[dict[str, object], Body(description="Its arguments; paths are absolute")],
) -> Ndjson:
    """Run a command. Those that name files of this machine need the token from the zone's lock."""
    if command not in COMMANDS:
        raise NotFound(f"There is no command {command!r}.", hint=f"There are: {', '.join(COMMANDS)}.")
    if _FILES & set(arguments) and not has_token(request.headers.get(TOKEN_HEADER, ""), served.token or ""):
        raise Forbidden(
            "Only the command line may name files of this machine.", hint="Send the file itself instead."
        )
    events: _Queue = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def tell(event: Json | None) -> None:
        loop.call_soon_threadsafe(events.put_nowait, event)

    def work() -> None:
        tell(_outcome(served, command, arguments, actor, tell))
        tell(None)

    served.worker.submit(work)
    return Ndjson(_lines(events), headers={"cache-control": "no-store"})


def _outcome(
    served: Served, command: str, arguments: Json, actor: Actor, tell: Callable[[Json | None], None]
) -> Json:
    """Run a command to its end and give the last line."""

    def progress(done: int, total: int | None, note: Text) -> None:
        tell({"progress": {"done": done, "total": total, "note": note.as_json()}})

    try:
        return {"result": run_command(served.zone, command, arguments, actor, progress)}
    except TwinError as error:
        return {"error": problem_of(error)}
    except Exception:
        logger.exception("command failed", extra={"command": command})
        return {"error": unforeseen_problem()}


async def _lines(events: _Queue) -> AsyncIterator[bytes]:
    while (event := await events.get()) is not None:
        yield orjson.dumps(event, option=orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS)
