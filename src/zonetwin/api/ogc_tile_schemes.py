"""The tile scheme WebMercatorQuad, as a document.

Source: OGC 17-083r4 (Two Dimensional Tile Matrix Set), annex D.1.
"""

from typing import Annotated

from fastapi import APIRouter, Path, Request

from zonetwin.api.ogc_links import JSON, Link, OgcDocument, ogc_address, self_link
from zonetwin.core.errors import NotFound
from zonetwin.twin.mercator import MAX_ZOOM

router = APIRouter(prefix="/ogc/tileMatrixSets", tags=["OGC API"])

WEB_MERCATOR_QUAD = "WebMercatorQuad"
SCHEME_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{WEB_MERCATOR_QUAD}"
WEB_MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"

_HALF = 20037508.342789244
_SCALE_DENOMINATOR = 559082264.0287178  # zoom 0, pixels of 0.28 mm, 256 to a tile
_TILE_PIXELS = 256

SchemeId = Annotated[str, Path(description=f"The tile scheme: {WEB_MERCATOR_QUAD}")]


class TileMatrix(OgcDocument):
    """One zoom of a tile scheme."""

    id: str
    scale_denominator: float
    cell_size: float
    corner_of_origin: str = "topLeft"
    point_of_origin: tuple[float, float] = (-_HALF, _HALF)
    tile_width: int = _TILE_PIXELS
    tile_height: int = _TILE_PIXELS
    matrix_width: int
    matrix_height: int


class TileScheme(OgcDocument):
    """A tile matrix set."""

    id: str
    title: str
    uri: str
    crs: str
    ordered_axes: list[str]
    well_known_scale_set: str
    tile_matrices: list[TileMatrix]


class TileSchemeItem(OgcDocument):
    """A tile matrix set in a list."""

    id: str
    title: str
    uri: str
    links: list[Link]


class TileSchemes(OgcDocument):
    """The tile matrix sets on offer."""

    links: list[Link]
    tile_matrix_sets: list[TileSchemeItem]


@router.get("", response_model_exclude_none=True)
def tile_schemes(request: Request) -> TileSchemes:
    """List the tile schemes."""
    address = ogc_address(request, f"/tileMatrixSets/{WEB_MERCATOR_QUAD}")
    item = TileSchemeItem(
        id=WEB_MERCATOR_QUAD,
        title="Google Maps Compatible for the World",
        uri=SCHEME_URI,
        links=[Link(href=address, rel="self", type=JSON)],
    )
    return TileSchemes(links=[self_link(request)], tile_matrix_sets=[item])


@router.get("/{scheme}")
def tile_scheme(scheme: SchemeId) -> TileScheme:
    """Describe a tile scheme."""
    check_scheme(scheme)
    return TileScheme(
        id=WEB_MERCATOR_QUAD,
        title="Google Maps Compatible for the World",
        uri=SCHEME_URI,
        crs=WEB_MERCATOR,
        ordered_axes=["X", "Y"],
        well_known_scale_set="http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        tile_matrices=[_matrix(zoom) for zoom in range(MAX_ZOOM + 1)],
    )


def check_scheme(scheme: str) -> None:
    """Refuse any other tile scheme.

    Raises:
        NotFound: the scheme is not offered.
    """
    if scheme != WEB_MERCATOR_QUAD:
        raise NotFound(f"There is no tile scheme {scheme!r}.", hint=f"There is {WEB_MERCATOR_QUAD}.")


def _matrix(zoom: int) -> TileMatrix:
    side = 1 << zoom
    return TileMatrix(
        id=str(zoom),
        scale_denominator=_SCALE_DENOMINATOR / side,
        cell_size=2 * _HALF / _TILE_PIXELS / side,
        matrix_width=side,
        matrix_height=side,
    )
