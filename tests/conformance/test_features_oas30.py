"""http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30: a valid OpenAPI 3.0 document that says what is true."""

from typing import Any

import pytest
from tests.api.client import Client
from tests.conformance.links import href

TYPE = "application/vnd.oai.openapi+json;version=3.0"


@pytest.fixture(scope="module")
def document(ogc: Client, landing: Any) -> Any:
    return ogc.json(href(landing, "service-desc", TYPE))


def test_the_definition_is_openapi_3_0_under_its_media_type(ogc: Client, document: Any) -> None:
    assert document["openapi"].startswith("3.0.")
    assert ogc.get("/ogc/api").headers["content-type"] == TYPE


def resolved(document: Any, item: Any) -> Any:
    if "$ref" not in item:
        return item
    found = document
    for part in item["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def test_every_reference_leads_somewhere_and_every_path_parameter_is_declared(document: Any) -> None:
    for path, operations in document["paths"].items():
        operation = operations["get"]
        parameters = [resolved(document, item) for item in operation["parameters"]]
        declared = {item["name"] for item in parameters if item["in"] == "path"}
        named = {part[1:-1] for part in path.split("/") if part.startswith("{")}
        assert named == declared, path
        for response in operation["responses"].values():
            assert resolved(document, response)["description"]


def test_operation_names_are_unique(document: Any) -> None:
    names = [operations["get"]["operationId"] for operations in document["paths"].values()]
    assert len(names) == len(set(names))


def test_every_described_path_answers(ogc: Client, document: Any) -> None:
    values = {"{featureId}": "1", "{tileMatrix}": "14", "{tileRow}": "6688", "{tileCol}": "13701"}
    for path in document["paths"]:
        address = "/ogc" + path.rstrip("/")
        for name, value in values.items():
            address = address.replace(name, value)
        assert ogc.get(address).status_code in (200, 204, 404), path


def test_the_declared_limit_is_the_one_in_force(ogc: Client, document: Any) -> None:
    limit = document["components"]["parameters"]["limit"]["schema"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 10_000, 100)
    assert len(ogc.json("/ogc/collections/building/items")["features"]) == limit["default"]


def test_properties_are_declared_as_parameters_of_their_type(document: Any) -> None:
    items = document["paths"]["/collections/building/items"]["get"]["parameters"]
    schemas = {item["name"]: item["schema"] for item in items if "name" in item}
    assert schemas["storeys"]["type"] == "integer"
    assert schemas["height_m"]["type"] == "number"
    assert "residential" in schemas["use"]["enum"]
