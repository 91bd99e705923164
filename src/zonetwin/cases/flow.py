"""The rules of a declared flow: where a case begins, where it may go, how far along it is.

A flow is data of a pack (`packs.model.Flow`); here are the answers it gives. What a case has claimed and
what was verified is in `ledger`.
"""

from zonetwin.core.errors import Conflict, InvalidInput
from zonetwin.packs.model import Flow, Stage


def first_stage(flow: Flow) -> Stage:
    """Give the stage in which a case is opened."""
    return flow.stages[0]


def stage_named(flow: Flow, name: str) -> Stage:
    """Find a stage of a flow.

    Raises:
        InvalidInput: the flow has no such stage; the hint lists those it has.
    """
    for stage in flow.stages:
        if stage.name == name:
            return stage
    raise InvalidInput(
        f"{flow.name!r} has no stage {name!r}.",
        hint=f"It has: {', '.join(item.name for item in flow.stages)}.",
    )


def next_stages(flow: Flow, stage: str) -> list[Stage]:
    """List the stages a case may go to from a stage, in the flow's order; none when it has ended."""
    ends = {move.end for move in flow.moves if move.start == stage}
    return [item for item in flow.stages if item.name in ends]


def check_move(flow: Flow, start: str, end: str) -> None:
    """Refuse a move the flow does not declare.

    Raises:
        InvalidInput: one of the two is not a stage of the flow.
        Conflict: the move is not declared; the message names where the case can go.
    """
    stage_named(flow, start)
    stage_named(flow, end)
    onward = [stage.name for stage in next_stages(flow, start)]
    if end in onward:
        return
    if not onward:
        raise Conflict(
            f"The case cannot go to {end!r}: {start!r} is its end.",
            hint="Take the last claim back if it was wrong, or open another case.",
        )
    raise Conflict(f"The case cannot go to {end!r}. From {start!r} it can go to {', '.join(onward)}.")
