"""Following links, as a client of a standard does."""

from typing import Any

from tests.api.client import ADDRESS, Client


def follow(client: Client, document: Any, rel: str, type_: str | None = None) -> Any:
    """Get the document that a link leads to."""
    return client.json(href(document, rel, type_))


def href(document: Any, rel: str, type_: str | None = None) -> str:
    """Give the path of the first link with a relation, and a type where one is asked for."""
    for link in document["links"]:
        if link["rel"] == rel and (type_ is None or link.get("type") == type_):
            return str(link["href"]).replace(ADDRESS, "")
    raise AssertionError(f"no link {rel!r} in {document['links']}")
