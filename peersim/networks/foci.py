"""The default network: people meet in foci (a workplace, a club, a street), after Feld.

Everyone belongs to a large and a small focus of people of like age and, mostly, the same culture; within a focus some
are tied. Couples are added. People are numbered along the large foci, so that those who know each other lie near each
other in memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import entry_point
from peersim.draws import Decision, draw_key, draw_normals, draw_uniforms, undirected, uniform
from peersim.parameters import Parameters, Several, param
from peersim.people import Floats

_BLOCK_APART = 10.0  # age has a range of 1 and a little noise: blocks this far apart never mix


class Foci(Parameters):
    """How people are sorted into foci. Lists follow the large and the small focus."""

    order_spread: float = param(
        0.3, unit="sd of age rank", within=(0, 10), doc="how loosely foci are sorted by age", source="calibrated"
    )
    other_block: Several = param(
        (0.1, 0.4), unit="share of people", within=(0, 1), doc="who is in a focus of any culture, drawn at random",
        source="calibrated",
    )
    least_size: Several = param(
        (5.0, 3.0), unit="people", within=(2, 1000), doc="size of the smallest foci", source="calibrated"
    )
    most_size: Several = param(
        (8.0, 5.0), unit="people", within=(2, 1000), doc="size of the largest foci", source="calibrated"
    )
    tied_share: Several = param(
        (0.8, 0.3), unit="probability", within=(0, 1), doc="chance that two people of a focus are tied",
        source="calibrated",
    )


def focus_order(foci: Foci, which: int, seed: int, number: NDArray[Any], age: Floats, culture: NDArray[Any]) -> Any:
    """People in the order in which foci are cut from them, (n_people,) rows.

    which  0 for the large focus, 1 for the small one
    """
    strays = draw_uniforms(seed, Decision.FOCUS_BLOCK, number, sub=which) < foci.other_block[which]
    anywhere = draw_uniforms(seed, Decision.FOCUS_BLOCK, number, sub=2 + which) * (culture.max() + 1)
    block = np.where(strays, np.floor(anywhere), culture)
    spread = foci.order_spread * draw_normals(seed, Decision.FOCUS_ORDER, number, sub=which)
    return np.argsort(_BLOCK_APART * block + age + spread, kind="stable")


def focus_ties(
    foci: Foci, which: int, seed: int, number: NDArray[np.uint32], order: NDArray[np.int64]
) -> NDArray[np.uint64]:
    """Cut the order into foci and tie some of the pairs in each: (n_ties,) pairs of numbers."""
    low, high = int(foci.least_size[which]), max(int(foci.least_size[which]), int(foci.most_size[which]))
    n = len(order)
    luck = draw_uniforms(seed, Decision.FOCUS_SIZE, np.arange(n // low + 1), sub=which)
    ends = np.minimum(n, np.cumsum(low + (luck * (high - low + 1)).astype(np.int64)))
    key, share = draw_key(seed, Decision.FOCUS_TIE, sub=which), foci.tied_share[which]
    pairs = np.empty(tie_within(np.empty(0, np.uint64), ends, order, number, key, share), np.uint64)
    tie_within(pairs, ends, order, number, key, share)
    return pairs


@entry_point
def tie_within(pairs: Any, ends: Any, order: Any, number: Any, key: Any, share: float) -> int:
    """Write the pairs who are tied, as far as there is room for any; returns how many they are.

    ends   (n_foci,) where each focus ends in the order
    share  of the pairs in a focus who are tied
    """
    n_tied, begin = 0, 0
    for end in ends:
        for a in range(begin, end):
            for b in range(a + 1, end):
                pair = undirected(number[order[a]], number[order[b]])
                if uniform(key, pair) < share:
                    if pairs.size > 0:
                        pairs[n_tied] = pair
                    n_tied += 1
        begin = end
    return n_tied


def distinct(pairs: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each pair once, ascending."""
    pairs = np.sort(pairs)
    is_first = np.ones(len(pairs), np.bool_)
    is_first[1:] = pairs[1:] != pairs[:-1]
    return pairs[is_first]


def with_more(pairs: NDArray[np.uint64], more: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], int]:
    """Two ascending lists of distinct pairs as one, and how many of the second are not in the first."""
    place = np.searchsorted(pairs, more)
    is_new = np.ones(len(more), np.bool_)
    is_within = place < len(pairs)
    is_new[is_within] = pairs[place[is_within]] != more[is_within]
    return np.insert(pairs, place[is_new], more[is_new]), int(is_new.sum())


def as_pairs(first: NDArray[Any], second: NDArray[Any]) -> NDArray[np.uint64]:
    """Pairs of numbers as one word each: the lower number above the higher one."""
    low, high = np.minimum(first, second).astype(np.uint64), np.maximum(first, second).astype(np.uint64)
    pairs: NDArray[np.uint64] = (low << np.uint64(32)) | high
    return pairs
