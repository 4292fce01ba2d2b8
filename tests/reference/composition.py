"""How circles are put together from the people who got a place, given in the order of the line."""

import itertools
import math


def circles_of(composition, size, line):
    """Circles, as lists of people. Nobody meets alone; one couple may."""
    if len(line) < 2:
        return []
    if composition == "couples":
        couples = list(zip(line[::2], line[1::2], strict=True))
        n_circles = max(1, nearest(len(couples) / size))
        return [[person for couple in circle for person in couple] for circle in evenly(couples, n_circles)]
    if composition == "own_friends":
        return of_friends(line, size)
    n_circles = max(1, min(len(line) // 2, nearest(len(line) / size)))
    return evenly(sorted(line, key=LIKENESS[composition]), n_circles)


LIKENESS = {
    "random": lambda person: 0,  # all stay as they stand in line
    "shared_experience": lambda person: (person.worst_domain, person.culture, person.age, person.number),
    "same_age": lambda person: (person.age, person.number),
    "same_culture": lambda person: person.culture,  # those of one culture stay as they stand in line
    "shared_interests": lambda person: (person.interests[0], person.number),
}
"""What people are sorted by before the order is cut."""


def nearest(x):
    """The nearest whole number; a half counts up."""
    return math.floor(x + 0.5)


def evenly(order, n_circles):
    """Cut an order into circles; the first ones have one more where it does not come out."""
    least, more = divmod(len(order), n_circles)
    ends = [least * c + min(c, more) for c in range(n_circles + 1)]
    return [order[start:end] for start, end in itertools.pairwise(ends)]


def of_friends(line, size):
    """Circles grow along ties; short ones, the larger first, take in the people of the smallest; the rest is pooled."""
    grown = grown_along_ties(line, size)
    circles = [circle for circle in grown if len(circle) == size]
    short = sorted((circle for circle in grown if len(circle) < size), key=len, reverse=True)
    while short:
        largest = short.pop(0)
        while len(largest) < size and short:
            largest.append(short[-1].pop(0))
            if not short[-1]:
                short.pop()
        circles.append(largest)
    if len(circles) > 1 and len(circles[-1]) == 1:
        alone = circles.pop()
        circles[-1] += alone
    return circles


def grown_along_ties(line, size):
    """Each circle is founded by the first who is free, and joined by whoever is free and closest to one of it."""
    free, circles = list(line), []
    while free:
        circle = [free.pop(0)]
        while len(circle) < size:
            known = [
                (tie.closeness, tie.other(one)) for one in circle for tie in one.ties.values() if tie.other(one) in free
            ]
            if not known:
                break
            closest = max(known, key=lambda found: found[0])[1]
            free.remove(closest)
            circle.append(closest)
        circles.append(sorted(circle, key=line.index))
    return circles
