"""Online communities: people post, an audience reads, some of it replies, and a few replies hurt."""

from __future__ import annotations

import math
from typing import Any

from peersim.compiled import compiled
from peersim.draws import Decision, key, uniform
from peersim.parameters import Parameters, param
from peersim.smooth import exponential

_PART = 8.0
"""Replies of a large audience are drawn in parts of at most so many on average, for which e^-mean is exact enough."""
_MOST = 100
"""No part has more replies than this: less than 10^-70 of its Poisson distribution lies beyond."""
_SLOT = 2**32
"""A reply's number and its programme's slot share the sub-index of a draw."""


class Posts(Parameters):
    """Replies to what one posts."""

    reply_rate: float = param(
        0.15, unit="replies per reader", within=(0, 1), doc="replies to a post from each of the others who are there",
        source="assumed",
    )
    half_heard: float = param(
        2.0, unit="replies", within=(0.01, 1000), doc="replies by which 1 - 1/e of a session's worth comes across",
        source="assumed",
    )
    hostile_share: float = param(
        0.05, unit="share of replies", within=(0, 1), doc="replies that hurt", source="assumed"
    )
    hostile_stress: float = param(
        0.02, unit="stress", within=(0, 1), doc="stress that a hostile reply adds", source="assumed"
    )
    hostile_safety: float = param(
        0.02, unit="safety", within=(0, 1), doc="safety that a hostile reply takes", source="assumed"
    )


@compiled
def reply(
    worth: Any, present: Any, p: Any, slot: int, stress_change: Any, safety_change: Any, number: Any, rules: Any,
    seed: int, day: int,
) -> None:
    """Everyone there has posted: a session is worth what replies make of it, and each hostile one hurts."""
    expected = rules.reply_rate * (present.size - 1)
    for a in range(present.size):
        i = present[a]
        n_replies = poisson(expected, seed, day, slot, number[i])
        worth[a] *= 1.0 - exponential(-n_replies / rules.half_heard)
        n_hostile = 0
        for r in range(n_replies):
            n_hostile += uniform(key(seed, Decision.HOSTILE, day, slot * _SLOT + r), number[i]) < rules.hostile_share
        stress_change[i] += p.effect * rules.hostile_stress * n_hostile
        safety_change[i] -= p.effect * rules.hostile_safety * n_hostile


@compiled
def poisson(mean: float, seed: int, day: int, slot: int, who: int) -> int:
    """How many replies a post gets: a Poisson draw by inversion, in parts where the mean is large."""
    n_parts = max(1, math.ceil(mean / _PART))
    part = mean / n_parts
    total = 0
    for k in range(n_parts):
        luck = uniform(key(seed, Decision.REPLIES, day, slot * _SLOT + k), who)
        total += quantile(luck, part)
    return total


@compiled
def quantile(luck: float, mean: float) -> int:
    """The least count whose cumulated Poisson probability exceeds the draw."""
    probability = exponential(-mean)
    cumulated = probability
    count = 0
    while luck >= cumulated and count < _MOST:
        count += 1
        probability *= mean / count
        cumulated += probability
    return count
