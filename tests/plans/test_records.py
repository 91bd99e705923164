"""The record's targets and attached texts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.plans.examples import target

from zonetwin.core.actor import Actor
from zonetwin.core.clock import Clock
from zonetwin.plans.records import PART, AttachedText, add_document, documents, store_targets
from zonetwin.store.model import Store
from zonetwin.store.sqlite import open_store

ACTOR = Actor("tester", "bureau")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path / "zone.gpkg", kinds=[], parts=[PART], clock=Clock(ZoneInfo("UTC")))
    yield opened
    opened.close()


def _text(file: str, plan: str = "p") -> AttachedText:
    at = datetime(2024, 7, 1, 8, tzinfo=UTC)
    return AttachedText(0, plan, file, "f" * 64, "a" * 64, 40, 1, 2, at, "tester", "note")


def test_targets_are_published(store: Store) -> None:
    with store.begin(actor=ACTOR, tool="test") as writer:
        store_targets(writer, [target(comparator=">="), target(id="T2", deadline=None, value_max=5.0)])
    first, second = store.published("target").to_pylist()
    assert (first["id"], first["value"], first["deadline"]) == ("T1", 3000.0, date(2025, 12, 31))
    assert (second["deadline"], second["value_max"], second["leads"]) == (None, 5.0, "bureau")


def test_columns_of_the_published_table_are_fixed(store: Store) -> None:
    assert store.published("target").column_names == [
        "plan", "id", "section", "sort", "subject", "subject_en", "comparator", "value", "value_max", "unit",
        "direction", "start_on", "deadline", "cadence", "leads", "parent", "relation", "duplicate_of", "indicator",
    ]  # fmt: skip


def test_a_goal_is_published_with_the_organisations_of_its_task(store: Store) -> None:
    with store.begin(actor=ACTOR, tool="test") as writer:
        store_targets(writer, [target(duplicate_of="T2", leads=()), target(id="T2")])
    assert [row["leads"] for row in store.published("target").to_pylist()] == ["bureau", "bureau"]


def test_storing_again_replaces_the_plan_and_leaves_others(store: Store) -> None:
    with store.begin(actor=ACTOR, tool="test") as writer:
        store_targets(writer, [target(), target(id="T2"), target(plan="q")])
        assert store_targets(writer, [target(value=1.0)]) == 1
    found = {(row["plan"], row["id"]): row["value"] for row in store.published("target").to_pylist()}
    assert found == {("p", "T1"): 1.0, ("q", "T1"): 3000.0}


def test_attached_texts_are_listed_oldest_first(store: Store) -> None:
    for name in ("one.txt", "two.txt"):
        with store.begin(actor=ACTOR, tool="test") as writer:
            add_document(writer, _text(name))
    found = documents(store)
    assert [item.file for item in found] == ["one.txt", "two.txt"]
    assert (found[0].attached_at, found[0].anchors_kept) == (datetime(2024, 7, 1, 8, tzinfo=UTC), 1)
    assert store.changes()[0].counts == {"plan_document": 1}
