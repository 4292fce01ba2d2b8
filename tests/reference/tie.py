"""A tie between two people: closeness is the same both ways, trust is each one's own; and how alike two people are."""

import math

from peersim.draws import Decision
from tests.reference.draws import split, uniform
from tests.reference.words import PARTNER, USUAL_SIMILARITY, clip


def interest_distance(one, other):
    """Squared distance of two people's interests."""
    return sum((a - b) ** 2 for a, b in zip(one.interests, other.interests, strict=True))


def alike(model, one, other):
    """s = .4 (1 - |age difference|) + .3 [same culture] + .3 exp(-|interest distance|^2 / 6)."""
    if not model.is_on("similarity"):
        return USUAL_SIMILARITY
    n = model.numbers.similarity
    return (
        n.base
        + n.age * (1 - abs(one.age - other.age))
        + n.culture * (one.culture == other.culture)
        + n.interests * math.exp(-interest_distance(one, other) / n.interest_width)
    )


class Tie:
    """Two people who know each other.

    people      the one with the lower number first
    trust       of each in the other, by the number of who trusts
    closer      what today adds to closeness
    trusting    what today adds to trust, by the number of who trusts
    is_met      whether the two are in contact today
    """

    def __init__(self, model, people, closeness, trust, similarity, channel, kind):
        self.model, self.people = model, sorted(people, key=lambda person: person.number)
        self.closeness, self.trust = closeness, trust
        self.similarity, self.channel, self.kind = similarity, channel, kind
        self.closer, self.trusting = 0.0, dict.fromkeys(trust, 0.0)
        self.is_met = False

    @property
    def numbers(self):
        return self.model.numbers

    @property
    def pair(self):
        """The two numbers, the lower first."""
        return self.people[0].number, self.people[1].number

    def other(self, person):
        """The person at the far end."""
        return self.people[1] if person is self.people[0] else self.people[0]

    @property
    def nearness(self):
        """What a contact is worth: w (.5 + s)."""
        return self.closeness * (self.numbers.contact.similarity_base + self.similarity)

    def luck_today(self):
        """Two uniform draws that the two share, today: whether they meet, and whether they drift apart."""
        return split(2, self.model.seed, Decision.CONTACT, self.model.day, 0, *self.pair)

    def meet(self):
        """A tie is in contact today with probability .30 w (.5 + s): w + .05 (1 - w)."""
        self.is_met = self.luck_today()[0] < self.numbers.contact.rate * self.nearness
        if self.is_met:
            self.closer += self.numbers.contact.gain * (1 - self.closeness)
            self.model.count["contacts"] += 1

    def fade(self):
        """Every day w - .012 w, and with probability .0032 the two drift apart: w x .4. Partners instead:
        w - .0035 w, no drifting.
        """
        n = self.numbers.contact
        if self.kind == PARTNER:
            self.closer -= n.partner_fading * self.closeness
            return
        self.closer -= n.fading * self.closeness
        if self.luck_today()[1] < n.drift_rate:
            self.closer += (n.drift_kept - 1) * self.closeness

    def follow_closeness(self):
        """t moves .003 of the way to w."""
        for who, trust in self.trust.items():
            self.trusting[who] += self.numbers.trust.rate * (self.closeness - trust)

    @property
    def is_cold(self):
        """A tie with w < .08 dissolves (partners never)."""
        return self.kind != PARTNER and self.closeness < self.numbers.new_ties.least_closeness

    def sleep(self):
        """All increments are applied together at night and clipped to the range."""
        self.closeness = clip(self.closeness + self.closer)
        for who in self.trust:
            self.trust[who] = clip(self.trust[who] + self.trusting[who])
            self.trusting[who] = 0.0
        self.closer = 0.0


def acquaintances(person):
    """Each person looks for acquaintances, 7 x max(0, .0022 + .3 (usual_degree - degree)) times a week: as often as the
    whole part says, and once more with the probability of the rest.

    Whether two people take to each other is one draw a week, however often they come across.
    Each look: with probability .995 a friend's friend (a friend drawn by closeness, then hers likewise), else the
    person number floor(u x people). Every friend whom the two share is an occasion (at least one); on each they accept
    with probability exp(-(1 - s)/.173). An existing tie stays as it is.
    """
    model, n = person.model, person.numbers.new_ties
    if not model.is_on("new_ties"):
        return []
    looks = 7 * max(0, n.rate + n.rate_missing * (person.usual_degree - len(person.ties)))
    n_looks = math.floor(looks) + (person.luck(Decision.LOOK_AROUND) < looks - math.floor(looks))
    made = []
    for look in range(n_looks):
        found = somebody(person, look)
        if found is None or found is person or found.number in person.ties:
            continue
        liking = min(1, math.exp(-(1 - alike(model, person, found)) / n.pickiness))
        occasions = max(1, len(person.ties.keys() & found.ties.keys()))
        if person.luck_with(found, Decision.ACCEPT_TIE) < 1 - (1 - liking) ** occasions:
            made.append(found)
    return made


def somebody(person, look):
    """Whom one comes across in a look; None if one has no friends."""
    model = person.model
    via_friend, first, second = split(3, model.seed, Decision.COME_ACROSS, model.day, 0, person.number, look)
    if via_friend >= person.numbers.new_ties.friends_share:
        u = uniform(model.seed, Decision.STRANGER, model.day, 0, person.number, look)
        return model.people[math.floor(u * model.n_founders)]
    friend = drawn_friend(person, first)
    return friend and drawn_friend(friend, second)


def drawn_friend(person, u):
    """A friend drawn by closeness: the first in the order of numbers where u x total < cumulated closeness."""
    total, passed = sum(tie.closeness for tie in person.ties.values()), 0.0
    for tie in person.ties.values():
        passed += tie.closeness
        if u * total < passed:
            return tie.other(person)
    return None
