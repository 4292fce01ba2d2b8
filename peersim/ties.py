"""Who is tied to whom: arcs in compressed rows, each tie standing in the rows of both people.

A row lists its arcs in the order of the others' fixed numbers, so that sums over ties do not depend on the order in
which people are stored. The arc back is found by searching the other's short row; only the few ties that support or a
session changes need it.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import allocating, compiled, entry_point
from peersim.draws import directed, normal
from peersim.people import Floats

CHANNELS = ("face_to_face", "social_media", "anonymous_online")
FACE_TO_FACE, SOCIAL_MEDIA, ANONYMOUS_ONLINE = range(3)
KINDS = ("friend", "partner", "group", "online")
FRIEND, PARTNER, GROUP, ONLINE = range(4)
_32, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


class Ties(NamedTuple):
    """All ties, two arcs each.

    start       (n_people + 1,) the arcs of row i are start[i] .. start[i + 1]
    other       (n_arcs,) uint32, row of the person at the far end
    closeness   (n_arcs,) in [0, 1], the same on both arcs of a tie
    trust       (n_arcs,) in [0, 1], of the row's person in the other
    similarity  (n_arcs,) in [0, 1], fixed, the same on both arcs
    channel     (n_arcs,) int8, where the two meet: a place in CHANNELS
    kind        (n_arcs,) int8, what they are to each other: a place in KINDS
    pair        (n_arcs,) uint64, the pair's address for draws, the same on both arcs
    """

    start: NDArray[np.int64]
    other: NDArray[np.uint32]
    closeness: Floats
    trust: Floats
    similarity: Floats
    channel: NDArray[np.int8]
    kind: NDArray[np.int8]
    pair: NDArray[np.uint64]


@compiled
def find_arc(start: Any, other: Any, i: int, j: int) -> int:
    """The arc from i to j, or -1 if they are not tied."""
    for e in range(start[i], start[i + 1]):
        if other[e] == j:
            return e
    return -1


@compiled
def far_number(pair: Any, mine: int) -> Any:
    """The number of the other one of a pair; it stands in the row, where looking up the other's number would not."""
    return np.int64(pair >> _32) + np.int64(pair & _LOW) - np.int64(mine)


@compiled
def n_shared(start: Any, pair: Any, number: Any, i: int, j: int) -> int:
    """How many people both i and j are tied to; rows are in the order of numbers."""
    n = 0
    a, b = start[i], start[j]
    while a < start[i + 1] and b < start[j + 1]:
        here, there = far_number(pair[a], number[i]), far_number(pair[b], number[j])
        n += here == there
        a, b = a + (here <= there), b + (there <= here)
    return n


@allocating
def within(arcs: Ties) -> Ties:
    """The arcs in use, without the room behind them; what is written there is written to `arcs`."""
    n = arcs.start[-1]
    return Ties(
        arcs.start, arcs.other[:n], arcs.closeness[:n], arcs.trust[:n], arcs.similarity[:n], arcs.channel[:n],
        arcs.kind[:n], arcs.pair[:n],
    )  # fmt: skip


@compiled
def room_for(n_arcs: int) -> int:
    """Places for so many arcs, a sixteenth more behind them, and a few."""
    return n_arcs + n_arcs // 16 + 64


def tie_together(
    pairs: NDArray[np.uint64], number: NDArray[np.uint32], row_of: NDArray[Any], closeness: Floats, trust_key: Any,
    trust_sd: float, similarity: Floats, channel: NDArray[np.int8], kind: NDArray[np.int8],
) -> Ties:
    """Ties from a list of pairs, with room for more behind them.

    pairs      (n_ties,) the numbers of two people as `undirected` puts them, ascending, each given once
    number     (n_people,) each row's number; row_of, each number's row
    trust_key  by which each draws how far trust in the other starts from closeness: normal, with a deviation `trust_sd`
    closeness, similarity, channel, kind  (n_ties,) of each pair
    """
    room = room_for(2 * len(pairs))
    arcs = Ties(
        np.zeros(len(number) + 1, np.int64),
        np.empty(room, np.uint32),
        np.empty(room, np.float32),
        np.empty(room, np.float32),
        np.empty(room, np.float32),
        np.empty(room, np.int8),
        np.empty(room, np.int8),
        np.empty(room, np.uint64),
    )
    _fill(arcs, pairs, number, row_of, closeness, trust_key, trust_sd, similarity, channel, kind)
    return arcs


@entry_point
def _fill(
    arcs: Any, pairs: Any, number: Any, row_of: Any, closeness: Any, trust_key: Any, trust_sd: float, similarity: Any,
    channel: Any, kind: Any,
) -> None:
    """Write both arcs of each pair.

    First come all those to a lower number, then those to a higher one, so that every row is in the order of numbers
    without being sorted.
    """
    start = arcs.start
    for t in range(pairs.size):
        start[row_of[pairs[t] >> _32] + 1] += 1
        start[row_of[pairs[t] & _LOW] + 1] += 1
    for i in range(number.size):
        start[i + 1] += start[i]
    place = start[:-1].copy()
    for is_upward in (False, True):
        for t in range(pairs.size):
            low, high = pairs[t] >> _32, pairs[t] & _LOW
            mine, theirs = (low, high) if is_upward else (high, low)
            i = row_of[mine]
            e = place[i]
            place[i] = e + 1
            arcs.other[e] = row_of[theirs]
            arcs.closeness[e] = closeness[t]
            trust = closeness[t] + trust_sd * normal(trust_key, directed(mine, theirs))
            arcs.trust[e] = min(1.0, max(0.0, trust))
            arcs.similarity[e] = similarity[t]
            arcs.channel[e] = channel[t]
            arcs.kind[e] = kind[t]
            arcs.pair[e] = pairs[t]


def owners(ties: Ties) -> NDArray[np.int64]:
    """The row to which each arc belongs, (n_arcs,)."""
    return np.repeat(np.arange(len(ties.start) - 1), np.diff(ties.start))
