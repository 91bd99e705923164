"""Totals: by area, nested, with what is unknown beside them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.analysis.rollup import Combine, CountedRows, Total, totals_by_area

PARENTS = {"zone": None, "north": "zone", "n1": "north", "n2": "north", "south": "zone"}
NAN = math.nan

Row = tuple[str | None, float, float, str | None]


def rows(*given: Row, claimed: list[float] | None = None, low: list[float] | None = None) -> CountedRows:
    nothing = np.full(len(given), NAN)
    return CountedRows(
        area=np.array([row[0] for row in given], dtype=object),
        counted=np.array([row[1] for row in given], dtype=float),
        claimed=nothing if claimed is None else np.array(claimed),
        of=np.array([row[2] for row in given], dtype=float),
        low=nothing if low is None else np.array(low),
        high=nothing,
        reason=np.array([row[3] for row in given], dtype=object),
    )


def totals(given: CountedRows, combine: Combine, factor: float = 1.0) -> dict[str, Total]:
    return totals_by_area(given, combine=combine, factor=factor, parents=PARENTS, top="zone")


SERVED = rows(("n1", 30, 40, None), ("n2", 0, 20, None), ("n2", NAN, 15, "far"), (None, 10, 10, None))


def test_a_ratio_divides_the_sums_of_what_is_known() -> None:
    found = totals(SERVED, "ratio", 100)
    assert found["n1"].value == 75.0  # 30 / 40
    assert found["north"].value == 50.0  # 30 / 60
    assert found["zone"].value == pytest.approx(100 * 40 / 70)


def test_the_unknown_stands_beside_the_value_with_its_reason() -> None:
    found = totals(SERVED, "ratio", 100)["zone"]
    assert (found.unknown, dict(found.unknown_reasons), found.of, found.counted) == (15, {"far": 15}, 70, 3)


def test_an_area_without_rows_has_no_ratio_and_the_sum_nought() -> None:
    assert totals(SERVED, "ratio")["south"].value is None
    assert totals(SERVED, "sum")["south"].value == 0.0


def test_an_area_where_nothing_is_known_has_no_value() -> None:
    assert totals(rows(("n1", NAN, 5, "far")), "sum")["n1"].value is None


def test_rows_without_area_or_in_an_unlisted_one_count_for_the_zone_only() -> None:
    found = totals(rows((None, 1, NAN, None), ("elsewhere", 2, NAN, None)), "sum")
    assert (found["zone"].value, found["north"].value, "elsewhere" in found) == (3.0, 0.0, False)


def test_claims_fill_up_with_what_was_verified() -> None:
    found = totals(rows(("n1", 1, 1, None), ("n1", 0, 1, None), claimed=[NAN, 1.0]), "sum")["zone"]
    assert (found.value, found.claimed) == (1.0, 2.0)


def test_without_claims_and_band_there_are_none() -> None:
    found = totals(SERVED, "sum")["zone"]
    assert (found.claimed, found.low, found.high) == (None, None, None)


def test_the_band_is_combined_like_the_value() -> None:
    found = totals(rows(("n1", 30, 40, None), ("n1", 10, 10, None), low=[20.0, NAN]), "ratio", 100)["n1"]
    assert (found.value, found.low) == (80.0, 60.0)  # (20 + 10) / 50


def test_a_row_without_number_and_reason_is_unknown() -> None:
    found = totals(rows(("n1", NAN, NAN, None), ("n1", 2, NAN, None)), "sum")["n1"]
    assert (found.value, found.unknown, dict(found.unknown_reasons)) == (2.0, 1.0, {"no-value": 1.0})


def test_largest_and_middle_value_of_an_area_use_all_rows_inside() -> None:
    given = rows(("n1", 3, NAN, None), ("n2", 9, NAN, None), ("n2", 4, NAN, None))
    assert (totals(given, "max")["north"].value, totals(given, "median")["north"].value) == (9.0, 4.0)
    assert totals(given, "median")["n2"].value == 6.5


def test_whole_takes_the_own_rows_of_an_area_only() -> None:
    given = rows(("zone", 5, 20, None), ("north", 4, 10, None))
    found = totals(given, "whole", 100)
    assert (found["zone"].value, found["north"].value, found["n1"].value) == (25.0, 40.0, None)
    assert totals(rows(("north", 7, NAN, None)), "whole", 100)["north"].value == 7.0


counted = st.tuples(
    st.sampled_from(["n1", "n2", "south", "north", None]),
    st.floats(0, 1e6),
    st.floats(1, 1e6),
    st.sampled_from([None, None, "far"]),
)


@given(st.lists(counted, max_size=30))
def test_the_order_of_rows_changes_no_bit(given_rows: list[Row]) -> None:
    assert totals(rows(*given_rows), "ratio") == totals(rows(*reversed(given_rows)), "ratio")


@given(st.lists(counted, max_size=30))
def test_known_and_unknown_weights_together_are_all_of_it(given_rows: list[Row]) -> None:
    found = totals(rows(*given_rows), "ratio")["zone"]
    assert (found.of or 0.0) + found.unknown == pytest.approx(math.fsum(row[2] for row in given_rows))
