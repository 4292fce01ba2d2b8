"""Resilience is confidence, hope and coping skill together: high stress erodes it, mastering strain builds it.

Losses weigh more than gains, after Hobfoll's conservation of resources.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from peersim.compiled import compiled, entry_point
from peersim.parameters import Parameters, param


class Resilience(Parameters):
    """What resilience is made of, and how its parts move."""

    self_esteem_weight: float = param(
        0.35, unit="share", within=(0, 1), doc="part of resilience that is self-esteem", source="assumed"
    )
    optimism_weight: float = param(
        0.25, unit="share", within=(0, 1), doc="part of resilience that is optimism", source="assumed"
    )
    coping_weight: float = param(
        0.40, unit="share", within=(0, 1), doc="part of resilience that is coping", source="assumed"
    )
    return_rate: float = param(
        0.004, unit="per day", within=(0, 1), doc="how fast self-esteem and optimism return to their set points",
        source="calibrated",
    )
    erosion: float = param(
        0.004, unit="per day and stress", within=(0, 1), doc="how far high stress wears both down", source="calibrated"
    )
    high_stress: float = param(
        0.5, unit="stress", within=(0, 1), doc="stress above which it wears them down", source="calibrated"
    )
    mastery: float = param(
        0.0004, unit="self-esteem per day", within=(0, 1), doc="confidence from bearing strain calmly",
        source="calibrated",
    )
    mastery_load: float = param(
        0.1, unit="load", within=(0, 5), doc="strain from which bearing it counts", source="calibrated"
    )
    mastery_stress: float = param(
        0.45, unit="stress", within=(0, 1), doc="stress below which one bears it calmly", source="calibrated"
    )
    coping_rate: float = param(
        0.003, unit="per day", within=(0, 1), doc="how fast coping returns to its set point", source="calibrated"
    )


@compiled
def derive_resilience(resilience: Any, self_esteem: Any, optimism: Any, coping: Any, rules: Any) -> None:
    """Resilience as the weighted sum of confidence, hope and coping."""
    for i in range(resilience.size):
        resilience[i] = (
            rules.self_esteem_weight * self_esteem[i]
            + rules.optimism_weight * optimism[i]
            + rules.coping_weight * coping[i]
        )


@entry_point
def resilience_of(now: Any, rules: Any) -> Any:
    """Everyone's resilience, (n_people,), as precise as what it follows from."""
    resilience = np.empty(now.coping.size, now.coping.dtype)
    derive_resilience(resilience, now.self_esteem, now.optimism, now.coping, rules)
    return resilience


@compiled
def keep_confidence(change: Any, self_esteem: Any, trait: Any, stress: Any, load: Any, rules: Any) -> None:
    """Self-esteem returns, is worn down by high stress, and grows when strain is borne calmly."""
    for i in range(change.size):
        strain = load[0, i] + load[1, i] + load[2, i] + load[3, i] + load[4, i]
        masters = (strain > rules.mastery_load) & (stress[i] < rules.mastery_stress)
        change[i] += (
            rules.return_rate * (trait[i] - self_esteem[i])
            - rules.erosion * max(0.0, stress[i] - rules.high_stress)
            + (rules.mastery if masters else 0.0)
        )


@compiled
def keep_hope(change: Any, optimism: Any, trait: Any, stress: Any, rules: Any) -> None:
    """Optimism returns, and is worn down by high stress."""
    for i in range(change.size):
        change[i] += rules.return_rate * (trait[i] - optimism[i]) - rules.erosion * max(
            0.0, stress[i] - rules.high_stress
        )


@compiled
def keep_coping(change: Any, coping: Any, trait: Any, rules: Any) -> None:
    """Coping skill returns to its set point."""
    for i in range(change.size):
        change[i] += rules.coping_rate * (trait[i] - coping[i])
