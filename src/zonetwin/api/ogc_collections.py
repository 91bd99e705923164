"""Collections of OGC API Features: one per kind the viewer may see, with extent, CRS and schema."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from zonetwin.api.ogc_crs import CRS84, offered_crs
from zonetwin.api.ogc_document import property_schema
from zonetwin.api.ogc_links import (
    GEOJSON,
    JSON,
    QUERYABLES,
    SCHEMA,
    SCHEMA_REL,
    TILESETS,
    Link,
    OgcDocument,
    ogc_address,
    self_link,
)
from zonetwin.api.problems import Responses
from zonetwin.api.served import Served, ServedZone
from zonetwin.core.kind import Geometry, Kind
from zonetwin.zone.overview import zone_attributions

router = APIRouter(prefix="/ogc/collections", tags=["OGC API"])

CollectionId = Annotated[str, Path(description="Name of a kind, which is the id of its collection")]

_SCHEMA: Responses = {200: {"content": {SCHEMA: {"schema": {"type": "object"}}}}}

_GEOMETRY_FORMATS = {
    Geometry.POINT: "geometry-point",
    Geometry.LINE: "geometry-multilinestring",
    Geometry.POLYGON: "geometry-multipolygon",
    Geometry.ANY: "geometry-any",
}


class SpatialExtent(OgcDocument):
    """Where the features are, in CRS84."""

    bbox: list[tuple[float, float, float, float]]
    crs: str = CRS84


class Extent(OgcDocument):
    """The extent of a collection; the time for which features hold is theirs to say."""

    spatial: SpatialExtent


class Collection(OgcDocument):
    """A collection of features."""

    id: str
    title: str
    description: str
    attribution: str | None = None
    extent: Extent | None = None
    item_type: str = "feature"
    crs: list[str]
    storage_crs: str = CRS84
    links: list[Link]


class Collections(OgcDocument):
    """All collections."""

    links: list[Link]
    crs: list[str]
    collections: list[Collection]


@router.get("", response_model_exclude_none=True)
def collections(request: Request, served: ServedZone) -> Collections:
    """List the collections."""
    return Collections(
        links=[self_link(request)],
        crs=_crs_uris(served),
        collections=[_collection(request, served, kind) for kind in served.kinds.values()],
    )


@router.get("/{collection}", response_model_exclude_none=True)
def collection(request: Request, served: ServedZone, collection: CollectionId) -> Collection:
    """Describe a collection."""
    return _collection(request, served, served.kind(collection))


@router.get("/{collection}/schema", response_model=None, response_class=Response, responses=_SCHEMA)
def schema(request: Request, served: ServedZone, collection: CollectionId) -> Response:
    """Describe the properties of a collection's features in JSON Schema."""
    kind = served.kind(collection)
    return _schema_answer(kind, ogc_address(request, f"/collections/{kind.name}/schema"))


@router.get("/{collection}/queryables", response_model=None, response_class=Response, responses=_SCHEMA)
def queryables(request: Request, served: ServedZone, collection: CollectionId) -> Response:
    """Describe the properties by which a collection's features are filtered: all that are declared."""
    kind = served.kind(collection)
    return _schema_answer(kind, ogc_address(request, f"/collections/{kind.name}/queryables"))


def _schema_answer(kind: Kind, address: str) -> Response:
    document = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": _title(kind),
        "properties": _properties(kind),
        "additionalProperties": False,
    }
    return JSONResponse(document, media_type=SCHEMA)


def _properties(kind: Kind) -> dict[str, object]:
    own: dict[str, object] = {
        "fid": {"type": "integer", "x-ogc-role": "id", "readOnly": True},
        "key": {"type": "string", "title": "来源中的标识 Identity within its source"},
        "valid_from": {"type": "string", "format": "date", "title": "生效日期 Valid from"},
    }
    if kind.geometry in _GEOMETRY_FORMATS:
        own["geometry"] = {"format": _GEOMETRY_FORMATS[kind.geometry], "x-ogc-role": "primary-geometry"}
    return own | {item.name: property_schema(item) for item in kind.properties}


def _collection(request: Request, served: Served, kind: Kind) -> Collection:
    box = served.counts.extent(kind.name)
    return Collection(
        id=kind.name,
        title=_title(kind),
        description=f"{kind.title.en}: features of kind {kind.name}, pack {kind.pack or 'of the zone'}.",
        attribution="; ".join(zone_attributions(served.zone)) or None,
        extent=Extent(spatial=SpatialExtent(bbox=[box.as_tuple()])) if box else None,
        crs=_crs_uris(served),
        links=_links(request, kind),
    )


def _links(request: Request, kind: Kind) -> list[Link]:
    base = f"/collections/{kind.name}"
    described = [("describedby", "schema"), (SCHEMA_REL, "schema"), (QUERYABLES, "queryables")]
    links = [
        Link(href=ogc_address(request, base), rel="self", type=JSON, title="This collection"),
        Link(href=ogc_address(request, f"{base}/items"), rel="items", type=GEOJSON, title="Its features"),
        *(
            Link(href=ogc_address(request, f"{base}/{name}"), rel=rel, type=SCHEMA, title=f"Its {name}")
            for rel, name in described
        ),
    ]
    if kind.geometry is not Geometry.NONE:
        links.append(
            Link(href=ogc_address(request, f"{base}/tiles"), rel=TILESETS, type=JSON, title="Its tiles")
        )
    return links


def _crs_uris(served: Served) -> list[str]:
    return [crs.uri for crs in offered_crs(served.zone.settings.crs)]


def _title(kind: Kind) -> str:
    return f"{kind.title.zh} {kind.title.en}".strip()
