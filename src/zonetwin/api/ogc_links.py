"""Links between OGC resources, in documents and in Link headers.

Addresses are absolute and repeat the host the client used; the guard has checked it by then.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, urlencode

from fastapi import Request
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

JSON = "application/json"
GEOJSON = "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
MVT = "application/vnd.mapbox-vector-tile"

TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
TILING_SCHEMES = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
TILING_SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
CONFORMANCE = "http://www.opengis.net/def/rel/ogc/1.0/conformance"
DATA = "http://www.opengis.net/def/rel/ogc/1.0/data"
QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
SCHEMA_REL = "http://www.opengis.net/def/rel/ogc/1.0/schema"


class OgcDocument(BaseModel):
    """A document whose field names are written in camel case, as OGC API has them."""

    model_config = ConfigDict(alias_generator=to_camel, serialize_by_alias=True, validate_by_name=True)


class Link(BaseModel):
    """A link as OGC API Common has it."""

    href: str
    rel: str
    type: str | None = None
    title: str | None = None
    templated: bool | None = None


def ogc_address(request: Request, path: str = "", query: Mapping[str, object] | None = None) -> str:
    """Give the absolute address of an OGC resource; `path` begins with a slash and is quoted here."""
    address = f"{str(request.base_url).rstrip('/')}/ogc{quote(path)}"
    return f"{address}?{urlencode(query)}" if query else address


def asked_address(request: Request) -> str:
    """Give the address as it was asked."""
    query = request.url.query
    return ogc_address(request, request.url.path.removeprefix("/ogc")) + (f"?{query}" if query else "")


def self_link(request: Request, type_: str = JSON) -> Link:
    """Give the link of a document to itself."""
    return Link(href=asked_address(request), rel="self", type=type_, title="This document")


def link_header(links: Iterable[Link]) -> str:
    """Write links as the value of a Link header (RFC 8288)."""
    return ", ".join(
        f'<{link.href}>; rel="{link.rel}"' + (f'; type="{link.type}"' if link.type else "") for link in links
    )
