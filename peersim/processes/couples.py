"""Couples: outside stress enters the relationship, communication skill keeps it out, and conflict wears on both.

After Bodenmann's dyadic coping, Westman's crossover, and Karney and Bradbury's vulnerability-stress-adaptation.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.domains import RELATIONAL
from peersim.draws import Decision, key, uniform
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
def look_at_partner(
    partner_stress: Any, partner_communication: Any, stress: Any, communication: Any, partner: Any, stress_level: float
) -> None:
    """The partner's stress and communication skill; singles see the usual stress and their own skill."""
    for i in range(partner.size):
        j = partner[i]
        partner_stress[i] = stress[j] if j >= 0 else stress_level
        partner_communication[i] = communication[j] if j >= 0 else communication[i]


@compiled
def fall_out(
    conflict: Any, stress: Any, partner_stress: Any, communication: Any, partner_communication: Any, partner: Any,
    couple: Any, stress_level: float, communication_level: float, rules: Any, seed: int, day: int,
) -> int:
    """Each couple may fall out today, the likelier the more stressed and the less skilled in talking they are.

    Returns how many couples do.

    conflict  (n_people,) 1 for those who do, else 0
    """
    luck = key(seed, Decision.CONFLICT, day, 0)
    n_falling_out = 0
    for i in range(conflict.size):
        both_stressed = 0.5 * (stress[i] + partner_stress[i]) - stress_level
        both_skilled = 0.5 * (communication[i] + partner_communication[i]) - communication_level
        chance = rules.conflict_rate * exponential(
            rules.conflict_stress * both_stressed - rules.conflict_communication * both_skilled
        )
        they_do = (uniform(luck, couple[i]) < chance) & (partner[i] >= 0)
        conflict[i] = 1.0 if they_do else 0.0
        n_falling_out += they_do
    return n_falling_out // 2


@compiled
def bear_conflict(load_change: Any, conflict: Any, rules: Any) -> None:
    """A conflict adds relational strain."""
    change = load_change[RELATIONAL]
    for i in range(conflict.size):
        change[i] += rules.conflict_load * conflict[i]


@compiled
def feel_satisfied(
    change: Any, satisfaction: Any, trait: Any, conflict: Any, stress: Any, partner_stress: Any, communication: Any,
    partner_communication: Any, support: Any, partner: Any,
    stress_level: float, communication_level: float, support_mean: float, rules: Any,
) -> None:
    """In couples, satisfaction moves towards what stress, skill and felt support make of it; a conflict costs some."""
    for i in range(change.size):
        both_stressed = 0.5 * (stress[i] + partner_stress[i]) - stress_level
        both_skilled = 0.5 * (communication[i] + partner_communication[i]) - communication_level
        rest = (
            rules.satisfaction_level
            + trait[i]
            - rules.satisfaction_stress * both_stressed
            + rules.satisfaction_communication * both_skilled
            + rules.satisfaction_support * (support[i] - support_mean)
        )
        moved = rules.satisfaction_rate * (rest - satisfaction[i]) - rules.conflict_satisfaction * conflict[i]
        change[i] += moved if partner[i] >= 0 else 0.0


@compiled
def keep_talking(change: Any, communication: Any, trait: Any, partner: Any, rules: Any) -> None:
    """In couples, communication skill returns to its set point."""
    for i in range(change.size):
        moved = rules.communication_rate * (trait[i] - communication[i])
        change[i] += moved if partner[i] >= 0 else 0.0
