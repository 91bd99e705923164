"""Shares: proportional, never negative, and together exactly what was shared."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from zonetwin.analysis.sharing import shared_exactly

weights = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)
groups = st.lists(st.tuples(st.floats(0, 1e6), weights), min_size=1, max_size=8)


def test_a_hundred_people_over_two_homes_of_60_and_40_square_metres() -> None:
    assert shared_exactly(np.array([100.0]), np.array([0, 0]), np.array([60.0, 40.0])).tolist() == [
        60.0,
        40.0,
    ]


def test_homes_without_a_weight_share_evenly() -> None:
    assert shared_exactly(np.array([3.0]), np.array([0, 0]), np.array([0.0, 0.0])).tolist() == [1.5, 1.5]


def test_one_person_over_three_equal_homes_is_a_person_again() -> None:
    shares = shared_exactly(np.array([1.0]), np.zeros(3, dtype=int), np.ones(3))
    # 1024 parts over three: 342 + 341 + 341.
    assert shares.tolist() == [342 / 1024, 341 / 1024, 341 / 1024]


@given(groups)
def test_shares_sum_to_the_input_exactly(groups: list[tuple[float, list[float]]]) -> None:
    totals = np.array([total for total, _ in groups])
    group = np.repeat(np.arange(len(groups)), [len(weight) for _, weight in groups])
    shares = shared_exactly(totals, group, np.concatenate([weight for _, weight in groups]))
    assert (shares >= 0).all()
    for row, total in enumerate(totals):
        assert math.fsum(shares[group == row]) == total


@given(st.integers(0, 10**7), weights)
def test_shares_of_whole_persons_sum_in_any_order(total: int, weight: list[float]) -> None:
    shares = shared_exactly(np.array([float(total)]), np.zeros(len(weight), dtype=int), np.array(weight))
    assert float(np.sum(shares[::-1])) == sum(shares.tolist()) == total


@given(st.integers(1, 10**6), st.lists(st.floats(0.01, 1e4), min_size=1, max_size=30))
def test_a_share_is_within_two_parts_of_its_proportion(total: int, weight: list[float]) -> None:
    shares = shared_exactly(np.array([float(total)]), np.zeros(len(weight), dtype=int), np.array(weight))
    ideal = total * np.array(weight) / math.fsum(weight)
    assert (np.abs(shares - ideal) <= 2 / 1024 + total * 1e-12).all()


def test_nobody_over_nothing_is_nothing() -> None:
    assert shared_exactly(np.empty(0), np.empty(0, dtype=int), np.empty(0)).tolist() == []
