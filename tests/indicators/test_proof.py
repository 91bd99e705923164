"""Proofs: kept by what they say, and compared row by row."""

from pathlib import Path

import pyarrow as pa
import pytest

from zonetwin.core.errors import NotFound
from zonetwin.indicators.evaluate import ROW_SCHEMA
from zonetwin.indicators.proof import Difference, differences, keep_table, kept_table, proof_id, rows_digest

Row = tuple[str, float | None, str | None]


def rows(*given: Row) -> pa.Table:
    columns = {
        "area": [None] * len(given),
        "feature": [row[0] for row in given],
        "counted": [row[1] for row in given],
        "claimed": [None] * len(given),
        "of": [1.0] * len(given),
        "low": [None] * len(given),
        "high": [None] * len(given),
        "reason": [row[2] for row in given],
    }
    return pa.table(columns, schema=ROW_SCHEMA)


TWO = rows(("home/1", 1.0, None), ("home/2", None, "far"))


def test_a_kept_table_comes_back_as_it_was(tmp_path: Path) -> None:
    digest = keep_table(tmp_path, TWO)
    assert kept_table(tmp_path, digest).equals(TWO)


def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    assert keep_table(tmp_path, TWO) == keep_table(
        tmp_path, rows(*[("home/1", 1.0, None), ("home/2", None, "far")])
    )
    assert len(list(tmp_path.rglob("*.parquet"))) == 1


@pytest.mark.parametrize(
    "other",
    [
        rows(("home/1", 1.0, None), ("home/2", 0.0, "far")),
        rows(("home/1", 1.0, ""), ("home/2", None, "far")),
        rows(("home/1", 1.0000000000000002, None), ("home/2", None, "far")),
        rows(("home/1", 1.0, None)),
    ],
    ids=["null is not nought", "null is not empty", "one bit", "one row less"],
)
def test_another_content_has_another_digest(other: pa.Table) -> None:
    assert rows_digest(other) != rows_digest(TWO)


def test_chunks_do_not_change_the_digest() -> None:
    assert rows_digest(pa.concat_tables([TWO.slice(0, 1), TWO.slice(1)])) == rows_digest(TWO)


def test_rows_that_are_gone_are_not_found(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="not in the zone's proofs"):
        kept_table(tmp_path, "0" * 64)


def test_equal_rows_do_not_differ() -> None:
    assert differences(TWO, TWO) == []


def test_differences_name_object_column_and_both_values() -> None:
    other = rows(("home/1", 3.0, None), ("home/3", 1.0, None))
    assert differences(TWO, other) == [
        Difference("home/1", "counted", 1.0, 3.0),
        Difference("home/2", "feature", "home/2", None),
        Difference("home/3", "feature", None, "home/3"),
    ]


def test_an_object_with_several_rows_is_compared_in_their_order() -> None:
    twice = rows(("home/1", 1.0, None), ("home/1", 2.0, None))
    changed = rows(("home/1", 1.0, None), ("home/1", 5.0, None))
    assert differences(twice, changed) == [Difference("home/1", "counted", 2.0, 5.0)]


@pytest.mark.parametrize(("after", "agrees"), [(1e6 + 0.0009, True), (1e6 + 0.002, False)])
def test_numbers_agree_to_a_billionth(after: float, agrees: bool) -> None:
    assert Difference("home/1", "counted", 1e6, after).is_within_tolerance is agrees


def test_a_reason_that_differs_never_agrees() -> None:
    assert not Difference("home/1", "reason", None, "far").is_within_tolerance
    assert not Difference("home/1", "counted", None, 0.0).is_within_tolerance


def test_the_name_of_a_proof_follows_from_what_it_says() -> None:
    assert proof_id("a", "b") == proof_id("a", "b") != proof_id("ab", "")
