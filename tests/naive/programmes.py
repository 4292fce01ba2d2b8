"""A programme starts: it is offered to the eligible, some accept, and circles form."""

import math
from types import SimpleNamespace as Thing

from peersim.draws import Decision
from tests.naive.draws import uniform
from tests.naive.town import friends, worst_domain


def start_programme(town, programme, slot, is_eligible, sessions, seed):
    """Add the circles of a programme to the town. Returns the numbers of those offered, and of those who accept.

    is_eligible  called with a person: the programme's rule in Python
    """
    offered = [
        i for i, person in sorted(town.people.items())
        if is_eligible(person) and uniform(seed, Decision.OFFER, programme.start, slot, i) < programme.offered_share
    ]  # fmt: skip
    accepted = [i for i in offered if uniform(seed, Decision.UPTAKE, programme.start, slot, i) < programme.uptake]
    climate = sessions.climate_start
    climate += sessions.climate_facilitator * programme.facilitator
    climate += sessions.climate_guidelines * programme.guidelines
    climate += sessions.climate_anonymity * programme.anonymity
    for members in sorted(sorted(circle) for circle in compose(town, programme, slot, accepted, seed)):
        active = dict.fromkeys(members, True)
        town.circles.append(Thing(slot=slot, address=members[0], climate=climate, held=0, active=active))
    return offered, accepted


def compose(town, programme, slot, accepted, seed):
    """Circles, as lists of numbers."""
    if len(accepted) < 2:
        return []
    by_lot = sorted(accepted, key=lambda i: uniform(seed, Decision.CIRCLE_ORDER, programme.start, slot, i))
    if programme.composition == "own_friends":
        return of_friends(town, by_lot, programme.size)
    if programme.composition == "random":
        return evenly(by_lot, programme.size)
    alike = sorted(accepted, key=lambda i: (
        worst_domain(town.people[i]), town.people[i].culture, town.people[i].age, i
    ))  # fmt: skip
    return evenly(alike, programme.size)


def evenly(order, size):
    """As many circles as come nearest to the size; the first ones have one member more where it does not come out."""
    n = max(1, min(len(order) // 2, math.floor(len(order) / size + 0.5)))
    circles, left = [], list(order)
    for c in range(n):
        count = math.ceil(len(left) / (n - c))
        circles.append(left[:count])
        left = left[count:]
    return circles


def of_friends(town, by_lot, size):
    """Circles grow along ties; short ones, the larger first, take in the people of the smallest; the rest is pooled."""
    grown = grow(town, by_lot, size)
    full = [circle for circle in grown if len(circle) == size]
    short = [circle for want in range(size - 1, 0, -1) for circle in grown if len(circle) == want]
    while short:
        largest, short = short[0], short[1:]
        while len(largest) < size and short:
            largest, short[-1] = largest + short[-1][:1], short[-1][1:]
            if not short[-1]:
                short = short[:-1]
        full.append(largest)
    if len(full) > 1 and len(full[-1]) == 1:
        last = full.pop()
        full[-1] = full[-1] + last
    return full


def grow(town, by_lot, size):
    """Each circle is founded by the first who is free, and joined by whoever is free and closest to one of it."""
    free, circles = list(by_lot), []
    while free:
        circle = [free.pop(0)]
        while len(circle) < size:
            known = [(town.ties[i, j].closeness, j) for i in circle for j in friends(town, i) if j in free]
            if not known:
                break
            closest = max(known, key=lambda tie: tie[0])[1]
            free.remove(closest)
            circle.append(closest)
        circles.append(sorted(circle, key=by_lot.index))
    return circles
