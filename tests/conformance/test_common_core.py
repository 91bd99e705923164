"""http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core: landing page, API definition, conformance."""

from typing import Any

from tests.api.client import Client
from tests.conformance.links import follow, href


def test_the_landing_page_has_the_links_it_must(ogc: Client, landing: Any) -> None:
    assert landing["title"]
    for rel in ("self", "service-desc", "service-doc", "conformance", "data"):
        assert href(landing, rel)


def test_every_link_of_the_landing_page_answers(ogc: Client, landing: Any) -> None:
    for link in landing["links"]:
        answer = ogc.get(link["href"])
        assert answer.status_code == 200, link
        assert answer.headers["content-type"].partition(";")[0] == link["type"].partition(";")[0], link


def test_the_conformance_declaration_lists_this_class(ogc: Client, landing: Any) -> None:
    declared = follow(ogc, landing, "conformance")["conformsTo"]
    assert "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core" in declared


def test_the_api_definition_describes_every_path_that_is_linked(ogc: Client, landing: Any) -> None:
    described = set(follow(ogc, landing, "service-desc")["paths"])
    assert {"/", "/conformance", "/api", "/collections"} <= described


def test_unknown_paths_and_methods_are_answered_as_http_has_it(ogc: Client) -> None:
    assert ogc.get("/ogc/unknown").status_code == 404
    assert ogc.request("DELETE", "/ogc/collections").status_code == 405


def test_head_is_answered_as_get_without_the_body(ogc: Client) -> None:
    for path in (
        "/ogc",
        "/ogc/collections/building/items",
        "/api/zone",
        "/ogc/tiles/WebMercatorQuad/14/6688/13701",
    ):
        head, got = ogc.request("HEAD", path), ogc.get(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-type"] == got.headers["content-type"]
        assert head.headers["etag"] == got.headers["etag"]
