"""The OGC interface described in OpenAPI 3.0, with its real collections and limits, for clients that read it.

The whole server's description at /openapi.json is OpenAPI 3.1; the class `oas30` asks for 3.0, and clients
take the largest page from here.
"""

from collections.abc import Mapping, Sequence

from zonetwin import __version__
from zonetwin.api.ogc_crs import CRS84, offered_crs
from zonetwin.api.ogc_links import GEOJSON, JSON, MVT, OPENAPI, SCHEMA
from zonetwin.api.ogc_query import DEFAULT_LIMIT, LARGEST_LIMIT
from zonetwin.core.kind import Kind, Property, Type

Json = dict[str, object]

_TYPES: dict[Type, Json] = {
    Type.TEXT: {"type": "string"},
    Type.INTEGER: {"type": "integer"},
    Type.REAL: {"type": "number"},
    Type.BOOLEAN: {"type": "boolean"},
    Type.DATE: {"type": "string", "format": "date"},
    Type.INSTANT: {"type": "string", "format": "date-time"},
}


def property_schema(item: Property) -> Json:
    """Describe a property in JSON Schema, with its titles, unit and codes."""
    schema: Json = {**_TYPES[item.type], "title": f"{item.title.zh} {item.title.en}".strip()}
    if item.unit:
        schema["x-ogc-unit"] = item.unit
    if item.codes:
        schema["enum"] = list(item.codes)
    return schema


def ogc_document(server: str, kinds: Sequence[Kind], zone_crs: str) -> Json:
    """Describe the interface at one address."""
    paths: Json = {
        "/": _get("The landing page", JSON, "landing"),
        "/conformance": _get("The conformance declaration", JSON, "conformance"),
        "/api": _get("This description", OPENAPI, "description"),
        "/collections": _get("The collections", JSON, "collections"),
        "/tileMatrixSets": _get("The tile schemes", JSON, "tileMatrixSets"),
        "/tileMatrixSets/WebMercatorQuad": _get("The tile scheme WebMercatorQuad", JSON, "webMercatorQuad"),
        "/tiles": _get("The tilesets of all collections together", JSON, "tilesets"),
        "/tiles/WebMercatorQuad": _get("The tileset of all collections", JSON, "tileset"),
        "/tiles/WebMercatorQuad/{tileMatrix}/{tileRow}/{tileCol}": _tile("tile", with_collections=True),
    }
    for kind in kinds:
        paths.update(_collection_paths(kind))
    return {
        "openapi": "3.0.3",
        "info": {"title": "zonetwin: OGC API Features and Tiles", "version": __version__},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"parameters": _parameters(zone_crs), "responses": {"Problem": _problem()}},
    }


def _collection_paths(kind: Kind) -> Json:
    base = f"/collections/{kind.name}"
    shared = ("bbox", "bbox-crs", "crs", "datetime", "limit", "after")
    filters = [
        {"name": item.name, "in": "query", "required": False, "schema": property_schema(item)}
        for item in kind.properties
    ]
    title = kind.title.en
    return {
        base: _get(f"The collection {title}", JSON, f"collection_{kind.name}"),
        f"{base}/schema": _get(f"The schema of {title}", SCHEMA, f"schema_{kind.name}"),
        f"{base}/items": _get(
            f"Features of {title}",
            GEOJSON,
            f"items_{kind.name}",
            [*({"$ref": f"#/components/parameters/{name}"} for name in shared), *filters],
        ),
        f"{base}/items/{{featureId}}": _get(
            f"One feature of {title}",
            GEOJSON,
            f"item_{kind.name}",
            [{"$ref": f"#/components/parameters/{name}"} for name in ("featureId", "crs")],
        ),
        f"{base}/tiles": _get(f"The tilesets of {title}", JSON, f"tilesets_{kind.name}"),
        f"{base}/tiles/WebMercatorQuad": _get(f"The tileset of {title}", JSON, f"tileset_{kind.name}"),
        f"{base}/tiles/WebMercatorQuad/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": _tile(f"tile_{kind.name}"),
    }


def _get(summary: str, type_: str, name: str, parameters: Sequence[object] = ()) -> Json:
    return {
        "get": {
            "summary": summary,
            "operationId": name,
            "parameters": list(parameters),
            "responses": {
                "200": {"description": summary, "content": {type_: {"schema": {"type": "object"}}}},
                "default": {"$ref": "#/components/responses/Problem"},
            },
        }
    }


def _tile(name: str, *, with_collections: bool = False) -> Json:
    names = ["tileMatrix", "tileRow", "tileCol", *(["collections"] if with_collections else [])]
    return _get("A vector tile", MVT, name, [{"$ref": f"#/components/parameters/{item}"} for item in names])


def _parameters(zone_crs: str) -> Json:
    uris = [crs.uri for crs in offered_crs(zone_crs)]
    numbers = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6}
    crs = {"type": "string", "format": "uri", "enum": uris, "default": CRS84}
    limit = {"type": "integer", "minimum": 1, "maximum": LARGEST_LIMIT, "default": DEFAULT_LIMIT}
    whole = {"type": "integer", "minimum": 0}
    return {
        "bbox": _query("bbox", numbers, "Features with a place in this box", style="form"),
        "bbox-crs": _query("bbox-crs", crs, "The CRS of bbox"),
        "crs": _query("crs", crs, "The CRS of the answer"),
        "datetime": _query(
            "datetime", {"type": "string"}, "Features valid then: a day, an instant or an interval"
        ),
        "limit": _query("limit", limit, "Features on a page"),
        "after": _query("after", whole, "The last feature of the page before; follow the link `next`"),
        "collections": _query(
            "collections",
            {"type": "array", "items": {"type": "string"}},
            "The collections in the tile",
            style="form",
        ),
        **{name: _path(name, whole) for name in ("featureId", "tileMatrix", "tileRow", "tileCol")},
    }


def _query(name: str, schema: Mapping[str, object], description: str, *, style: str | None = None) -> Json:
    shape: Json = {"style": style, "explode": False} if style else {}
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
        **shape,
    }


def _path(name: str, schema: Mapping[str, object]) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _problem() -> Json:
    return {
        "description": "What went wrong, and what to do",
        "content": {"application/problem+json": {"schema": {"type": "object"}}},
    }
