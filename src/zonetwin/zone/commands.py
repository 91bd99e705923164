"""The commands that change or measure a zone, by name, with plain arguments and plain answers.

The command line runs one here when nobody serves the zone, and sends it to the server otherwise; the server runs
the same entry. Arguments and answers are JSON values; paths are absolute.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from zonetwin.core.actor import Actor
from zonetwin.core.errors import InvalidInput, NotFound
from zonetwin.zone.progress import Progress
from zonetwin.zone.zone import Zone

Json = dict[str, object]
Runner = Callable[[Zone, Mapping[str, object], Actor, Progress], Json]


@dataclass(frozen=True, slots=True)
class Command:
    """One command: the arguments it takes and what runs it."""

    run: Runner
    arguments: frozenset[str]


def run_command(
    zone: Zone, name: str, arguments: Mapping[str, object], actor: Actor, progress: Progress
) -> Json:
    """Run a command on an open zone and give its answer.

    Raises:
        NotFound: no such command.
        InvalidInput: an argument the command does not take.
    """
    command = COMMANDS.get(name)
    if command is None:
        raise NotFound(f"There is no command {name!r}.", hint=f"There are: {', '.join(COMMANDS)}.")
    if unknown := sorted(set(arguments) - command.arguments):
        raise InvalidInput(
            f"{name!r} does not take {unknown}.", hint=f"It takes: {sorted(command.arguments)}."
        )
    return command.run(zone, arguments, actor, progress)


def _import(zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress) -> Json:
    from zonetwin.zone.importing import import_file

    report = import_file(
        zone,
        _path(arguments, "path"),
        kind=_text(arguments, "kind"),
        mapping=_optional_path(arguments, "mapping"),
        layer=_text(arguments, "layer"),
        x=_text(arguments, "x"),
        y=_text(arguments, "y"),
        crs=_text(arguments, "crs"),
        datum=_text(arguments, "datum") or "wgs84",
        source=_text(arguments, "source"),
        actor=actor,
        progress=progress,
    )
    return report.as_json()


def _measure(zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress) -> Json:
    from zonetwin.zone.measuring import measure

    names = arguments.get("indicators")
    if names is not None and not isinstance(names, list):
        raise InvalidInput(f"`indicators` is {names!r}.", hint="Give a list of indicator names.")
    wanted = [str(name) for name in names] if names else None
    return measure(zone, indicators=wanted, actor=actor, progress=progress).as_json()


def _rerun(zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress) -> Json:
    from zonetwin.zone.measuring import rerun

    return rerun(zone, _required(arguments, "proof")).as_json()


def _attach(zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress) -> Json:
    from zonetwin.zone.attaching import attach

    return attach(zone, _path(arguments, "path"), actor=actor).as_json()


def _projects_diff(zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress) -> Json:
    from zonetwin.zone.projects_xlsx import diff_projects

    return diff_projects(zone, _path(arguments, "path")).as_json()


def _projects_apply(zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress) -> Json:
    from zonetwin.zone.projects_xlsx import apply_projects

    return apply_projects(
        zone, _path(arguments, "path"), token=_required(arguments, "token"), actor=actor
    ).as_json()


def _project_create(zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress) -> Json:
    from zonetwin.cases.model import CaseDraft
    from zonetwin.zone.projects import create_project

    draft = CaseDraft(
        flow="project",
        title=_required(arguments, "title"),
        category=_required(arguments, "category"),
        organisation=_required(arguments, "organisation"),
        key=_text(arguments, "key") or "",
        work=_text(arguments, "work") or "",
    )
    return create_project(zone, draft, actor=actor).as_json()


def _project_move(zone: Zone, arguments: Mapping[str, object], actor: Actor, progress: Progress) -> Json:
    from zonetwin.zone.projects import ProjectMove, record_move

    verifies = _text(arguments, "verifies")
    move = ProjectMove(
        on=date.fromisoformat(_required(arguments, "on")),
        stage=_text(arguments, "stage") or "",
        note=_text(arguments, "note") or "",
        verifies=int(verifies) if verifies else None,
    )
    return record_move(zone, int(_required(arguments, "project")), move, actor=actor).as_json()


COMMANDS: Mapping[str, Command] = {
    "import": Command(
        _import, frozenset({"path", "kind", "mapping", "layer", "x", "y", "crs", "datum", "source"})
    ),
    "measure": Command(_measure, frozenset({"indicators"})),
    "rerun": Command(_rerun, frozenset({"proof"})),
    "attach": Command(_attach, frozenset({"path"})),
    "project-create": Command(
        _project_create, frozenset({"title", "category", "organisation", "key", "work"})
    ),
    "project-move": Command(_project_move, frozenset({"project", "on", "stage", "note", "verifies"})),
    "projects-diff": Command(_projects_diff, frozenset({"path"})),
    "projects-apply": Command(_projects_apply, frozenset({"path", "token"})),
}


def _text(arguments: Mapping[str, object], name: str) -> str | None:
    value = arguments.get(name)
    return None if value is None else str(value)


def _required(arguments: Mapping[str, object], name: str) -> str:
    value = _text(arguments, name)
    if not value:
        raise InvalidInput(f"`{name}` is missing.", hint=f"Give `{name}`.")
    return value


def _optional_path(arguments: Mapping[str, object], name: str) -> Path | None:
    value = _text(arguments, name)
    return None if value is None else Path(value)


def _path(arguments: Mapping[str, object], name: str) -> Path:
    path = Path(_required(arguments, name))
    if not path.is_file():
        raise NotFound(
            f"There is no file {path.name!r} there.", hint="Check the path; relative ones start here."
        )
    return path
