"""The map's layers: the tree with its legends, and the style the browser draws."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from zonetwin.api.served import Served, ServedZone
from zonetwin.api.shapes import Shape, TextShape, text_shape
from zonetwin.core.kind import Geometry
from zonetwin.core.text import Language
from zonetwin.packs.model import Symbol
from zonetwin.twin.drawn_kinds import drawn_kinds
from zonetwin.twin.legend import LegendLayer, legend_groups, legend_layers
from zonetwin.twin.style import Look, Theme, map_style
from zonetwin.zone.overview import zone_attributions

router = APIRouter(tags=["map"])


class SymbolShape(Shape):
    """How something is drawn; colours are those of the light and the dark theme, `mark` stands on points."""

    fill: tuple[str, str] | None
    line: tuple[str, str] | None
    width: float
    dash: list[float]
    opacity: float
    radius: float
    hatch: str
    mark: TextShape | None


class LegendShape(Shape):
    """One line of a legend."""

    title: TextShape
    symbol: SymbolShape


class GroupShape(Shape):
    """A folder of the layer tree."""

    name: str
    title: TextShape
    order: int


class LayerShape(Shape):
    """A layer with its legend; `extrude` and `label` name properties, or are empty."""

    name: str
    kind: str
    group: str
    title: TextShape
    order: int
    visible: bool
    minzoom: float
    geometry: Geometry
    extrude: str
    label: str
    count: int
    legend: list[LegendShape]
    symbol: SymbolShape


class LayerTree(Shape):
    """The groups in order, and the layers, topmost first."""

    groups: list[GroupShape]
    layers: list[LayerShape]


@router.get("/api/layers")
def layers(served: ServedZone) -> LayerTree:
    """List the layers of the map."""
    return LayerTree(
        groups=[GroupShape.model_validate(group) for group in legend_groups(served.zone.packs)],
        layers=[_layer(served, item) for item in legend_layers(served.zone.packs, served.kinds)],
    )


@router.get(
    "/api/style.json",
    response_model=None,
    response_class=Response,
    responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
)
def style(
    request: Request,
    served: ServedZone,
    theme: Annotated[Theme, Query(description="Which of each pair of colours")] = "light",
    language: Annotated[Language, Query(description="Which names stand on the map")] = "zh",
) -> Response:
    """Give the map's style (MapLibre, version 8) over this server's tiles."""
    kinds = [name for name in drawn_kinds(served.zone.packs, served.viewer) if name in _layer_kinds(served)]
    tiles = f"{request.base_url}ogc/tiles/WebMercatorQuad/{{z}}/{{y}}/{{x}}?collections={','.join(kinds)}"
    document = map_style(
        served.zone.packs,
        kinds,
        Look(theme, language),
        tiles=tiles,
        attribution=" · ".join(zone_attributions(served.zone)),
    )
    return JSONResponse(document)


def _layer_kinds(served: Served) -> set[str]:
    return {layer.kind for layer in served.zone.packs.layers}


def _layer(served: Served, item: LegendLayer) -> LayerShape:
    layer = item.layer
    return LayerShape(
        name=layer.name,
        kind=layer.kind,
        group=layer.group,
        title=text_shape(layer.title),
        order=layer.order,
        visible=layer.visible,
        minzoom=layer.minzoom,
        geometry=item.geometry,
        extrude=layer.extrude,
        label=layer.label,
        count=served.counts.count(layer.kind),
        legend=[
            LegendShape(title=text_shape(entry.title), symbol=_symbol(entry.symbol)) for entry in item.legend
        ],
        symbol=_symbol(layer.symbol),
    )


def _symbol(symbol: Symbol) -> SymbolShape:
    return SymbolShape.model_validate(symbol)
