"""A world as plain Python sees it: people by their numbers, ties by ordered pairs of numbers, no rows anywhere."""

import math
from types import SimpleNamespace as Thing

from peersim.people import States

FRIEND, PARTNER, GROUP, ONLINE = range(4)
FACE_TO_FACE, SOCIAL_MEDIA, ANONYMOUS_ONLINE = range(3)
FINANCIAL, HEALTH, FAMILY, CAREER, RELATIONAL = range(5)
EMOTIONAL, INFORMATIONAL, INSTRUMENTAL = range(3)

PLAIN = (
    "stress_trait", "self_esteem_trait", "optimism_trait", "coping_trait", "loneliness_trait", "support_trait",
    "safety_trait", "satisfaction_trait", "communication_trait", "age", "culture", "skill", "hardship", "special_needs",
    "usual_degree",
)  # fmt: skip


def sig(x):
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))


def clip(x):
    return min(1.0, max(0.0, x))


def town_of(world, closer=None, trusting=None):
    """Everything in a world, and what has been added to closeness and trust so far today."""
    return Thing(
        people=people_of(world.people),
        ties=ties_of(world.ties, world.people, closer, trusting),
        circles=circles_of(world.circles, world.people),
        founders=int(world.people.founders[0]),
    )


def people_of(people):
    return {int(people.number[row]): person_of(people, row) for row in people.row_of}


def person_of(people, row):
    """One person: states by their names, what is added to them in `change`, traits, and the partner's number."""
    partner = people.traits.partner[row]
    return Thing(
        number=int(people.number[row]),
        **{name: float(getattr(people.now, name)[row]) for name in States._fields},
        change=Thing(**{name: float(getattr(people.change, name)[row]) for name in States._fields}),
        load=people.load[:, row].tolist(),
        load_change=people.load_change[:, row].tolist(),
        lived=people.lived[:, row].tolist(),
        received=int(people.received[row]),
        **{name: getattr(people.traits, name)[row].item() for name in PLAIN},
        interests=people.traits.interests[:, row].tolist(),
        chronic=people.traits.chronic[:, row].tolist(),
        partner=int(people.number[partner]) if partner >= 0 else None,
    )


def ties_of(ties, people, closer=None, trusting=None):
    found = {}
    for row, number in enumerate(people.number):
        for e in range(ties.start[row], ties.start[row + 1]):
            found[int(number), int(people.number[ties.other[e]])] = Thing(
                closeness=float(ties.closeness[e]),
                trust=float(ties.trust[e]),
                similarity=float(ties.similarity[e]),
                channel=int(ties.channel[e]),
                kind=int(ties.kind[e]),
                closer=0.0 if closer is None else float(closer[e]),
                trusting=0.0 if trusting is None else float(trusting[e]),
            )
    return found


def circles_of(circles, people):
    """Circles in their order; members by number, each with whether still active."""
    found = []
    for c, slot in enumerate(circles.slot):
        span = range(circles.start[c], circles.start[c + 1])
        found.append(
            Thing(
                slot=int(slot),
                address=int(circles.address[c]),
                climate=float(circles.climate[c]),
                held=int(circles.held[c]),
                active={int(people.number[circles.member[k]]): bool(circles.is_active[k]) for k in span},
            )
        )
    return found


def friends(town, i):
    """Numbers of the people whom i is tied to, in order."""
    return sorted(other for one, other in town.ties if one == i)


def worst_domain(person):
    strain = [person.load[k] + person.chronic[k] for k in range(5)]
    return strain.index(max(strain))
