"""The description from which the web interface's types are made: complete, unambiguous, the same each time."""

import json
import subprocess
import sys
from typing import Any

import pytest

from zonetwin.api.openapi import described


@pytest.fixture(scope="module")
def document() -> Any:
    return json.loads(described())


def operations(document: Any) -> list[tuple[str, str, Any]]:
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_the_same_each_time() -> None:
    assert described() == described()


def test_the_module_prints_it() -> None:
    command = [sys.executable, "-m", "zonetwin.api.openapi"]
    assert (
        subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout == described()
    )


def test_every_operation_has_a_summary_a_description_and_a_unique_name(document: Any) -> None:
    names = []
    for method, path, operation in operations(document):
        assert operation["summary"], (method, path)
        assert operation["description"], (method, path)
        names.append(operation["operationId"])
    assert len(names) == len(set(names))


def test_every_operation_may_answer_with_a_problem(document: Any) -> None:
    for method, path, operation in operations(document):
        assert "application/problem+json" in operation["responses"]["default"]["content"], (method, path)


def test_every_answer_has_a_shape(document: Any) -> None:
    for method, path, operation in operations(document):
        good = next(answer for status, answer in operation["responses"].items() if status.startswith("2"))
        for content in good["content"].values():
            assert content["schema"], (method, path)


def test_every_reference_leads_somewhere(document: Any) -> None:
    text = json.dumps(document)
    for part in text.split('"#/components/schemas/')[1:]:
        assert part.partition('"')[0] in document["components"]["schemas"]


def test_parameters_are_described(document: Any) -> None:
    for method, path, operation in operations(document):
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (method, path, parameter["name"])
