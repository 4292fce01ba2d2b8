"""Couples: outside stress enters the relationship, communication skill keeps it out, and conflict wears on both.

After Bodenmann's dyadic coping, Westman's crossover, and Karney and Bradbury's vulnerability-stress-adaptation.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.domains import RELATIONAL
from peersim.draws import Decision, key, undirected, uniform
from peersim.parameters import Parameters, param
from peersim.smooth import exponential


class Couples(Parameters):
    """Conflict, satisfaction and communication of two partners."""

    conflict_rate: float = param(
        0.035, unit="per couple and day", within=(0, 1), doc="conflicts at usual stress and skill", source="assumed"
    )
    conflict_stress: float = param(
        3.5, unit="per stress", within=(0, 50), doc="how far the couple's stress raises conflict", source="assumed"
    )
    conflict_communication: float = param(
        4.0, unit="per communication", within=(0, 50), doc="how far communication skill lowers conflict",
        source="assumed",
    )
    conflict_satisfaction: float = param(
        0.012, unit="satisfaction", within=(0, 1), doc="satisfaction lost in a conflict", source="assumed"
    )
    conflict_load: float = param(
        0.06, unit="load", within=(0, 5), doc="relational strain that a conflict adds", source="assumed"
    )
    satisfaction_rate: float = param(
        0.02, unit="per day", within=(0, 1), doc="how fast satisfaction follows what the couple lives through",
        source="assumed",
    )
    satisfaction_level: float = param(
        0.775, unit="satisfaction", within=(0, 1), doc="where it comes to rest", source="assumed"
    )
    satisfaction_stress: float = param(
        0.25, unit="per stress", within=(0, 5), doc="how far the couple's stress lowers it", source="assumed"
    )
    satisfaction_communication: float = param(
        0.30, unit="per communication", within=(0, 5), doc="how far communication skill raises it",
        source="assumed",
    )
    satisfaction_support: float = param(
        0.10, unit="per perceived support", within=(0, 5), doc="how far felt support raises it", source="assumed"
    )
    communication_rate: float = param(
        0.002, unit="per day", within=(0, 1), doc="how fast communication skill returns to its set point",
        source="assumed",
    )


@compiled
def look_home(at_home: Any, satisfaction: Any, communication: Any, partner: Any) -> None:
    """What a relationship offers: own satisfaction x the couple's mean communication skill; 0 for singles."""
    for i in range(at_home.size):
        j = partner[i]
        at_home[i] = satisfaction[i] * 0.5 * (communication[i] + communication[j]) if j >= 0 else 0.0


@compiled
def live_together(
    people: Any, stress_level: float, communication_level: float, support_mean: float, rules: Any, seed: int, day: int
) -> int:
    """Each couple may fall out today, the likelier the more stressed and the less skilled in talking they are.

    A conflict costs both satisfaction and adds relational strain. Satisfaction moves towards what stress, skill and
    felt support make of it, communication skill back to its set point. Returns the number of conflicts.
    """
    now, change, traits = people.now, people.change, people.traits
    luck = key(seed, Decision.CONFLICT, day, 0)
    n_conflicts = 0
    for i in range(traits.partner.size):
        j = traits.partner[i]
        if j < 0:
            continue
        both_stressed = 0.5 * (now.stress[i] + now.stress[j]) - stress_level
        both_skilled = 0.5 * (now.communication[i] + now.communication[j]) - communication_level
        chance = rules.conflict_rate * exponential(
            rules.conflict_stress * both_stressed - rules.conflict_communication * both_skilled
        )
        if uniform(luck, undirected(people.number[i], people.number[j])) < chance:
            change.satisfaction[i] -= rules.conflict_satisfaction
            people.load_change[RELATIONAL, i] += rules.conflict_load
            n_conflicts += people.number[i] < people.number[j]
        rest = (
            rules.satisfaction_level
            + traits.satisfaction_trait[i]
            - rules.satisfaction_stress * both_stressed
            + rules.satisfaction_communication * both_skilled
            + rules.satisfaction_support * (now.perceived_support[i] - support_mean)
        )
        change.satisfaction[i] += rules.satisfaction_rate * (rest - now.satisfaction[i])
        change.communication[i] += rules.communication_rate * (
            traits.communication_trait[i] - now.communication[i]
        )
    return n_conflicts
