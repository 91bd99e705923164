"""Tilesets: what tiles there are, of one collection and of all together, with their layers and attributes.

Source: OGC API Tiles 1 (20-057), tileset metadata of OGC 17-083r4 §7.
"""

from collections.abc import Iterable

from fastapi import APIRouter, Request
from pydantic import Field

from zonetwin.api.ogc_collections import CollectionId
from zonetwin.api.ogc_crs import CRS84
from zonetwin.api.ogc_document import property_schema
from zonetwin.api.ogc_links import JSON, MVT, TILING_SCHEME, Link, OgcDocument, ogc_address, self_link
from zonetwin.api.ogc_tile_schemes import SCHEME_URI, WEB_MERCATOR, WEB_MERCATOR_QUAD, SchemeId, check_scheme
from zonetwin.api.ogc_tiles import drawn_kind
from zonetwin.api.served import Served, ServedZone
from zonetwin.core.kind import Geometry
from zonetwin.core.space import Box
from zonetwin.twin.drawn_kinds import DrawnKind
from zonetwin.twin.mercator import MAX_ZOOM
from zonetwin.twin.tiles import LABEL_SUFFIX
from zonetwin.zone.overview import zone_title

router = APIRouter(prefix="/ogc", tags=["OGC API"])

_DIMENSIONS = {Geometry.POINT: 0, Geometry.LINE: 1, Geometry.POLYGON: 2}


class TilesetLayer(OgcDocument):
    """A layer of a tileset; `geometryDimension` is absent where features may be of any sort."""

    id: str
    title: str
    data_type: str = "vector"
    geometry_dimension: int | None = None
    min_tile_matrix: str = "0"
    max_tile_matrix: str = str(MAX_ZOOM)
    properties_schema: dict[str, object]


class BoundingBox(OgcDocument):
    """Where tiles have something."""

    lower_left: tuple[float, float]
    upper_right: tuple[float, float]
    crs: str = CRS84


class TilesetItem(OgcDocument):
    """A tileset in a list."""

    title: str
    data_type: str = "vector"
    crs: str = WEB_MERCATOR
    tile_matrix_set_uri: str = Field(default=SCHEME_URI, alias="tileMatrixSetURI")
    links: list[Link]


class Tileset(TilesetItem):
    """A tileset with its layers."""

    bounding_box: BoundingBox | None = None
    layers: list[TilesetLayer]


class Tilesets(OgcDocument):
    """The tilesets of a resource."""

    links: list[Link]
    tilesets: list[TilesetItem]


@router.get("/tiles", response_model_exclude_none=True)
def dataset_tilesets(request: Request, served: ServedZone) -> Tilesets:
    """List the tilesets of all collections together."""
    return _listed(request, zone_title(served.zone), "")


@router.get("/tiles/{scheme}", response_model_exclude_none=True)
def dataset_tileset(request: Request, served: ServedZone, scheme: SchemeId) -> Tileset:
    """Describe the tileset of all collections."""
    check_scheme(scheme)
    return _tileset(request, served, zone_title(served.zone), "", served.drawn.values())


@router.get("/collections/{collection}/tiles", response_model_exclude_none=True)
def collection_tilesets(request: Request, served: ServedZone, collection: CollectionId) -> Tilesets:
    """List the tilesets of a collection."""
    return _listed(request, drawn_kind(served, collection).kind.title.en, f"/collections/{collection}")


@router.get("/collections/{collection}/tiles/{scheme}", response_model_exclude_none=True)
def collection_tileset(
    request: Request, served: ServedZone, collection: CollectionId, scheme: SchemeId
) -> Tileset:
    """Describe the tileset of a collection."""
    check_scheme(scheme)
    drawn = drawn_kind(served, collection)
    return _tileset(request, served, drawn.kind.title.en, f"/collections/{collection}", [drawn])


def _listed(request: Request, title: str, base: str) -> Tilesets:
    item = TilesetItem(title=title, links=_links(request, base))
    return Tilesets(links=[self_link(request)], tilesets=[item])


def _tileset(request: Request, served: Served, title: str, base: str, kinds: Iterable[DrawnKind]) -> Tileset:
    drawn = list(kinds)
    boxes = [box for kind in drawn if (box := served.counts.extent(kind.kind.name))]
    return Tileset(
        title=title,
        links=_links(request, base),
        bounding_box=_bounding_box(boxes) if boxes else None,
        layers=[layer for kind in drawn for layer in _layers(kind, combined=not base)],
    )


def _layers(drawn: DrawnKind, *, combined: bool) -> list[TilesetLayer]:
    kind = drawn.kind
    layer = TilesetLayer(
        id=kind.name,
        title=f"{kind.title.zh} {kind.title.en}",
        geometry_dimension=_DIMENSIONS.get(kind.geometry),
        min_tile_matrix=str(int(drawn.minzoom)) if combined else "0",
        properties_schema={
            "type": "object",
            "properties": {item.name: property_schema(item) for item in kind.properties},
        },
    )
    if not drawn.label_points:
        return [layer]
    return [layer, layer.model_copy(update={"id": kind.name + LABEL_SUFFIX, "geometry_dimension": 0})]


def _bounding_box(boxes: list[Box]) -> BoundingBox:
    return BoundingBox(
        lower_left=(min(box.west for box in boxes), min(box.south for box in boxes)),
        upper_right=(max(box.east for box in boxes), max(box.north for box in boxes)),
    )


def _links(request: Request, base: str) -> list[Link]:
    tileset = ogc_address(request, f"{base}/tiles/{WEB_MERCATOR_QUAD}")
    return [
        Link(href=tileset, rel="self", type=JSON, title="The tileset"),
        Link(
            href=f"{tileset}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}",
            rel="item",
            type=MVT,
            title="The tiles",
            templated=True,
        ),
        Link(
            href=ogc_address(request, f"/tileMatrixSets/{WEB_MERCATOR_QUAD}"),
            rel=TILING_SCHEME,
            type=JSON,
            title="The tile scheme",
        ),
    ]
