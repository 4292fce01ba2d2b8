"""Who sits with whom: the ways in which those who have a place are put into circles."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import entry_point
from peersim.domains import worst_domain
from peersim.people import People
from peersim.ties import Ties

COUPLES = "couples"
COMPOSITIONS = (
    "random", "shared_experience", "same_age", "same_culture", "shared_interests", "own_friends", COUPLES,
)  # fmt: skip


def compose(
    composition: str, size: int, by_lot: NDArray[np.int64], people: People, ties: Ties
) -> list[NDArray[np.int64]]:
    """Put people into circles.

    by_lot  rows in the order of their lot; in a composition of couples the two partners stand next to each other
    """
    if len(by_lot) < 2:
        return []
    if composition == COUPLES:
        couples = by_lot.reshape(-1, 2)
        n_circles = max(1, int(len(couples) / size + 0.5))
        return [circle.ravel() for circle in np.array_split(couples, n_circles)]
    if composition == "own_friends":
        return circles_of_friends(by_lot, size, ties, people)
    return evenly(by_lot[in_order(composition, by_lot, people)], size)


def in_order(composition: str, by_lot: NDArray[np.int64], people: People) -> NDArray[np.intp]:
    """The order in which like stands next to like, as places in `by_lot`."""
    traits, number = people.traits, people.number[by_lot]
    age, culture = traits.age[by_lot], traits.culture[by_lot]
    lot = np.arange(len(by_lot))
    if composition == "shared_experience":
        worst = worst_domains(people.load, traits.chronic)[by_lot]
        return np.lexsort((number, age, culture, worst))
    if composition == "same_age":
        return np.lexsort((number, age))
    if composition == "same_culture":
        return np.lexsort((lot, culture))
    if composition == "shared_interests":
        return np.lexsort((number, traits.interests[0, by_lot]))
    return lot


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
