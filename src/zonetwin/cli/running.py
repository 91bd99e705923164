"""Run a command on a zone: in this process, or in the server that holds the zone."""

import json
import os
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from zonetwin.cli.output import shown_progress
from zonetwin.core.actor import Actor
from zonetwin.core.errors import TwinError, Unavailable
from zonetwin.core.text import Text
from zonetwin.zone.locking import Server, running_server
from zonetwin.zone.progress import Progress

Json = dict[str, object]


def actor_from(text: str | None) -> Actor:
    """Read `name;organisation`; without it the name of the machine's user."""
    name, _, organisation = (text or os.environ.get("USER") or "command line").partition(";")
    return Actor(name.strip() or "command line", organisation.strip())


def run(folder: str, command: str, arguments: Mapping[str, object], actor: Actor) -> Json:
    """Run a command where it belongs and give its answer, showing progress meanwhile.

    Raises:
        TwinError: what the command refuses, whether it ran here or in the server.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    zone_folder = Path(folder)
    with shown_progress() as progress:
        server = running_server(zone_folder)
        if server is not None:
            return _run_there(server, command, given, actor, progress)
        from zonetwin.zone.commands import run_command
        from zonetwin.zone.zone import open_zone

        with open_zone(zone_folder) as zone:
            return run_command(zone, command, given, actor, progress)


def _run_there(
    server: Server, command: str, arguments: Mapping[str, object], actor: Actor, progress: Progress
) -> Json:
    request = urllib.request.Request(
        f"{server.address}/api/commands/{command}",
        data=json.dumps(arguments).encode(),
        headers={
            "Content-Type": "application/json",
            "X-Zonetwin-Token": server.token,
            "X-Zonetwin-Actor": urllib.parse.quote(f"{actor.name};{actor.organisation}"),
        },
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request) as answer:
            for line in answer:
                event = json.loads(line)
                if "progress" in event:
                    told = event["progress"]
                    progress(told["done"], told["total"], Text(**told["note"]))
                elif "error" in event:
                    raise _error(event["error"])
                else:
                    result: Json = event["result"]
                    return result
    except urllib.error.HTTPError as error:
        raise _error(json.loads(error.read() or b"{}")) from error
    except urllib.error.URLError as error:
        raise Unavailable(
            f"The server at {server.address} does not answer: {error.reason}.", hint="Stop it and try again."
        ) from error
    raise Unavailable(
        "The server ended the command without an answer.",
        hint="Look at its log; what was acknowledged is kept.",
    )


def _error(problem: Mapping[str, object]) -> TwinError:
    return TwinError(str(problem.get("detail", "The server refused.")), hint=str(problem.get("hint", "")))
