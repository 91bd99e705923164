"""Made-up requests over the whole interface: whatever is sent, nothing answers with a fault of the server.

Half of the ids in paths are real ones, so that requests get beyond "not found". The number of examples is
bounded; faults at single values are the business of the property tests.
"""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from tests.api.client import ACTOR
from tests.server import LiveServer, live_server
from tests.small_zone import make_zone

from zonetwin.api.problems import MEDIA_TYPE
from zonetwin.api.server import routed_app
from zonetwin.core.actor import Actor
from zonetwin.zone.measuring import measure
from zonetwin.zone.zone import open_zone

EXAMPLES = 16

REAL = {
    "kind": "building",
    "collection": "building",
    "fid": "7",
    "case": "1",
    "move": "1",
    "target": "T001",
    "indicator": "building_density",
    "command": "rerun",
    "scheme": "WebMercatorQuad",
    "zoom": "14",
    "row": "6688",
    "column": "13701",
}

CONFIG = SchemathesisConfig(
    projects=ProjectsConfig(
        default=ProjectConfig(generation=GenerationConfig(max_examples=EXAMPLES, deterministic=True))
    )
)
DOCUMENT = routed_app().openapi()
schema = schemathesis.openapi.from_dict(DOCUMENT, config=CONFIG)
answered: set[str] = set()
FOUND: Iterator[Any] = iter(schema.get_all_operations())
OPERATIONS = {operation.label: operation for operation in (found.ok() for found in FOUND)}


@schema.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any] | None) -> dict[str, Any] | None:
    """Put real ids in the place of half of the made-up ones."""
    made_up = dict(path_parameters or {})
    real = {name: REAL[name] for name in made_up if name in REAL}
    return {**made_up, **real} if sum(map(ord, str(made_up))) % 2 else path_parameters


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    folder = make_zone(tmp_path_factory.mktemp("fuzzed") / "zone", buildings=20)
    with open_zone(folder) as zone:
        measure(zone, indicators=["building_density"], actor=Actor("Tests"))
    with live_server(folder) as running:
        body = {"title": "桥", "category": "road", "organisation": "a"}
        assert httpx.post(f"{running.address}/api/cases", headers=ACTOR, json=body).status_code == 201
        yield running


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_nothing_answers_with_a_fault_of_the_server(label: str, target: LiveServer) -> None:
    # schemathesis' own parametrisation gives all operations one name, of which xdist runs the first
    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=OPERATIONS[label].as_strategy())
    def ask(case: Any) -> None:
        answer = case.call(base_url=target.address, headers=ACTOR)
        if 200 <= answer.status_code < 300:
            answered.add(label)
        case.validate_response(answer, checks=[not_a_server_error])
        if answer.status_code >= 400:
            assert answer.headers["content-type"][0] == MEDIA_TYPE

    ask()


def test_made_up_requests_got_beyond_being_refused() -> None:
    """Keep the test above honest: most operations that read must have answered at least one made-up request."""
    reading = {f"GET {path}" for path, operations in DOCUMENT["paths"].items() if "get" in operations}
    assert len(answered & reading) > 0.7 * len(reading), sorted(reading - answered)
