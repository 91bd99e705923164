"""The entrance of the OGC interface: landing page, what it conforms to, its description."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from zonetwin.api.ogc_document import ogc_document
from zonetwin.api.ogc_links import (
    CONFORMANCE,
    DATA,
    JSON,
    OPENAPI,
    TILESETS,
    TILING_SCHEMES,
    Link,
    OgcDocument,
    ogc_address,
    self_link,
)
from zonetwin.api.served import ServedZone
from zonetwin.zone.overview import zone_attributions, zone_title

router = APIRouter(prefix="/ogc", tags=["OGC API"])

CONFORMS_TO = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/dataset-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/collections-selection",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
)
"""Classes with a file of tests in tests/conformance; none is declared without."""


class Landing(OgcDocument):
    """The landing page."""

    title: str
    description: str
    attribution: str | None = None
    links: list[Link]


class Conformance(OgcDocument):
    """The conformance declaration."""

    conforms_to: list[str]


@router.get("", response_model_exclude_none=True)
def landing(request: Request, served: ServedZone) -> Landing:
    """Show where everything is."""
    title = zone_title(served.zone)
    return Landing(
        title=title,
        description=f"Features and tiles of {title}.",
        attribution="; ".join(zone_attributions(served.zone)) or None,
        links=[
            self_link(request),
            Link(href=ogc_address(request, "/api"), rel="service-desc", type=OPENAPI, title="The API"),
            Link(href=f"{request.base_url}", rel="service-doc", type="text/html", title="The map"),
            *(
                Link(
                    href=ogc_address(request, "/conformance"), rel=rel, type=JSON, title="Conformance classes"
                )
                for rel in ("conformance", CONFORMANCE)
            ),
            *(
                Link(href=ogc_address(request, "/collections"), rel=rel, type=JSON, title="Collections")
                for rel in ("data", DATA)
            ),
            Link(href=ogc_address(request, "/tiles"), rel=TILESETS, type=JSON, title="Vector tiles"),
            Link(
                href=ogc_address(request, "/tileMatrixSets"),
                rel=TILING_SCHEMES,
                type=JSON,
                title="Tile schemes",
            ),
        ],
    )


@router.get("/conformance")
def conformance() -> Conformance:
    """List the conformance classes that are supported."""
    return Conformance(conforms_to=list(CONFORMS_TO))


@router.get(
    "/api",
    response_model=None,
    response_class=Response,
    responses={200: {"content": {OPENAPI: {"schema": {"type": "object"}}}}},
)
def description(request: Request, served: ServedZone) -> Response:
    """Describe the OGC interface in OpenAPI 3.0."""
    document = ogc_document(ogc_address(request), list(served.kinds.values()), served.zone.settings.crs)
    return JSONResponse(document, media_type=OPENAPI)
