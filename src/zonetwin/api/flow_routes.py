"""Flows: the declared lives of cases, with what a form needs to open and move one."""

from fastapi import APIRouter

from zonetwin.api.served import Served, ServedZone
from zonetwin.api.shapes import Shape, TextShape, text_shape
from zonetwin.cases.classes import CaseClass
from zonetwin.core.units import symbol
from zonetwin.zone.projects import project_flow

router = APIRouter(prefix="/api/flows", tags=["projects"])


class FlowStage(Shape):
    """A stage of a flow; `closed` ends a case without success."""

    name: str
    title: TextShape
    rank: int
    closed: bool


class FlowMove(Shape):
    """A step that is declared."""

    start: str
    end: str


class CodeTitle(Shape):
    """A code with its title."""

    name: str
    title: TextShape


class FlowQuantity(Shape):
    """A quantity that cases of a category carry."""

    name: str
    title: TextShape
    unit: str
    unit_symbol: TextShape


class FlowCategory(Shape):
    """A category of case, the works usual for it, and its quantities."""

    name: str
    title: TextShape
    works: list[str]
    quantities: list[FlowQuantity]


class FlowShape(Shape):
    """A flow with its categories."""

    name: str
    title: TextShape
    site: str
    stages: list[FlowStage]
    moves: list[FlowMove]
    categories: list[FlowCategory]
    works: list[CodeTitle]


class FlowList(Shape):
    """The flows of the zone."""

    items: list[FlowShape]


@router.get("")
def flows(served: ServedZone) -> FlowList:
    """List the flows."""
    return FlowList(items=[_flow(served, name) for name in served.zone.packs.flows])


def _flow(served: Served, name: str) -> FlowShape:
    flow, classes = project_flow(served.zone, name)
    return FlowShape(
        name=flow.name,
        title=text_shape(flow.title),
        site=flow.site,
        stages=[FlowStage.model_validate(stage) for stage in flow.stages],
        moves=[FlowMove.model_validate(move) for move in flow.moves],
        categories=[_category(item) for item in classes.categories.values()],
        works=[CodeTitle(name=work, title=text_shape(title)) for work, title in classes.works.items()],
    )


def _category(item: CaseClass) -> FlowCategory:
    return FlowCategory(
        name=item.name,
        title=text_shape(item.title),
        works=list(item.works),
        quantities=[
            FlowQuantity(
                name=kind.name,
                title=text_shape(kind.title),
                unit=kind.unit,
                unit_symbol=text_shape(symbol(kind.unit)),
            )
            for kind in item.quantities
        ],
    )
