"""Step 10, and what one sees of others: everyday contact, closeness, the mood of those around."""

from peersim.draws import Decision
from tests.naive.draws import together
from tests.naive.town import PARTNER, friends


def meet(town, r, seed, day):
    """What today's contact in each tie is worth, by ordered pair; 0 where there is none."""
    worth = {}
    for (i, j), tie in town.ties.items():
        nearness = tie.closeness * (r.contact.similarity_base + tie.similarity)
        is_met = together(seed, Decision.CONTACT, day, 0, i, j) < r.contact.rate * nearness
        worth[i, j] = nearness if is_met else 0.0
    return worth


def grow_and_fade(town, worth, r, seed, day):
    for (i, j), tie in town.ties.items():
        w = tie.closeness
        if worth[i, j] > 0:
            tie.closer += r.contact.gain * (1 - w)
        if tie.kind == PARTNER:
            tie.closer -= r.contact.partner_fading * w
        else:
            tie.closer -= r.contact.fading * w
            if together(seed, Decision.DRIFT_APART, day, 0, i, j) < r.contact.drift_rate:
                tie.closer += (r.contact.drift_kept - 1) * w


def company(town, worth, r):
    """n: contact in a day, 1 from full contact on."""
    return {i: min(1, sum(worth[i, j] for j in friends(town, i)) / r.neighbours.full_contact) for i in town.people}


def near(town, state, level):
    """The mean of a state over those whom each is tied to, weighted by closeness, above the usual level."""
    found = {}
    for i in town.people:
        weights = {j: town.ties[i, j].closeness for j in friends(town, i)}
        total = sum(weights.values())
        mean = sum(w * getattr(town.people[j], state) for j, w in weights.items()) / total if total else level
        found[i] = mean - level
    return found


def near_partner(town, level):
    return {
        i: 0 if person.partner is None else town.people[person.partner].stress - level
        for i, person in town.people.items()
    }
