"""Vector tiles: of one collection, or of several together, from the cache or made now.

Tiles are sent with a tag of their content and `no-cache`: a client asks again, and is told 304 until a Change
touched what it shows. A tile in which there is nothing is an empty answer with 204.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers

from zonetwin.api.compression import accepts_gzip
from zonetwin.api.freshness import is_known
from zonetwin.api.ogc_collections import CollectionId
from zonetwin.api.ogc_links import MVT
from zonetwin.api.ogc_tile_schemes import SchemeId, check_scheme
from zonetwin.api.problems import BadRequest, Responses
from zonetwin.api.served import Served, ServedZone
from zonetwin.core.errors import NotFound
from zonetwin.twin.drawn_kinds import DrawnKind
from zonetwin.twin.mercator import tile_at
from zonetwin.twin.tile_cache import CachedTile, TileKey, unpacked
from zonetwin.twin.tiles import render_tile

router = APIRouter(prefix="/ogc", tags=["OGC API"])

_TILE: Responses = {
    200: {"content": {MVT: {"schema": {"type": "string", "format": "binary"}}}},
    204: {"description": "There is nothing in this tile"},
    304: {"description": "The client has this tile already"},
}
Zoom = Annotated[int, Path(description="Zoom, 0 to 22")]
Row = Annotated[int, Path(description="Row, counted from the north")]
Column = Annotated[int, Path(description="Column, counted from the west")]
Collections = Annotated[str | None, Query(description="Collections in the tile, joined by commas")]


@router.get(
    "/tiles/{scheme}/{zoom}/{row}/{column}",
    response_model=None,
    response_class=Response,
    responses=_TILE,
    name="dataset_tile",
)
async def dataset_tile(
    request: Request,
    served: ServedZone,
    scheme: SchemeId,
    zoom: Zoom,
    row: Row,
    column: Column,
    collections: Collections = None,
) -> Response:
    """Give a tile of several collections, each from the zoom at which the map begins to show it."""
    check_scheme(scheme)
    names = list(served.drawn) if collections is None else collections.split(",")
    if unknown := sorted(set(names) - set(served.drawn)):
        raise BadRequest(f"There are no tiles of {unknown}.", hint=f"There are: {', '.join(served.drawn)}.")
    chosen = [served.drawn[name] for name in dict.fromkeys(names)]
    return await _tile(request, served, [kind for kind in chosen if kind.minzoom <= zoom], zoom, row, column)


@router.get(
    "/collections/{collection}/tiles/{scheme}/{zoom}/{row}/{column}",
    response_model=None,
    response_class=Response,
    responses=_TILE,
    name="collection_tile",
)
async def collection_tile(
    request: Request,
    served: ServedZone,
    collection: CollectionId,
    scheme: SchemeId,
    zoom: Zoom,
    row: Row,
    column: Column,
) -> Response:
    """Give a tile of one collection."""
    check_scheme(scheme)
    return await _tile(request, served, [drawn_kind(served, collection)], zoom, row, column)


def drawn_kind(served: Served, collection: str) -> DrawnKind:
    """Find how a collection is drawn.

    Raises:
        NotFound: there is no such collection, or it has no places.
    """
    served.kind(collection)
    drawn = served.drawn.get(collection)
    if drawn is None:
        raise NotFound(f"{collection!r} has no places, so no tiles.", hint="Read its items.")
    return drawn


async def _tile(
    request: Request, served: Served, kinds: list[DrawnKind], zoom: int, row: int, column: int
) -> Response:
    tile = tile_at(zoom, row, column)
    key = TileKey(served.viewer, tuple(kind.kind.name for kind in kinds), tile)

    def make() -> bytes:
        return render_tile(served.store, served.viewer, kinds, tile)

    found = served.tiles.find(key)
    if found is None:
        found = await run_in_threadpool(served.tiles.tile, key, make)
    return _answer(request.headers, found)


def _answer(headers: Headers, tile: CachedTile) -> Response:
    tag = f'W/"{tile.tag}"'
    own = {"etag": tag, "cache-control": "no-cache", "vary": "accept-encoding"}
    if is_known(headers, tag):
        return Response(status_code=304, headers=own)
    if not tile.body:
        return Response(status_code=204, headers=own)
    if accepts_gzip(headers):
        return Response(tile.body, media_type=MVT, headers={**own, "content-encoding": "gzip"})
    return Response(unpacked(tile), media_type=MVT, headers=own)
