"""Finding by name."""

from typing import Annotated

from fastapi import APIRouter, Query

from zonetwin.api.served import ServedZone
from zonetwin.api.shapes import Shape, TextShape, text_shape
from zonetwin.zone.searching import Sort, search

router = APIRouter(prefix="/api/search", tags=["search"])


class FoundShape(Shape):
    """Something found; `matched` says how: exact, prefix, initials or part. A feature's id is `kind/fid`."""

    type: Sort
    id: str
    title: TextShape
    subtitle: TextShape
    point: tuple[float, float] | None
    matched: str


class FoundList(Shape):
    """What was found, closest first."""

    items: list[FoundShape]


@router.get("")
def find(
    served: ServedZone,
    q: Annotated[str, Query(max_length=200, description="Part of a name, words, or initials of its pinyin")],
    limit: Annotated[int, Query(ge=1, le=100, description="How many to give")] = 20,
) -> FoundList:
    """Find targets, clauses, projects, organisations, indicators and features by name."""
    found = search(served.zone, q, limit, viewer=served.viewer, index=served.names)
    return FoundList(
        items=[
            FoundShape(
                type=item.sort,
                id=item.id,
                title=text_shape(item.title),
                subtitle=text_shape(item.subtitle),
                point=item.point,
                matched=item.closeness.name.lower(),
            )
            for item in found
        ]
    )
