"""Stress follows what threatens, wears off with time, and is a little contagious.

It moves towards a set point made of the person's own level, today's threat, felt support (the main effect of support),
loneliness, and the stress of partner and friends; resilience speeds the way back. Daily hassles are the noise.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.draws import Decision, key, normal
from peersim.parameters import Parameters, param


class Stress(Parameters):
    """Where stress comes to rest, how fast it gets there, and how much a day shakes it."""

    base: float = param(
        0.19, unit="stress", within=(0, 1), doc="stress without threat, at usual support and loneliness",
        source="calibrated",
    )
    threat: float = param(
        0.252, unit="stress per threat", within=(0, 5), doc="stress that threat adds", source="calibrated"
    )
    support: float = param(
        0.25, unit="stress per perceived support", within=(0, 5),
        doc="mW: stress that felt support takes away (main effect)", source="calibrated",
    )
    loneliness: float = param(
        0.12, unit="stress per loneliness", within=(0, 5), doc="stress that loneliness adds", source="calibrated"
    )
    partner: float = param(
        0.06, unit="stress per stress", within=(0, 1), doc="contagion from the partner", source="calibrated"
    )
    neighbours: float = param(
        0.05, unit="stress per stress", within=(0, 1), doc="contagion from the people one is tied to",
        source="calibrated",
    )
    recovery: float = param(
        0.10, unit="per day", within=(0, 1), doc="how fast stress returns, at usual resilience", source="calibrated"
    )
    recovery_resilience: float = param(
        0.10, unit="per day and resilience", within=(0, 1), doc="how far resilience speeds the return",
        source="calibrated",
    )
    noise: float = param(
        0.045, unit="stress", within=(0, 1), doc="sd of a day's hassles", source="calibrated"
    )


@compiled
def feel_stress(
    change: Any, stress: Any, threat: Any, trait: Any, resilience: Any, support: Any, loneliness: Any,
    partner_stress: Any, near_stress: Any, number: Any,
    support_mean: float, resilience_mean: float, stress_level: float, loneliness_level: float, rules: Any,
    seed: int, day: int,
) -> None:
    """Stress moves part of the way to its set point, and is shaken by the day."""
    luck = key(seed, Decision.STRESS_NOISE, day, 0)
    for i in range(change.size):
        rest = (
            rules.base
            + trait[i]
            + rules.threat * threat[i]
            - rules.support * (support[i] - support_mean)
            + rules.loneliness * (loneliness[i] - loneliness_level)
            + rules.partner * (partner_stress[i] - stress_level)
            + rules.neighbours * near_stress[i]
        )
        pace = rules.recovery + rules.recovery_resilience * (resilience[i] - resilience_mean)
        change[i] += pace * (rest - stress[i]) + rules.noise * normal(luck, number[i])
