"""The description of our interface (OpenAPI 3.1) as FastAPI makes it, completed by what it leaves out."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from zonetwin.api.problems import Problem

_REFERENCE = "#/components/schemas/{model}"


def describe_completely(app: FastAPI) -> None:
    """Let an app's description define the problem document that all operations refer to."""

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                separate_input_output_schemas=False,
            )
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            problem = Problem.model_json_schema(ref_template=_REFERENCE)
            schemas |= problem.pop("$defs", {})
            schemas["Problem"] = problem
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]  # the way FastAPI documents
