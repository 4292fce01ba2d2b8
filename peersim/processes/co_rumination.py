"""Comfort can turn into going over it again and again: it brings two people closer and worries both.

After Rose's co-rumination.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.domains import EMOTIONAL
from peersim.draws import Decision, directed, key, uniform
from peersim.parameters import Parameters, param
from peersim.ties import find_arc


class CoRumination(Parameters):
    """How often comfort turns into rehashing, and what it does."""

    rate: float = param(
        0.70, unit="probability per closeness and stress", within=(0, 1),
        doc="chance that comfort between the closest, from a fully stressed helper, turns into rehashing",
        source="assumed",
    )
    quality: float = param(
        0.5, unit="factor", within=(0, 1), doc="quality left of the comfort", source="assumed"
    )
    stress: float = param(0.03, unit="stress", within=(0, 1), doc="stress that both gain", source="assumed")
    closeness: float = param(0.02, unit="closeness", within=(0, 1), doc="closeness gained", source="assumed")


@compiled
def rehash(
    requests: Any, n: int, stress_change: Any, closeness_change: Any, stress: Any, number: Any, ties: Any,
    rules: Any, seed: int, day: int,
) -> int:
    """Comfort turns into rehashing the more often, the closer the two and the more stressed the helper.

    Returns how often it did.
    """
    luck = key(seed, Decision.REHASH, day, 0)
    n_rehashed = 0
    for r in range(n):
        if not requests.accepted[r] or requests.given[r] != EMOTIONAL:
            continue
        i, j, e = requests.seeker[r], requests.provider[r], requests.arc[r]
        if uniform(luck, directed(number[i], number[j])) < rules.rate * ties.closeness[e] * stress[j]:
            requests.quality[r] *= rules.quality
            stress_change[i] += rules.stress
            stress_change[j] += rules.stress
            closeness_change[e] += rules.closeness
            closeness_change[find_arc(ties.start, ties.other, j, i)] += rules.closeness
            n_rehashed += 1
    return n_rehashed
