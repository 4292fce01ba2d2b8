"""Ties come and go: those gone cold dissolve, and people get to know friends of friends, now and then a stranger.

Whoever has fewer ties than usual looks for more, and whoever has many more stops looking. Every friend whom two people
share is an occasion on which they may take to each other, so that circles of friends close and stay.

Like attracts like (homophily, after McPherson): the less alike two people are, the more often nothing comes of it.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import allocating, compiled
from peersim.draws import Decision, directed, key, thirds, undirected, uniform
from peersim.parameters import Parameters, param
from peersim.rewiring import propose, with_room
from peersim.similarity import similarity, similarity_at_most
from peersim.smooth import exponential, exponential_at_most
from peersim.ties import FACE_TO_FACE, FRIEND, PARTNER, find_arc, n_shared

WEEK = 7
"""Ties are looked through once a week, on days divisible by this."""


class Acquaintances(Parameters):
    """When ties dissolve, and how new ones come about."""

    least_closeness: float = param(
        0.08, unit="closeness", within=(0, 1), doc="ties less close than this dissolve (never a couple's)",
        source="calibrated",
    )
    rate: float = param(
        0.0022, unit="per day", within=(0, 10),
        doc="how often a person with as many ties as at the start looks for another",
        source="calibrated: number of ties stationary",
    )
    rate_missing: float = param(
        0.3, unit="per day and tie", within=(0, 10),
        doc="looks that every tie fewer than at the start adds, and every tie more takes off",
        source="calibrated: networks of a hundred people and more keep their number of ties within a tenth",
    )
    friends_share: float = param(
        0.995, unit="share", within=(0, 1), doc="of them, those who look among friends of friends",
        source="calibrated: clustering after a year",
    )
    pickiness: float = param(
        0.173, unit="likeness", within=(0.001, 100), doc="how far likeness may fall short before most decline",
        source="calibrated: share of ties within a culture, and clustering, after a year",
    )
    closeness: float = param(
        0.15, unit="closeness", within=(0, 1), doc="closeness of a new acquaintance", source="calibrated"
    )


@compiled
def dissolve(is_gone: Any, closeness: Any, kind: Any, rules: Any) -> int:
    """Mark the arcs of ties gone cold; returns how many ties."""
    n_arcs = 0
    for e in range(is_gone.size):
        is_gone[e] = (closeness[e] < rules.least_closeness) & (kind[e] != PARTNER)
        n_arcs += is_gone[e]
    return n_arcs // 2


@allocating
def get_to_know(
    new: Any, luck: Any, usual_degree: Any, age: Any, culture: Any, interests: Any, number: Any, row_of: Any,
    founders: int, start: Any, other: Any, pair: Any, closeness: Any, warmth: Any, alike: Any, rules: Any,
    seed: int, day: int,
) -> Any:
    """People look for acquaintances, and those accepted are listed. Returns the list, perhaps in a larger place.

    luck    (n_people,) the week's uniform draw of each, whether to look around once more; changed
    warmth  (n_people,) closeness of all ties of each together
    """
    across = key(seed, Decision.COME_ACROSS, day, 0)
    stranger = key(seed, Decision.STRANGER, day, 0)
    accept = key(seed, Decision.ACCEPT_TIE, day, 0)
    new = with_room(new, count_looks(luck, usual_degree, start, rules))
    for a in range(row_of.size):
        i = row_of[a]
        for look in range(int(luck[i])):
            j = somebody(
                i, start, other, closeness, warmth, directed(number[i], look), row_of, founders, rules, across, stranger
            )
            if j < 0 or j == i or find_arc(start, other, i, j) >= 0:
                continue
            liking = uniform(accept, undirected(number[i], number[j]))
            most = min(start[i + 1] - start[i], start[j + 1] - start[j])  # friends they can share
            s = similarity_at_most(age, culture, interests, i, j, alike)
            if liking >= max(1, most) * exponential_at_most((s - 1.0) / rules.pickiness):
                continue  # too unlike for any number of occasions, as most are
            s = similarity(age, culture, interests, i, j, alike)
            chance = min(1.0, exponential((s - 1.0) / rules.pickiness))
            if liking < at_least_once(chance, max(1, n_shared(start, pair, number, i, j))):
                propose(new, i, j, rules.closeness, s, FACE_TO_FACE, FRIEND)
    return new


@compiled
def count_looks(luck: Any, usual_degree: Any, start: Any, rules: Any) -> int:
    """Put in the place of each one's draw how often this person looks this week; returns how often all do together."""
    n_looks = 0
    for i in range(luck.size):
        missing = usual_degree[i] - (start[i + 1] - start[i])
        looks = WEEK * max(0.0, rules.rate + rules.rate_missing * missing)
        luck[i] = int(looks) + (luck[i] < looks - int(looks))
        n_looks += int(luck[i])
    return n_looks


@compiled
def at_least_once(chance: float, occasions: int) -> float:
    """The chance that it happens on one of several occasions."""
    never = 1.0
    for _ in range(occasions):
        never *= 1.0 - chance
    return 1.0 - never


@compiled
def somebody(
    i: int, start: Any, other: Any, closeness: Any, warmth: Any, occasion: Any, row_of: Any, founders: int,
    rules: Any, across: Any, stranger: Any,
) -> int:
    """Whom i comes across: a friend's friend, now and then a stranger; -1 if i has no friends.

    occasion  the address of this look: who looks, and for which time this week
    """
    via_friend, friend, friends_friend = thirds(across, occasion)
    if via_friend >= rules.friends_share:
        return row_of[int(uniform(stranger, occasion) * founders)]
    between = draw_friend(start, other, closeness, warmth, i, friend)
    if between < 0:
        return -1
    return draw_friend(start, other, closeness, warmth, between, friends_friend)


@compiled
def draw_friend(start: Any, other: Any, closeness: Any, warmth: Any, i: int, luck: float) -> int:
    """One of i's friends, the closer the likelier; -1 if there is none."""
    left = luck * warmth[i]
    for e in range(start[i], start[i + 1]):
        left -= closeness[e]
        if left < 0.0:
            return other[e]
    return other[start[i + 1] - 1] if warmth[i] > 0.0 else -1
