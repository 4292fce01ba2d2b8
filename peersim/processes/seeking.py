"""People under stress ask somebody for help, if it feels safe to speak.

Those to whom it does not feel safe enough face to face may still ask where nobody knows them. They turn to who is
close, trusted, alike, has been through the same, and is not worn out.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from peersim.compiled import allocating, compiled
from peersim.domains import worst_domain
from peersim.draws import Decision, directed, key, uniform
from peersim.parameters import Parameters, param
from peersim.smooth import logistic, logistic_at_most
from peersim.ties import ANONYMOUS_ONLINE, far_number


class Seeking(Parameters):
    """When people seek help, and from whom."""

    need_threshold: float = param(
        0.42, unit="stress", within=(0, 1), doc="stress at which need is one half", source="assumed"
    )
    need_width: float = param(
        0.10, unit="stress", within=(0.001, 1), doc="how gradually need sets in", source="assumed"
    )
    rate: float = param(
        0.16, unit="per day", within=(0, 1), doc="chance that a person in full need and safety seeks help",
        source="assumed",
    )
    safety_slope: float = param(
        4.0, unit="per safety", within=(0, 50), doc="how strongly safety decides whether one speaks", source="assumed"
    )
    safety_threshold: float = param(
        0.45, unit="safety", within=(0, 1), doc="safety at which one in two would speak", source="assumed"
    )
    anonymity_relief: float = param(
        0.5, unit="safety", within=(0, 1), doc="how much safer it feels where nobody knows one", source="assumed"
    )
    least_closeness: float = param(
        0.08, unit="closeness", within=(0, 1), doc="ties less close than this are not asked", source="assumed"
    )
    closeness_weight: float = param(
        2.5, unit="score per closeness", within=(0, 50), doc="how much closeness counts in whom to ask",
        source="assumed",
    )
    trust_weight: float = param(
        1.5, unit="score per trust", within=(0, 50), doc="how much trust counts in whom to ask", source="assumed"
    )
    similarity_weight: float = param(
        1.0, unit="score per similarity", within=(0, 50), doc="how much likeness counts in whom to ask",
        source="assumed",
    )
    experience_weight: float = param(
        1.0, unit="score", within=(0, 50), doc="how much having been through the same counts", source="assumed"
    )
    burden_weight: float = param(
        1.5, unit="score per burden", within=(0, 50), doc="how much the other's burden holds one back",
        source="assumed",
    )
    experience_threshold: float = param(
        0.15, unit="load", within=(0, 5), doc="past strain from which one counts as having been through it",
        source="assumed",
    )
    memory: float = param(
        730.0, unit="days", within=(1, 36500), doc="mean life of the memory of what one has been through",
        source="assumed",
    )


class Requests(NamedTuple):
    """Today's requests for support, in the order of the seekers' numbers; each (n_people,), the first `n` in use.

    seeker    row of who asks
    provider  row of who is asked
    arc       from seeker to provider
    domain    in which the seeker bears most
    knows     whether the provider has been through the same
    accepted  whether the provider helps
    wanted    kind of support the seeker wants
    given     kind of support that comes
    quality   of what comes, at least 0
    """

    seeker: Any
    provider: Any
    arc: Any
    domain: Any
    knows: Any
    accepted: Any
    wanted: Any
    given: Any
    quality: Any


@allocating
def no_requests(room: int) -> Requests:
    """An empty list with room for one request a person."""
    return Requests(
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.bool_),
        np.empty(room, np.bool_),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.float64),
    )


@compiled
def need_of(stress: float, rules: Any) -> float:
    """Need for support rises with stress."""
    return logistic((stress - rules.need_threshold) / rules.need_width)


@compiled
def seek(
    requests: Requests, luck: Any, stress: Any, safety: Any, load: Any, chronic: Any, lived: Any, burden: Any,
    number: Any, row_of: Any, ties: Any, rules: Any, seed: int, day: int,
) -> int:
    """Whoever needs help and dares asks one person today; returns how many ask.

    luck  (n_people,) today's uniform draw of each, whether to seek
    """
    whom = key(seed, Decision.WHOM, day, 0)
    n = 0
    for a in range(row_of.size):
        i = row_of[a]
        if luck[i] >= rules.rate:  # most people, most days
            continue
        if luck[i] >= rules.rate * logistic_at_most((stress[i] - rules.need_threshold) / rules.need_width):
            continue
        chance = rules.rate * need_of(stress[i], rules)
        daring = safety[i] - rules.safety_threshold
        openly = luck[i] < chance * logistic(rules.safety_slope * daring)
        if not openly and luck[i] >= chance * logistic(rules.safety_slope * (daring + rules.anonymity_relief)):
            continue
        domain = worst_domain(load, chronic, i)
        e = choose(ties, number, i, lived[domain], burden, not openly, whom, rules)
        if e >= 0:
            requests.seeker[n] = i
            requests.provider[n] = ties.other[e]
            requests.arc[n] = e
            requests.domain[n] = domain
            requests.knows[n] = lived[domain, ties.other[e]] >= rules.experience_threshold
            n += 1
    return n


@compiled
def choose(
    ties: Any, number: Any, i: int, lived: Any, burden: Any, anonymously: bool, whom: Any, rules: Any
) -> int:
    """The arc to whom person i turns: the best score among close enough ties, with Gumbel luck; -1 if there is none."""
    chosen, best = -1, -np.inf
    for e in range(ties.start[i], ties.start[i + 1]):
        if ties.closeness[e] < rules.least_closeness or (anonymously and ties.channel[e] != ANONYMOUS_ONLINE):
            continue
        j = ties.other[e]
        score = rules.closeness_weight * ties.closeness[e] + rules.trust_weight * ties.trust[e]
        score += rules.similarity_weight * ties.similarity[e] - rules.burden_weight * burden[j]
        score += rules.experience_weight if lived[j] >= rules.experience_threshold else 0.0
        score -= math.log(-math.log(uniform(whom, directed(number[i], far_number(ties.pair[e], number[i]))) + 1e-300))
        chosen = e if score > best else chosen
        best = max(best, score)
    return chosen
