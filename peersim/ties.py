"""Who is tied to whom: arcs in compressed rows, each tie standing in the rows of both people.

A row lists its arcs in the order of the others' fixed numbers, so that sums over ties do not depend on the order in
which people are stored. The arc back is found by searching the other's short row; only the few ties that support or a
session changes need it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import compiled, entry_point
from peersim.draws import directed
from peersim.people import Floats

CHANNELS = ("face_to_face", "social_media", "anonymous_online")
FACE_TO_FACE, SOCIAL_MEDIA, ANONYMOUS_ONLINE = range(3)
KINDS = ("friend", "partner", "group", "online")
FRIEND, PARTNER, GROUP, ONLINE = range(4)


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


class NewTies(NamedTuple):
    """Ties to be made tonight, in the order in which the day thought of them; the first of equals is made.

    n_listed    (1,) how many are listed
    first       (room,) row of one person
    second      (room,) row of the other
    closeness   (room,) at the start; trust starts at the same
    similarity  (room,) of the two
    channel     (room,) int8
    kind        (room,) int8
    """

    n_listed: NDArray[np.int64]
    first: NDArray[np.int64]
    second: NDArray[np.int64]
    closeness: Floats
    similarity: Floats
    channel: NDArray[np.int8]
    kind: NDArray[np.int8]


@compiled
def no_new_ties(room: int) -> NewTies:
    """An empty list with room for so many ties."""
    return NewTies(
        np.zeros(1, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room),
        np.empty(room),
        np.empty(room, np.int8),
        np.empty(room, np.int8),
    )


@compiled
def _copy(new: Any, old: Any, to: int, since: int, until: int) -> None:
    """Copy the places since .. until of one attribute to their new place."""
    for e in range(until - since):
        new[to + e] = old[since + e]


@compiled
def with_room(new: NewTies, more: int) -> NewTies:
    """The list with room for `more` further ties."""
    needed = new.n_listed[0] + more
    if needed <= new.first.size:
        return new
    larger = no_new_ties(2 * needed)
    n = new.n_listed[0]
    larger.n_listed[0] = n
    _copy(larger.first, new.first, 0, 0, n)
    _copy(larger.second, new.second, 0, 0, n)
    _copy(larger.closeness, new.closeness, 0, 0, n)
    _copy(larger.similarity, new.similarity, 0, 0, n)
    _copy(larger.channel, new.channel, 0, 0, n)
    _copy(larger.kind, new.kind, 0, 0, n)
    return larger


@compiled
def propose(
    new: NewTies, first: int, second: int, closeness: float, similarity: float, channel: int, kind: int
) -> None:
    """Add one tie to the list; there must be room."""
    e = new.n_listed[0]
    new.first[e] = first
    new.second[e] = second
    new.closeness[e] = closeness
    new.similarity[e] = similarity
    new.channel[e] = channel
    new.kind[e] = kind
    new.n_listed[0] = e + 1


@compiled
def find_arc(start: Any, other: Any, i: int, j: int) -> int:
    """The arc from i to j, or -1 if they are not tied."""
    for e in range(start[i], start[i + 1]):
        if other[e] == j:
            return e
    return -1


@compiled
def n_shared(start: Any, other: Any, number: Any, i: int, j: int) -> int:
    """How many people both i and j are tied to; rows are in the order of numbers."""
    n = 0
    a, b = start[i], start[j]
    while a < start[i + 1] and b < start[j + 1]:
        here, there = number[other[a]], number[other[b]]
        n += here == there
        a, b = a + (here <= there), b + (there <= here)
    return n


@entry_point
def rewired(ties: Ties, is_gone: Any, new: NewTies, number: Any) -> Ties:
    """The ties of tomorrow: without the arcs marked in `is_gone`, and with the new ties that are not there yet.

    is_gone  (n_arcs,) bool, the same on both arcs of a tie; or empty, when none goes
    """
    rows, addresses, listed = _new_arcs(new, number)
    start, other = ties.start, ties.other
    n_people = start.size - 1
    n_arcs = other.size + rows.size
    for e in range(is_gone.size):
        n_arcs -= is_gone[e]
    out = Ties(
        np.zeros(n_people + 1, np.int64),
        np.empty(n_arcs, np.uint32),
        np.empty(n_arcs),
        np.empty(n_arcs),
        np.empty(n_arcs),
        np.empty(n_arcs, np.int8),
        np.empty(n_arcs, np.int8),
        np.empty(n_arcs, np.uint64),
    )
    written, copied, a = 0, 0, 0  # arcs written, old arcs dealt with, new arcs dealt with
    for i in range(n_people):
        out.start[i] = written + start[i] - copied
        e, end = start[i], start[i + 1]
        while True:
            is_new = a < rows.size and rows[a] == i
            if not is_new and is_gone.size == 0:
                break
            if is_new and (e == end or number[other[e]] > addresses[a]):
                written = _copy_arcs(out, ties, written, copied, e)
                copied = e
                _write_arc(out, written, new, listed[a], i, number)
                written += 1
                a += 1
            elif e < end:
                if is_gone.size > 0 and is_gone[e]:
                    written = _copy_arcs(out, ties, written, copied, e)
                    copied = e + 1
                e += 1
            else:
                break
    _copy_arcs(out, ties, written, copied, other.size)
    out.start[n_people] = n_arcs
    return out


@compiled
def _new_arcs(new: NewTies, number: Any) -> tuple[Any, Any, Any]:
    """Both arcs of each new tie, the first of equals only: rows, numbers at the far end, places in the list; sorted."""
    n = new.n_listed[0]
    pairs = np.empty(n, np.uint64)
    for k in range(n):
        a, b = number[new.first[k]], number[new.second[k]]
        pairs[k] = directed(min(a, b), max(a, b))
    order = np.argsort(pairs, kind="mergesort")
    rows = np.empty(2 * n, np.int64)
    addresses = np.empty(2 * n, np.int64)
    listed = np.empty(2 * n, np.int64)
    m = 0
    for k in range(n):
        if k > 0 and pairs[order[k]] == pairs[order[k - 1]]:
            continue
        i, j = new.first[order[k]], new.second[order[k]]
        rows[m], addresses[m], listed[m] = i, number[j], order[k]
        rows[m + 1], addresses[m + 1], listed[m + 1] = j, number[i], order[k]
        m += 2
    place = np.empty(m, np.uint64)
    for a in range(m):
        place[a] = directed(rows[a], addresses[a])
    by_place = np.argsort(place, kind="mergesort")
    return rows[:m][by_place], addresses[:m][by_place], listed[:m][by_place]


@compiled
def _copy_arcs(out: Ties, ties: Ties, to: int, since: int, until: int) -> int:
    """Copy a run of old arcs; return where the next arc goes."""
    _copy(out.other, ties.other, to, since, until)
    _copy(out.closeness, ties.closeness, to, since, until)
    _copy(out.trust, ties.trust, to, since, until)
    _copy(out.similarity, ties.similarity, to, since, until)
    _copy(out.channel, ties.channel, to, since, until)
    _copy(out.kind, ties.kind, to, since, until)
    _copy(out.pair, ties.pair, to, since, until)
    return to + until - since


@compiled
def _write_arc(out: Ties, e: int, new: NewTies, k: int, i: int, number: Any) -> None:
    """Write the arc of row i that new tie k makes."""
    j = new.second[k] if new.first[k] == i else new.first[k]
    out.other[e] = j
    out.closeness[e] = new.closeness[k]
    out.trust[e] = new.closeness[k]
    out.similarity[e] = new.similarity[k]
    out.channel[e] = new.channel[k]
    out.kind[e] = new.kind[k]
    a, b = number[i], number[j]
    out.pair[e] = directed(min(a, b), max(a, b))


def tie_together(
    first: NDArray[Any],
    second: NDArray[Any],
    number: NDArray[np.uint32],
    closeness: Floats,
    trust: Callable[[NDArray[np.uint64]], Floats],
    similarity: Floats,
    channel: NDArray[np.int8],
    kind: NDArray[np.int8],
) -> Ties:
    """Ties from a list of distinct pairs of rows, each given once.

    trust  called with the ordered pairs' addresses, (2 n_ties,); gives what is added to closeness
    """
    here = np.concatenate([first, second]).astype(np.int64)
    there = np.concatenate([second, first]).astype(np.int64)
    order = np.argsort((here.astype(np.uint64) << np.uint64(32)) | number[there])
    here, there = here[order], there[order]
    tie = np.tile(np.arange(len(first)), 2)[order]
    mine, theirs = number[here].astype(np.uint64), number[there].astype(np.uint64)
    shift = np.uint64(32)
    return Ties(
        start=np.concatenate([[0], np.cumsum(np.bincount(here, minlength=len(number)))]).astype(np.int64),
        other=there.astype(np.uint32),
        closeness=closeness[tie],
        trust=np.clip(closeness[tie] + trust((mine << shift) | theirs), 0.0, 1.0),
        similarity=similarity[tie],
        channel=channel[tie],
        kind=kind[tie],
        pair=(np.minimum(mine, theirs) << shift) | np.maximum(mine, theirs),
    )


def owners(ties: Ties) -> NDArray[np.int64]:
    """The row to which each arc belongs, (n_arcs,)."""
    return np.repeat(np.arange(len(ties.start) - 1), np.diff(ties.start))
