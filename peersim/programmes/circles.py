"""Circles: the groups that a programme forms from those who accept."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from peersim.people import Floats


class Circles(NamedTuple):
    """All circles of all programmes, in the order of slots, rounds and addresses; and whom the programmes reached.

    slot       (n_circles,) the programme
    since      (n_circles,) first day of its round
    address    (n_circles,) lowest founding number, for draws
    climate    (n_circles,) how safe it is to speak here, in [0, 1]
    held       (n_circles,) sessions held so far
    start      (n_circles + 1,) the members of circle c are start[c] .. start[c + 1]
    member     (n_members,) rows, in the order of their numbers
    is_active  (n_members,) False for who has dropped out
    offered    (n_programmes, n_people) True for whom the programme was offered to
    accepted   (n_programmes, n_people) True for who accepted, whether there was a place for them or not
    attended   (n_programmes, n_people) sessions attended so far
    line       (n_lined,) rows of those who wait or have waited
    next_in_line, end_of_line  (n_programmes,) who waits now stands in line[next_in_line .. end_of_line]
    """

    slot: NDArray[np.int64]
    since: NDArray[np.int64]
    address: NDArray[np.uint32]
    climate: Floats
    held: NDArray[np.int64]
    start: NDArray[np.int64]
    member: NDArray[np.int64]
    is_active: NDArray[np.bool_]
    offered: NDArray[np.bool_]
    accepted: NDArray[np.bool_]
    attended: NDArray[np.int64]
    line: NDArray[np.int64]
    next_in_line: NDArray[np.int64]
    end_of_line: NDArray[np.int64]


def no_circles(n_programmes: int, n_people: int) -> Circles:
    """Before any programme has started."""
    return Circles(
        slot=np.empty(0, np.int64),
        since=np.empty(0, np.int64),
        address=np.empty(0, np.uint32),
        climate=np.empty(0),
        held=np.empty(0, np.int64),
        start=np.zeros(1, np.int64),
        member=np.empty(0, np.int64),
        is_active=np.empty(0, np.bool_),
        offered=np.zeros((n_programmes, n_people), np.bool_),
        accepted=np.zeros((n_programmes, n_people), np.bool_),
        attended=np.zeros((n_programmes, n_people), np.int64),
        line=np.empty(0, np.int64),
        next_in_line=np.zeros(n_programmes, np.int64),
        end_of_line=np.zeros(n_programmes, np.int64),
    )


def with_circles(
    circles: Circles, slot: int, day: int, groups: list[NDArray[np.int64]], climate: float, number: NDArray[np.uint32]
) -> Circles:
    """The circles with the new ones of a programme's round, behind those of its earlier rounds."""
    if not groups:
        return circles
    groups = [group[np.argsort(number[group])] for group in groups]
    groups.sort(key=lambda group: int(number[group[0]]))
    at = int(np.searchsorted(circles.slot, slot, side="right"))
    seat, sizes = int(circles.start[at]), [len(group) for group in groups]
    return circles._replace(
        slot=np.insert(circles.slot, at, [slot] * len(groups)),
        since=np.insert(circles.since, at, [day] * len(groups)),
        address=np.insert(circles.address, at, [number[group[0]] for group in groups]),
        climate=np.insert(circles.climate, at, [climate] * len(groups)),
        held=np.insert(circles.held, at, [0] * len(groups)),
        start=np.concatenate([[0], np.cumsum(np.insert(np.diff(circles.start), at, sizes))]),
        member=np.insert(circles.member, seat, np.concatenate(groups)),
        is_active=np.insert(circles.is_active, seat, [True] * sum(sizes)),
    )


def in_line(circles: Circles, slot: int) -> NDArray[np.int64]:
    """The rows of those who wait for a place, the first in line first."""
    return circles.line[circles.next_in_line[slot] : circles.end_of_line[slot]]


def with_line(circles: Circles, slot: int, waiting: NDArray[np.int64]) -> Circles:
    """The circles with a new line of those who wait for a place in one programme."""
    next_in_line, end_of_line = circles.next_in_line.copy(), circles.end_of_line.copy()
    next_in_line[slot] = len(circles.line)
    end_of_line[slot] = len(circles.line) + len(waiting)
    return circles._replace(
        line=np.concatenate([circles.line, waiting]), next_in_line=next_in_line, end_of_line=end_of_line
    )
