"""Reads `flows.yaml`: the declared lives of cases, their stages in order and the moves between them."""

from zonetwin.packs.entry import Entry, list_of_entries
from zonetwin.packs.issues import Issues, nearest_hint
from zonetwin.packs.model import Flow, Move, Place, Stage
from zonetwin.packs.names import check_identifier, check_unique
from zonetwin.packs.nodes import Node


def read_flows(root: Node | None, pack: str, issues: Issues) -> tuple[Flow, ...]:
    """Read the flows of one pack. That `site` and `classes` exist is checked when all packs are read."""
    flows: list[Flow] = []
    seen: dict[str, Place] = {}
    required = ("flow", "title", "site", "classes", "stages", "moves")
    for entry in list_of_entries(root, issues, required=required):
        name = entry.text("flow")
        check_identifier(name, "The flow", entry.place_of("flow"), issues)
        if not check_unique(name, seen, "The flow", entry.place_of("flow"), issues):
            continue
        stages = _stages(entry, issues)
        flows.append(
            Flow(
                name,
                pack,
                entry.title("title"),
                entry.text("site"),
                stages,
                _moves(entry, [stage.name for stage in stages], issues),
                entry.text("classes"),
                entry.place,
            )
        )
    return tuple(flows)


def _stages(entry: Entry, issues: Issues) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    seen: dict[str, Place] = {}
    for item in entry.items("stages"):
        row = Entry(item, issues, required=("stage", "title"), optional=("closed",))
        name = row.text("stage")
        check_identifier(name, "The stage", row.place_of("stage"), issues)
        if check_unique(name, seen, "The stage", row.place_of("stage"), issues):
            stages.append(Stage(name, row.title("title"), len(stages), row.flag("closed", False)))
    if not stages and "stages" in entry:
        issues.add(entry.place_of("stages"), "The flow has no stages.")
    return tuple(stages)


def _moves(entry: Entry, stages: list[str], issues: Issues) -> tuple[Move, ...]:
    moves: list[Move] = []
    seen: dict[str, Place] = {}
    for item in entry.items("moves"):
        row = Entry(item, issues, required=("from", "to"))
        start, end = row.text("from"), row.text("to")
        for field, stage in (("from", start), ("to", end)):
            if stage and stage not in stages:
                issues.add(
                    row.place_of(field), f"The stage {stage!r} is unknown.", nearest_hint(stage, stages)
                )
        if check_unique(f"{start} to {end}", seen, "The move", row.place, issues):
            moves.append(Move(start, end))
    reached = {move.end for move in moves}
    for stage in stages[1:]:
        if stage not in reached:
            issues.add(entry.place_of("moves"), f"No move leads to the stage {stage!r}.")
    return tuple(moves)
