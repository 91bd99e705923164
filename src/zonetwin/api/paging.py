"""Lists in parts: how many at once, and the cursor of the next part."""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Query

from zonetwin.api.problems import BadRequest

DEFAULT_LIMIT = 100
LARGEST_LIMIT = 1000

Row = TypeVar("Row")

Limit = Annotated[int, Query(ge=1, le=LARGEST_LIMIT, description="Entries in this part")]
After = Annotated[str | None, Query(max_length=500, description="The `next` of the part before")]


def part_of(
    rows: Sequence[Row], key_of: Callable[[Row], str], *, after: str | None, limit: int
) -> tuple[Sequence[Row], str | None]:
    """Cut a part out of a list that is whole in memory; its cursor is the key of the part's last row.

    Raises:
        BadRequest: no row has the key that `after` names.
    """
    start = 0
    if after:
        keys = [key_of(row) for row in rows]
        if after not in keys:
            raise BadRequest(
                f"after={after!r} is in no part of this list.", hint="Begin again without `after`."
            )
        start = keys.index(after) + 1
    part = rows[start : start + limit]
    more = start + limit < len(rows)
    return part, key_of(part[-1]) if more and part else None
