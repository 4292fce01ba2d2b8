"""Ties come and go: those of tomorrow are listed during the day, and at night arcs make place for each other.

Nothing is copied that can stay: arcs move within their place, a run of them at a time, as long as there is room behind.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import allocating, compiled, entry_point
from peersim.draws import undirected
from peersim.memory import move
from peersim.people import Floats
from peersim.ties import Ties, room_for


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


@allocating
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


@allocating
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


@allocating
def rewired(arcs: Ties, is_gone: Any, new: NewTies, number: Any) -> Ties:
    """The ties of tomorrow: without the arcs marked in `is_gone`, and with the new ties, none of which is there yet.

    Arcs move within their place as long as there is room behind them; then they move to a larger one.

    is_gone  (n_arcs,) bool, the same on both arcs of a tie; or empty, when none goes
    """
    if is_gone.size > 0:
        _close_ranks(arcs, is_gone)
    n_listed = new.n_listed[0]
    if n_listed == 0:
        return arcs
    latest, before = np.full(number.size, -1), np.empty(2 * n_listed, np.int64)
    n_new = _list_by_row(latest, before, new)
    if arcs.start[-1] + n_new > arcs.other.size:
        arcs = _in_larger_place(arcs, n_new)
    _make_way(arcs, latest, before, n_new, new, number)
    return arcs


@compiled
def _close_ranks(arcs: Ties, is_gone: Any) -> None:
    """Take out the marked arcs; those behind move up, in runs."""
    start = arcs.start
    to, since, n_gone = 0, 0, 0
    begin = start[0]
    for i in range(start.size - 1):
        end = start[i + 1]
        for e in range(begin, end):
            if is_gone[e]:
                _move(arcs, to, since, e)
                to += e - since
                since = e + 1
                n_gone += 1
        start[i + 1] = end - n_gone
        begin = end
    _move(arcs, to, since, begin)


@compiled
def _move(arcs: Ties, to: int, since: int, until: int) -> None:
    """Move a run of arcs to another place, near or far."""
    if to != since:
        move(arcs.other, to, since, until)
        move(arcs.closeness, to, since, until)
        move(arcs.trust, to, since, until)
        move(arcs.similarity, to, since, until)
        move(arcs.channel, to, since, until)
        move(arcs.kind, to, since, until)
        move(arcs.pair, to, since, until)


@compiled
def _list_by_row(latest: Any, before: Any, new: NewTies) -> int:
    """Chain both arcs of each new tie to their rows, the first of equals only; returns how many arcs these are.

    latest  (n_people,) -1 everywhere, then each row's last new arc: 2 k from the first person of tie k, 2 k + 1 back
    before  (2 n_listed,) the new arc of the same row before this one, -1 at the end of a chain
    """
    n_new = 0
    for k in range(new.n_listed[0]):
        i, j = new.first[k], new.second[k]
        a = latest[i]
        while a >= 0 and _far_end(new, a) != j:
            a = before[a]
        if a >= 0:
            continue
        before[2 * k], latest[i] = latest[i], 2 * k
        before[2 * k + 1], latest[j] = latest[j], 2 * k + 1
        n_new += 2
    return n_new


@compiled
def _far_end(new: NewTies, a: int) -> Any:
    """The row to which new arc a leads."""
    return new.first[a // 2] if a % 2 else new.second[a // 2]


@allocating
def _in_larger_place(arcs: Ties, more: int) -> Ties:
    """The same arcs with room for `more`, and for some time to come."""
    n = arcs.start[-1]
    room = room_for(n + more)
    out = Ties(
        arcs.start,
        np.empty(room, np.uint32),
        np.empty(room, arcs.closeness.dtype),
        np.empty(room, arcs.closeness.dtype),
        np.empty(room, arcs.closeness.dtype),
        np.empty(room, np.int8),
        np.empty(room, np.int8),
        np.empty(room, np.uint64),
    )
    _copy(out.other, arcs.other, 0, 0, n)
    _copy(out.closeness, arcs.closeness, 0, 0, n)
    _copy(out.trust, arcs.trust, 0, 0, n)
    _copy(out.similarity, arcs.similarity, 0, 0, n)
    _copy(out.channel, arcs.channel, 0, 0, n)
    _copy(out.kind, arcs.kind, 0, 0, n)
    _copy(out.pair, arcs.pair, 0, 0, n)
    return out


@compiled
def _make_way(arcs: Ties, latest: Any, before: Any, n_new: int, new: NewTies, number: Any) -> None:
    """Put the new arcs in their places, from the last row to the first; those behind move down, in runs."""
    start, other = arcs.start, arcs.other
    until, ahead = start[-1], n_new  # arcs from `until` on have moved; so many new ones still go before it
    for i in range(start.size - 2, -1, -1):
        if ahead == 0:
            break
        end = start[i + 1]
        start[i + 1] = end + ahead
        a = _take_last(latest, before, i, new, number)
        while a >= 0:
            while end > start[i] and number[other[end - 1]] > number[_far_end(new, a)]:
                end -= 1
            _move(arcs, end + ahead, end, until)
            until = end
            ahead -= 1
            _write_arc(arcs, end + ahead, new, a, number[i], number)
            a = _take_last(latest, before, i, new, number)


@compiled
def _take_last(latest: Any, before: Any, i: int, new: NewTies, number: Any) -> Any:
    """Unchain the new arc of row i that leads to the highest number; -1 if there is none left."""
    last, follows, after = latest[i], -1, -1
    a = latest[i]
    while a >= 0:
        if number[_far_end(new, a)] > number[_far_end(new, last)]:
            last, follows = a, after
        after = a
        a = before[a]
    if last >= 0 and follows >= 0:
        before[follows] = before[last]
    elif last >= 0:
        latest[i] = before[last]
    return last


@compiled
def _write_arc(arcs: Ties, e: int, new: NewTies, a: int, mine: Any, number: Any) -> None:
    """Write new arc a to its place."""
    k, j = a // 2, _far_end(new, a)
    arcs.other[e] = j
    arcs.closeness[e] = new.closeness[k]
    arcs.trust[e] = new.closeness[k]
    arcs.similarity[e] = new.similarity[k]
    arcs.channel[e] = new.channel[k]
    arcs.kind[e] = new.kind[k]
    arcs.pair[e] = undirected(mine, number[j])


@entry_point
def without_and_with(arcs: Ties, is_gone: Any, new: NewTies, number: Any) -> Ties:
    """`rewired`, from Python."""
    return rewired(arcs, is_gone, new, number)
