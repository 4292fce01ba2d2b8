"""The default network: people meet in foci (a workplace, a club, a street), after Feld.

Everyone belongs to a large and a small focus of people of like age and, mostly, the same culture; within a focus some
are tied. Couples are added. People are numbered along the large foci, so that those who know each other lie near each
other in memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.draws import Decision, draw_normals, draw_uniforms
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
) -> NDArray[np.int64]:
    """Cut the order into foci and tie some of the pairs in each: (n_ties, 2) rows."""
    low, high = int(foci.least_size[which]), max(int(foci.least_size[which]), int(foci.most_size[which]))
    n = len(order)
    luck = draw_uniforms(seed, Decision.FOCUS_SIZE, np.arange(n // low + 1), sub=which)
    ends = np.cumsum(low + (luck * (high - low + 1)).astype(np.int64))
    focus = np.searchsorted(ends, np.arange(n), side="right")
    found = []
    for apart in range(1, high):
        here = np.flatnonzero(focus[:-apart] == focus[apart:])
        a, b = order[here], order[here + apart]
        low_number, high_number = np.minimum(number[a], number[b]), np.maximum(number[a], number[b])
        pair = (low_number.astype(np.uint64) << np.uint64(32)) | high_number
        tied = draw_uniforms(seed, Decision.FOCUS_TIE, pair, sub=which) < foci.tied_share[which]
        found.append(np.stack([a[tied], b[tied]], axis=1))
    return np.concatenate(found)


def distinct(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each unordered pair once, the lower row first, in order."""
    low, high = pairs.min(axis=1), pairs.max(axis=1)
    code = np.sort((low << 32) | high)
    code = code[np.concatenate([[True], code[1:] != code[:-1]])] if len(code) else code
    return np.stack([code >> 32, code & 0xFFFFFFFF], axis=1)
