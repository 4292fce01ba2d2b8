"""Step 17: trust follows closeness; ties come and go. And how alike two people are."""

import math
from types import SimpleNamespace as Thing

from peersim.draws import Decision
from tests.naive.draws import together, uniform
from tests.naive.town import FACE_TO_FACE, FRIEND, PARTNER, friends


def similarity(one, other, s):
    distance = sum((a - b) ** 2 for a, b in zip(one.interests, other.interests, strict=True))
    alike = s.base + s.age * (1 - abs(one.age - other.age)) + s.interests * math.exp(-distance / s.interest_width)
    return alike + (s.culture if one.culture == other.culture else 0)


def follow_closeness(town, r):
    for tie in town.ties.values():
        tie.trusting += r.trust.rate * (tie.closeness - tie.trust)


def gone_cold(town, r):
    """Ordered pairs of the ties that dissolve tonight."""
    return {
        pair for pair, tie in town.ties.items()
        if tie.closeness < r.new_ties.least_closeness and tie.kind != PARTNER
    }  # fmt: skip


def get_to_know(town, r, seed, day):
    """The acquaintances made today, in the order of those who looked for one."""
    made = []
    for i, person in sorted(town.people.items()):
        missing = person.usual_degree - len(friends(town, i))
        looks = 7 * max(0, r.new_ties.rate + r.new_ties.rate_missing * missing)
        once_more = uniform(seed, Decision.LOOK_AROUND, day, 0, i) < looks - math.floor(looks)
        for look in range(math.floor(looks) + once_more):
            j = somebody(town, i, look, r, seed, day)
            if j is None or j == i or (i, j) in town.ties:
                continue
            s = similarity(person, town.people[j], r.similarity)
            if together(seed, Decision.ACCEPT_TIE, day, look, i, j) < math.exp(-(1 - s) / r.new_ties.pickiness):
                made.append(new_tie(i, j, r.new_ties.closeness, s, FACE_TO_FACE, FRIEND))
    return made


def somebody(town, i, look, r, seed, day):
    """Whom i comes across: a friend's friend or a stranger; nobody where there is no friend."""
    if uniform(seed, Decision.VIA_FRIEND, day, look, i) >= r.new_ties.friends_share:
        return math.floor(uniform(seed, Decision.STRANGER, day, look, i) * town.founders)
    friend = drawn_friend(town, i, uniform(seed, Decision.FRIEND, day, look, i))
    if friend is None:
        return None
    return drawn_friend(town, friend, uniform(seed, Decision.FRIENDS_FRIEND, day, look, i))


def drawn_friend(town, i, u):
    """A friend drawn by closeness; nobody where nobody is close at all."""
    known = friends(town, i)
    total = sum(town.ties[i, j].closeness for j in known)
    passed = 0.0
    for j in known:
        passed += town.ties[i, j].closeness
        if u * total < passed:
            return j
    return None


def new_tie(i, j, closeness, similarity, channel, kind):
    return Thing(first=i, second=j, closeness=closeness, similarity=similarity, channel=channel, kind=kind)


def listed(new, people):
    """The compiled list of new ties as this twin keeps it."""
    number = people.number.tolist()
    columns = (new.first, new.second, new.closeness, new.similarity, new.channel, new.kind)
    return [
        new_tie(number[i], number[j], *rest)
        for i, j, *rest in zip(*(column[: new.n_listed[0]].tolist() for column in columns), strict=True)
    ]


def rewire(town, gone, new):
    """Tonight's ties go and come; an existing tie stays as it is, and so does the first of two new ones."""
    there = set(town.ties)
    for pair in gone:
        del town.ties[pair]
    for tie in new:
        if (tie.first, tie.second) not in there:
            there |= {(tie.first, tie.second), (tie.second, tie.first)}
            for pair in ((tie.first, tie.second), (tie.second, tie.first)):
                town.ties[pair] = Thing(
                    closeness=tie.closeness, trust=tie.closeness, similarity=tie.similarity, channel=tie.channel,
                    kind=tie.kind, closer=0.0, trusting=0.0,
                )  # fmt: skip
