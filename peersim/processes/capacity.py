"""Nobody can help everyone: the close and the rested are willing, and each has only so much to give a day."""

from __future__ import annotations

import math
from typing import Any

from peersim.compiled import compiled
from peersim.draws import Decision, directed, key, uniform
from peersim.parameters import Parameters, param
from peersim.smooth import logistic


class Capacity(Parameters):
    """Who helps when asked, and how many a day."""

    willingness_slope: float = param(
        3.0, unit="per closeness", within=(0, 50), doc="how strongly closeness and burden decide", source="assumed"
    )
    willingness_start: float = param(
        0.5, unit="closeness", within=(-2, 2), doc="goodwill towards anyone", source="assumed"
    )
    rested: float = param(
        2.0, unit="requests per day", within=(0, 50), doc="what a person without burden can take on", source="assumed"
    )
    refusal_trust: float = param(
        0.01, unit="trust", within=(0, 1), doc="trust lost in who refuses or has no time", source="assumed"
    )


@compiled
def daily_capacity(burden: float, rested: float) -> int:
    """Requests that a person can take on a day, at least one."""
    return max(1, math.floor(rested * (1.0 - burden) + 0.5))


@compiled
def accept(
    requests: Any, n: int, trust_change: Any, waiting: Any, following: Any, priority: Any,
    closeness: Any, burden: Any, number: Any, rules: Any, seed: int, day: int,
) -> int:
    """Providers who are willing take requests in random order up to their capacity; returns how many are taken.

    waiting    (n_people,) scratch, -1 everywhere before and after: the last request waiting at a provider
    following  (n_people,) scratch: the request before it in the same queue
    priority   (n_people,) scratch: the place in the queue
    """
    willing = key(seed, Decision.WILLING, day, 0)
    place = key(seed, Decision.PRIORITY, day, 0)
    for r in range(n):
        j = requests.provider[r]
        pair = directed(number[requests.seeker[r]], number[j])
        goodwill = closeness[requests.arc[r]] + rules.willingness_start - burden[j]
        requests.accepted[r] = uniform(willing, pair) < logistic(rules.willingness_slope * goodwill)
        if requests.accepted[r]:
            priority[r] = uniform(place, pair)
            following[r] = waiting[j]
            waiting[j] = r
    n_accepted = 0
    for r in range(n):
        if requests.accepted[r]:
            j = requests.provider[r]
            before = 0
            q = waiting[j]
            while q >= 0:
                before += priority[q] < priority[r]
                q = following[q]
            requests.accepted[r] = before < daily_capacity(burden[j], rules.rested)
            n_accepted += requests.accepted[r]
        if not requests.accepted[r]:
            trust_change[requests.arc[r]] -= rules.refusal_trust
    for r in range(n):
        waiting[requests.provider[r]] = -1
    return n_accepted
