"""Circles: the groups that a programme forms from those who accept."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import entry_point
from peersim.domains import worst_domain
from peersim.draws import Decision, draw_uniforms
from peersim.people import Floats, People
from peersim.programmes.programme import Programme
from peersim.ties import Ties


class Circles(NamedTuple):
    """All circles of all programmes, in the order of their slots and addresses; and whom the programmes reached.

    slot       (n_circles,) the programme
    address    (n_circles,) lowest founding number, for draws
    climate    (n_circles,) how safe it is to speak here, in [0, 1]
    held       (n_circles,) sessions held so far
    start      (n_circles + 1,) the members of circle c are start[c] .. start[c + 1]
    member     (n_members,) rows, in the order of their numbers
    is_active  (n_members,) False for who has dropped out
    offered    (n_programmes, n_people) bool
    accepted   (n_programmes, n_people) bool
    attended   (n_programmes, n_people) sessions attended so far
    """

    slot: NDArray[np.int64]
    address: NDArray[np.uint32]
    climate: Floats
    held: NDArray[np.int64]
    start: NDArray[np.int64]
    member: NDArray[np.int64]
    is_active: NDArray[np.bool_]
    offered: NDArray[np.bool_]
    accepted: NDArray[np.bool_]
    attended: NDArray[np.int64]


def no_circles(n_programmes: int, n_people: int) -> Circles:
    """Before any programme has started."""
    return Circles(
        slot=np.empty(0, np.int64),
        address=np.empty(0, np.uint32),
        climate=np.empty(0),
        held=np.empty(0, np.int64),
        start=np.zeros(1, np.int64),
        member=np.empty(0, np.int64),
        is_active=np.empty(0, np.bool_),
        offered=np.zeros((n_programmes, n_people), np.bool_),
        accepted=np.zeros((n_programmes, n_people), np.bool_),
        attended=np.zeros((n_programmes, n_people), np.int64),
    )


def with_circles(
    circles: Circles, slot: int, groups: list[NDArray[np.int64]], climate: float, number: NDArray[np.uint32]
) -> Circles:
    """The circles with a programme's new ones behind them."""
    groups = [group[np.argsort(number[group])] for group in groups]
    groups.sort(key=lambda group: int(number[group[0]]))
    member = np.concatenate([circles.member, *groups]).astype(np.int64)
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    return circles._replace(
        slot=np.concatenate([circles.slot, np.full(len(groups), slot)]),
        address=np.concatenate([circles.address, np.array([number[g[0]] for g in groups], np.uint32)]),
        climate=np.concatenate([circles.climate, np.full(len(groups), climate)]),
        held=np.concatenate([circles.held, np.zeros(len(groups), np.int64)]),
        start=np.concatenate([circles.start, circles.start[-1] + np.cumsum(sizes)]),
        member=member,
        is_active=np.concatenate([circles.is_active, np.ones(int(sizes.sum()), np.bool_)]),
    )


def compose(
    programme: Programme, slot: int, accepted: NDArray[np.int64], people: People, ties: Ties, seed: int
) -> list[NDArray[np.int64]]:
    """Put those who accepted (rows) into circles, the way the programme says."""
    if len(accepted) < 2:
        return []
    number = people.number[accepted]
    luck = draw_uniforms(seed, Decision.CIRCLE_ORDER, number, day=programme.start, sub=slot)
    by_lot = accepted[np.lexsort((number, luck))]
    if programme.composition == "random":
        return evenly(by_lot, programme.size)
    if programme.composition == "own_friends":
        return circles_of_friends(by_lot, programme.size, ties, people)
    worst = worst_domains(people.load, people.traits.chronic)[accepted]
    traits = people.traits
    alike = np.lexsort((number, traits.age[accepted], traits.culture[accepted], worst))
    return evenly(accepted[alike], programme.size)


def evenly(order: NDArray[np.int64], size: int) -> list[NDArray[np.int64]]:
    """Cut a row of people, at least two, into circles as near to the size as even circles of two or more can be."""
    return np.array_split(order, max(1, min(len(order) // 2, int(len(order) / size + 0.5))))


def circles_of_friends(
    by_lot: NDArray[np.int64], size: int, ties: Ties, people: People
) -> list[NDArray[np.int64]]:
    """Circles that grow along ties, the closest first, each from one person drawn by lot.

    Short circles are filled, the larger first, with those who have no friend among the others; when these run out,
    with the people of the smallest circles, which break up. Whoever is left over makes a last circle, or joins one.
    """
    group = grow_circles(by_lot, size, ties.start, ties.other, ties.closeness, len(people.number))
    in_order = by_lot[np.argsort(group, kind="stable")]
    grown = np.split(in_order, np.cumsum(np.bincount(group))[:-1])
    full = [g for g in grown if len(g) == size]
    short = sorted((g for g in grown if len(g) < size), key=len, reverse=True)
    while short:
        largest = short.pop(0)
        while short and len(largest) < size:
            smallest = short.pop()
            moved = smallest[: size - len(largest)]
            largest = np.concatenate([largest, moved])
            if len(moved) < len(smallest):
                short.append(smallest[len(moved) :])
        full.append(largest)
    if len(full) > 1 and len(full[-1]) == 1:
        last = full.pop()
        full[-1] = np.concatenate([full[-1], last])
    return full


@entry_point
def grow_circles(by_lot: Any, size: int, start: Any, other: Any, closeness: Any, n_people: int) -> Any:
    """The circle of each person in `by_lot`: founded in that order, joined by the closest who is still free."""
    place = np.full(n_people, -1, np.int64)
    for a in range(by_lot.size):
        place[by_lot[a]] = a
    group = np.full(by_lot.size, -1, np.int64)
    members = np.empty(size, np.int64)
    n_groups = 0
    for a in range(by_lot.size):
        if group[a] >= 0:
            continue
        group[a] = n_groups
        members[0] = by_lot[a]
        m = 1
        while m < size:
            closest, best = -1, -1.0
            for b in range(m):
                for e in range(start[members[b]], start[members[b] + 1]):
                    free = place[other[e]]
                    if free >= 0 and group[free] < 0 and closeness[e] > best:
                        closest, best = free, closeness[e]
            if closest < 0:
                break
            group[closest] = n_groups
            members[m] = by_lot[closest]
            m += 1
        n_groups += 1
    return group


@entry_point
def worst_domains(load: Any, chronic: Any) -> Any:
    """Everyone's worst domain, (n_people,)."""
    worst = np.empty(load.shape[1], np.int64)
    for i in range(worst.size):
        worst[i] = worst_domain(load, chronic, i)
    return worst
