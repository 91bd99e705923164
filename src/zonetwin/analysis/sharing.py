"""Sharing a number of persons over places so that the shares add up to exactly the number.

Shares are multiples of 1/1024 person: such numbers have exact binary fractions, so they add up to the same
bits in any order. What a number has beyond that goes to its largest share.
"""

import numpy as np

from zonetwin.analysis.network import Floats, Ints

PARTS_PER_PERSON = 1024

_BELOW = 1.0 - 2.0**-50
"""Keeps a rounded-up product from taking a part too many; what is held back goes out with the remainders."""


def shared_exactly(totals: Floats, group: Ints, weights: Floats) -> Floats:
    """Share each total over the places of its group, in proportion to their weights.

    Args:
        totals: What to share per group, finite and >= 0, shape (groups,).
        group: Group of each place, every group having at least one; shape (places,).
        weights: Weight of each place, >= 0; a group whose weights are all 0 is shared evenly.

    Returns:
        Share of each place, >= 0; per group they sum to the total (exactly, by `math.fsum`).
    """
    sums = np.bincount(group, weights=weights, minlength=len(totals))
    sizes = np.bincount(group, minlength=len(totals))
    even = sums[group] <= 0
    fraction = np.where(even, 1.0 / np.maximum(sizes[group], 1), weights / np.where(even, 1.0, sums[group]))
    parts = np.floor(totals * PARTS_PER_PERSON)
    ideal = parts[group] * fraction
    whole = np.floor(ideal * _BELOW)
    missing = parts - np.bincount(group, weights=whole, minlength=len(totals))
    order = np.lexsort((np.arange(len(group)), -(ideal - whole), group))
    rank = np.empty(len(group), dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    rank[order] = np.arange(len(group)) - np.repeat(starts, sizes)
    extra, each = np.divmod(missing[group], sizes[group])
    shares = (whole + extra + (rank < each)) / PARTS_PER_PERSON
    rest = totals - parts / PARTS_PER_PERSON
    order = np.lexsort((np.arange(len(group)), -shares, group))
    largest = order[starts[sizes > 0]]
    shares[largest] += rest[sizes > 0]
    return shares
