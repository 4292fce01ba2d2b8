"""Ties come and go: those gone cold dissolve, and people get to know friends of friends, now and then a stranger.

Whoever has fewer ties than usual looks for more, and whoever has many more stops looking.

Like attracts like (homophily, after McPherson): the less alike two people are, the more often nothing comes of it.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.draws import Decision, key, undirected, uniform
from peersim.parameters import Parameters, param
from peersim.similarity import similarity
from peersim.smooth import exponential
from peersim.ties import FACE_TO_FACE, FRIEND, PARTNER, find_arc, propose

WEEK = 7
"""Ties are looked through once a week, on days divisible by this."""


class Acquaintances(Parameters):
    """When ties dissolve, and how new ones come about."""

    least_closeness: float = param(
        0.08, unit="closeness", within=(0, 1), doc="ties less close than this dissolve (never a couple's)",
        source="calibrated",
    )
    rate: float = param(
        0.035, unit="per day", within=(0, 0.14), doc="how often a person looks for an acquaintance",
        source="calibrated",
    )
    shortfall: float = param(
        2.0, unit="ties", within=(0.1, 1000),
        doc="ties fewer than one had at the start that double the looking; so many more end it", source="assumed",
    )
    friends_share: float = param(
        0.97, unit="share", within=(0, 1), doc="of them, those who look among friends of friends",
        source="calibrated",
    )
    pickiness: float = param(
        0.4, unit="likeness", within=(0.001, 100), doc="how far likeness may fall short before most decline",
        source="calibrated",
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


@compiled
def get_to_know(
    new: Any, luck: Any, usual_degree: Any, age: Any, culture: Any, interests: Any, number: Any, row_of: Any,
    founders: int, start: Any, other: Any, closeness: Any, alike: Any, rules: Any, seed: int, day: int,
) -> None:
    """People look for acquaintances, and those accepted are listed; `new` must have room for one tie a person.

    luck  (n_people,) the week's uniform draw of each, whether to look around
    """
    via, friend, beyond, stranger, accept = (
        key(seed, Decision.VIA_FRIEND, day, 0),
        key(seed, Decision.FRIEND, day, 0),
        key(seed, Decision.FRIENDS_FRIEND, day, 0),
        key(seed, Decision.STRANGER, day, 0),
        key(seed, Decision.ACCEPT_TIE, day, 0),
    )
    for a in range(row_of.size):
        i = row_of[a]
        missing = usual_degree[i] - (start[i + 1] - start[i])
        if luck[i] >= WEEK * rules.rate * (1.0 + missing / rules.shortfall):
            continue
        if uniform(via, number[i]) < rules.friends_share:
            between = draw_friend(start, other, closeness, i, uniform(friend, number[i]))
            if between < 0:
                continue
            j = draw_friend(start, other, closeness, between, uniform(beyond, number[i]))
        else:
            j = row_of[int(uniform(stranger, number[i]) * founders)]
        if j == i or find_arc(start, other, i, j) >= 0:
            continue
        s = similarity(age, culture, interests, i, j, alike)
        if uniform(accept, undirected(number[i], number[j])) < exponential((s - 1.0) / rules.pickiness):
            propose(new, i, j, rules.closeness, s, FACE_TO_FACE, FRIEND)


@compiled
def draw_friend(start: Any, other: Any, closeness: Any, i: int, luck: float) -> int:
    """One of i's friends, the closer the likelier; -1 if there is none."""
    total = 0.0
    for e in range(start[i], start[i + 1]):
        total += closeness[e]
    left = luck * total
    for e in range(start[i], start[i + 1]):
        left -= closeness[e]
        if left < 0.0:
            return other[e]
    return other[start[i + 1] - 1] if total > 0.0 else -1
