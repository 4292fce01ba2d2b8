"""Loneliness eases with felt support and belonging, grows with stress, and is shared among friends."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.draws import Decision, key, normal
from peersim.parameters import Parameters, param


class Loneliness(Parameters):
    """Where loneliness comes to rest, how fast, and how much a day shakes it."""

    rate: float = param(0.03, unit="per day", within=(0, 1), doc="how fast loneliness follows", source="calibrated")
    support: float = param(
        0.45, unit="loneliness per perceived support", within=(0, 5), doc="how far felt support eases it",
        source="calibrated",
    )
    neighbours: float = param(
        0.20, unit="loneliness per loneliness", within=(0, 1), doc="how far friends' loneliness is shared",
        source="calibrated",
    )
    belonging: float = param(
        0.10, unit="loneliness per belonging", within=(0, 5), doc="how far belonging eases it", source="calibrated"
    )
    stress: float = param(
        0.10, unit="loneliness per stress", within=(0, 5), doc="how far stress adds to it", source="calibrated"
    )
    noise: float = param(0.008, unit="loneliness", within=(0, 1), doc="sd of a day's moods", source="calibrated")


@compiled
def feel_lonely(
    change: Any, loneliness: Any, trait: Any, support: Any, near_loneliness: Any, belonging: Any, stress: Any,
    number: Any, support_mean: float, level: float, belonging_level: float, stress_level: float, rules: Any,
    seed: int, day: int,
) -> None:
    """Loneliness moves part of the way to its set point, and is shaken by the day."""
    luck = key(seed, Decision.LONELINESS_NOISE, day, 0)
    for i in range(change.size):
        rest = (
            level
            + trait[i]
            - rules.support * (support[i] - support_mean)
            + rules.neighbours * near_loneliness[i]
            - rules.belonging * (belonging[i] - belonging_level)
            + rules.stress * (stress[i] - stress_level)
        )
        change[i] += rules.rate * (rest - loneliness[i]) + rules.noise * normal(luck, number[i])
