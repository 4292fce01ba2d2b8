"""How a network hangs together: how many of one's friends know each other, and how many ties last."""

from __future__ import annotations

from typing import Any

import numpy as np

from peersim.compiled import entry_point


@entry_point
def clustering(start: Any, other: Any) -> Any:
    """Of all pairs of a person's friends, the share who are tied themselves, (n_people,); 0 below two friends.

    start, other  arcs in compressed rows, as in `Ties`
    """
    share = np.zeros(start.size - 1)
    friend_of = np.full(share.size, -1, np.int64)  # who last had this person in their row
    for i in range(share.size):
        degree = start[i + 1] - start[i]
        if degree < 2:
            continue
        for e in range(start[i], start[i + 1]):
            friend_of[other[e]] = i
        n_tied = 0  # each pair counts twice, once from either friend
        for e in range(start[i], start[i + 1]):
            j = other[e]
            for f in range(start[j], start[j + 1]):
                n_tied += friend_of[other[f]] == i
        share[i] = n_tied / (degree * (degree - 1))
    return share


@entry_point
def n_kept(start: Any, other: Any, later_start: Any, later_other: Any) -> int:
    """How many of these arcs are still there later, where the same people stand in the same rows."""
    n_arcs = 0
    friend_of = np.full(start.size - 1, -1, np.int64)
    for i in range(friend_of.size):
        for e in range(later_start[i], later_start[i + 1]):
            friend_of[later_other[e]] = i
        for e in range(start[i], start[i + 1]):
            n_arcs += friend_of[other[e]] == i
    return n_arcs
