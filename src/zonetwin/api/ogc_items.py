"""Features of a collection as GeoJSON pages, and single features.

Every answer names its CRS in Content-Crs and repeats its links in the Link header. Pages follow each other
by the last fid (`after`), so a page costs the same wherever it lies.
"""

from datetime import UTC, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response

from zonetwin.api.geojson import dump, features_json
from zonetwin.api.ogc_collections import CollectionId
from zonetwin.api.ogc_crs import OfferedCrs, crs_named, offered_crs
from zonetwin.api.ogc_links import GEOJSON, JSON, SCHEMA, Link, asked_address, link_header, ogc_address
from zonetwin.api.ogc_page import Page, read_page
from zonetwin.api.ogc_query import DEFAULT_LIMIT, ItemsQuery, items_query
from zonetwin.api.problems import BadRequest, Responses
from zonetwin.api.served import ServedZone
from zonetwin.core.errors import NotFound
from zonetwin.core.kind import Kind
from zonetwin.store.model import Selection

router = APIRouter(prefix="/ogc/collections", tags=["OGC API"])

_GEOJSON: Responses = {200: {"content": {GEOJSON: {"schema": {"type": "object"}}}}}

Bbox = Annotated[str | None, Query(description="Box: 4 numbers, or 6 with heights, joined by commas")]
BboxCrs = Annotated[str | None, Query(alias="bbox-crs", description="URI of the CRS of bbox")]
Crs = Annotated[str | None, Query(description="URI of the CRS of the answer")]
Datetime = Annotated[str | None, Query(description="Valid time: a day, an instant, or an interval")]
# their form is checked in `ogc_query`, with all other parameters
Limit = Annotated[str, Query(description="Features on a page: 1 to 10000")]
After = Annotated[str, Query(description="Last fid of the page before")]


@router.get("/{collection}/items", response_model=None, response_class=Response, responses=_GEOJSON)
def items(
    request: Request,
    served: ServedZone,
    collection: CollectionId,
    bbox: Bbox = None,
    bbox_crs: BboxCrs = None,
    crs: Crs = None,
    datetime: Datetime = None,
    limit: Limit = str(DEFAULT_LIMIT),
    after: After = "0",
) -> Response:
    """Give a page of features. Any property of the collection is a filter of its own name."""
    kind = served.kind(collection)
    offered = offered_crs(served.zone.settings.crs)
    zone = ZoneInfo(served.zone.settings.time_zone)
    query = items_query(request.query_params.multi_items(), kind, offered, zone)
    page = read_page(served, kind, query, feature_columns(kind))
    return _answer(_page_document(request, kind, query, page), query.crs)


@router.get("/{collection}/items/{fid}", response_model=None, response_class=Response, responses=_GEOJSON)
def item(
    request: Request,
    served: ServedZone,
    collection: CollectionId,
    fid: Annotated[str, Path(description="The feature's fid")],
    crs: Crs = None,
) -> Response:
    """Give one feature."""
    kind = served.kind(collection)
    if unknown := sorted(set(request.query_params) - {"crs", "f"}):
        raise BadRequest(f"The parameters {unknown} are unknown.", hint="Known: crs.")
    offered = offered_crs(served.zone.settings.crs)
    chosen = crs_named(crs, offered) if crs is not None else offered[0]
    columns = feature_columns(kind)
    # 18 digits always fit the record's integers
    fids = [int(fid)] if fid.isascii() and fid.isdecimal() and len(fid) <= 18 else []
    found = served.store.read(
        kind.name, served.viewer, Selection(fids=fids, columns=("fid", "geom", *columns))
    )
    if not found.num_rows:
        raise NotFound(f"There is no {kind.name} {fid!r}.", hint="It may have been closed; see its history.")
    (feature,) = features_json(found, columns, chosen)
    links = [_self_link(request), _collection_link(request, kind)]
    return _answer({**feature, "links": [link.model_dump(exclude_none=True) for link in links]}, chosen)


def feature_columns(kind: Kind) -> tuple[str, ...]:
    """List what a feature's GeoJSON properties are: identity, validity and the declared properties."""
    return ("key", "valid_from", *(item.name for item in kind.properties))


def _page_document(request: Request, kind: Kind, query: ItemsQuery, page: Page) -> dict[str, object]:
    links = [_self_link(request), _collection_link(request, kind), _schema_link(request, kind)]
    if page.next is not None:
        links.insert(
            1, Link(href=_next_address(request, kind, page.next), rel="next", type=GEOJSON, title="Next page")
        )
    return {
        "type": "FeatureCollection",
        "timeStamp": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "numberMatched": page.matched,
        "numberReturned": page.features.num_rows,
        "links": [link.model_dump(exclude_none=True) for link in links],
        "features": features_json(page.features, feature_columns(kind), query.crs),
    }


def _answer(document: dict[str, object], crs: OfferedCrs) -> Response:
    links = [Link.model_validate(link) for link in document["links"]]  # type: ignore[attr-defined]
    return Response(
        dump(document),
        media_type=GEOJSON,
        headers={"content-crs": f"<{crs.uri}>", "link": link_header(links)},
    )


def _self_link(request: Request) -> Link:
    return Link(href=asked_address(request), rel="self", type=GEOJSON, title="This document")


def _collection_link(request: Request, kind: Kind) -> Link:
    return Link(
        href=ogc_address(request, f"/collections/{kind.name}"),
        rel="collection",
        type=JSON,
        title="The collection",
    )


def _schema_link(request: Request, kind: Kind) -> Link:
    address = ogc_address(request, f"/collections/{kind.name}/schema")
    return Link(href=address, rel="describedby", type=SCHEMA, title="The schema")


def _next_address(request: Request, kind: Kind, after: int) -> str:
    query = {name: value for name, value in request.query_params.items() if name != "after"}
    return ogc_address(request, f"/collections/{kind.name}/items", {**query, "after": after})
