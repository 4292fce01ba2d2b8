"""A community told thing by thing, whether it is a compiled world or plain agents; and the first difference of the two.

A telling holds, for each attribute, the value of everyone and everything that has it.
"""

import math

import numpy as np

from peersim.ties import owners
from tests.reference.words import DOMAINS, STATES, TRAITS

OF_A_CIRCLE = ("address", "since", "held", "climate")
OF_A_TIE = ("kind", "channel", "closeness", "trust", "similarity")
REACHED = ("offered", "accepted", "attended")


# A compiled world


def told_of_world(world):
    """Everything that is true in a compiled world."""
    return told_of_circles(world) | told_of_people(world)


def told_of_people(world, closer=None, trusting=None):
    """People and their ties, and what today has added to them so far.

    closer, trusting  (n_arcs,) what today adds to closeness and trust; nothing if they are not given
    """
    people, ties, number = world.people, world.ties, world.people.number.tolist()
    columns = {"received": people.received} | {state: getattr(people.now, state) for state in STATES}
    for name, table in (("load", people.load), ("load_tonight", people.load_change), ("lived", people.lived),
                        ("chronic", people.traits.chronic)):  # fmt: skip
        columns |= {f"{name}.{domain}": row for domain, row in zip(DOMAINS, table, strict=True)}
    columns |= {f"tonight.{state}": getattr(people.change, state) for state in STATES}
    columns |= {name: getattr(people.traits, name) for name in TRAITS}
    told = {name: dict(zip(number, column.tolist(), strict=True)) for name, column in columns.items()}
    told["partner"] = {i: number[j] if j >= 0 else None for i, j in zip(number, people.traits.partner, strict=True)}
    told["interests"] = dict(zip(number, map(tuple, people.traits.interests.T.tolist()), strict=True))
    ends = zip(owners(ties).tolist(), ties.other.tolist(), strict=True)
    pairs = [(number[i], number[j]) for i, j in ends]
    nothing = np.zeros(len(pairs))
    arcs = {name: getattr(ties, name) for name in OF_A_TIE}
    arcs |= {"closer": nothing if closer is None else closer, "trusting": nothing if trusting is None else trusting}
    return told | {name: dict(zip(pairs, arc.tolist(), strict=True)) for name, arc in arcs.items()}


def told_of_circles(world):
    """Whom the programmes reached, circles by slot and place, and who waits."""
    circles, number = world.circles, world.people.number.tolist()
    ends = zip(circles.next_in_line, circles.end_of_line, strict=True)
    slots = circles.slot.tolist()
    places = [(slot, slots[:c].count(slot)) for c, slot in enumerate(slots)]

    def members(c):
        seats = range(circles.start[c], circles.start[c + 1])
        return sorted(number[circles.member[k]] for k in seats if circles.is_active[k])

    told = {
        name: {
            (slot, i): value
            for slot, row in enumerate(getattr(circles, name).tolist())
            for i, value in zip(number, row, strict=True)
        }
        for name in REACHED
    }
    told["line"] = {slot: [number[row] for row in circles.line[a:b]] for slot, (a, b) in enumerate(ends)}
    told["members"] = {place: members(c) for c, place in enumerate(places)}
    return told | {name: dict(zip(places, getattr(circles, name).tolist(), strict=True)) for name in OF_A_CIRCLE}


# Plain agents


def told_of_model(model):
    """The same of the reference model."""
    return told_of_programmes(model) | told_of_agents(model)


def told_of_agents(model):
    """Persons and their ties, and what today has added to them so far."""
    people = model.people.items()
    told = {name: {i: getattr(person, name) for i, person in people} for name in ("received", *STATES, *TRAITS)}
    for name in ("load", "load_tonight", "lived", "chronic"):
        told |= {f"{name}.{d}": {i: getattr(person, name)[k] for i, person in people} for k, d in enumerate(DOMAINS)}
    told |= {f"tonight.{state}": {i: getattr(person.tonight, state) for i, person in people} for state in STATES}
    told["partner"] = {i: person.partner and person.partner.number for i, person in people}
    told["interests"] = {i: tuple(person.interests) for i, person in people}
    ties = {(i, j): tie for i, person in people for j, tie in person.ties.items()}
    told |= {name: {pair: getattr(tie, name) for pair, tie in ties.items()} for name in (*OF_A_TIE, "closer")}
    told["trust"] = {(i, j): tie.trust[i] for (i, j), tie in ties.items()}
    told["trusting"] = {(i, j): tie.trusting[i] for (i, j), tie in ties.items()}
    return told


def told_of_programmes(model):
    """Whom the programmes reached, circles by slot and place, and who waits."""
    programmes = list(enumerate(model.programmes))
    circles = {(slot, c): circle for slot, p in programmes for c, circle in enumerate(p.circles)}
    told = {
        "offered": {(slot, i): i in p.offered for slot, p in programmes for i in model.people},
        "accepted": {(slot, i): i in p.accepted for slot, p in programmes for i in model.people},
        "attended": {(slot, i): p.attended[i] for slot, p in programmes for i in model.people},
        "line": {slot: [person.number for person in p.line] for slot, p in programmes},
        "members": {place: [person.number for person in circle.members] for place, circle in circles.items()},
    }
    return told | {name: {place: getattr(circle, name) for place, circle in circles.items()} for name in OF_A_CIRCLE}


# Both


def assert_same(found, expected, when=""):
    """What is compiled and what the reference says agree: decisions and counts exactly, numbers within 1e-9."""
    difference = first_difference(found, expected)
    assert difference is None, f"{when}{difference}"


def first_difference(found, expected, where=""):
    """What differs first between two tellings, or parts of them, in words; None where they agree.

    Numbers may differ by 1e-9: another order of additions (1e-14), the smooth exponential (1e-11), and room for both to
    grow over some weeks.
    """
    if isinstance(expected, dict):
        return first_in_dict(found, expected, where)
    if isinstance(expected, list | tuple) and len(found) == len(expected):
        pairs = enumerate(zip(found, expected, strict=True))
        differences = (first_difference(*pair, f"{where}[{k}]") for k, pair in pairs)
        return next(filter(None, differences), None)
    if isinstance(expected, float) and isinstance(found, int | float):
        both_nan = math.isnan(found) and math.isnan(expected)
        is_same = both_nan or math.isclose(found, expected, rel_tol=1e-9, abs_tol=1e-9)
    else:
        is_same = found == expected
    return None if is_same else f"{where}: compiled {found!r}, reference {expected!r}"


def first_in_dict(found, expected, where):
    for name in found.keys() ^ expected.keys():
        return f"{where}, {name}: only {'compiled' if name in found else 'in the reference'}"
    for name, value in expected.items():
        if found[name] != value:
            difference = first_difference(found[name], value, f"{where} of {name}" if where else str(name))
            if difference is not None:
                return difference
    return None
