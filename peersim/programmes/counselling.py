"""Couples' programmes: both partners come or neither does, they leave together, and they learn to talk.

A therapist and other couples teach communication, which keeps outside stress out of the relationship; satisfaction
follows. After Hawkins 2008 (education and communication training for couples).
"""

from __future__ import annotations

import math
from typing import Any

from peersim.compiled import compiled
from peersim.domains import RELATIONAL
from peersim.parameters import Parameters, param


class Counselling(Parameters):
    """What a session with other couples and a therapist of skill 1 does to a relationship."""

    share: float = param(
        0.4, unit="factor", within=(0, 2), doc="what is left for one's own troubles of a session about the two",
        source="calibrated",
    )
    communication: float = param(
        0.030, unit="communication", within=(0, 1), doc="communication skill gained, of what is missing",
        source="calibrated",
    )
    satisfaction: float = param(
        0.032, unit="satisfaction", within=(0, 1), doc="satisfaction gained, of what is missing", source="calibrated"
    )
    load: float = param(
        0.2, unit="share of load", within=(0, 1), doc="relational strain that a session takes away", source="calibrated"
    )
    full_minutes: float = param(
        120.0, unit="minutes", within=(1, 1440),
        doc="length of a session that gives the gains above; they grow with its square root", source="assumed",
    )


@compiled
def decides(p: Any, number: Any, partner: Any, i: int) -> int:
    """Whose number stands for a decision: one's own; in a couples' programme the couple's lower one."""
    if p.is_for_couples and partner[i] >= 0:
        return min(number[i], number[partner[i]])
    return number[i]


@compiled
def of_those_who_decide(p: Any, state: Any, partner: Any, i: int) -> float:
    """A state of who decides: one's own; in a couples' programme the mean of the two."""
    if p.is_for_couples and partner[i] >= 0:
        return 0.5 * (state[i] + state[partner[i]])
    return state[i]


@compiled
def counsel(
    worth: Any, present: Any, p: Any, now: Any, change: Any, load: Any, load_change: Any, rules: Any
) -> None:
    """Both learn to talk and grow more satisfied, as far as the therapist is skilled; less is left for own troubles."""
    gain = p.effect * p.facilitator * math.sqrt(p.minutes / rules.full_minutes)
    for a in range(present.size):
        i = present[a]
        worth[a] *= rules.share
        change.communication[i] += gain * rules.communication * (1.0 - now.communication[i])
        change.satisfaction[i] += gain * rules.satisfaction * (1.0 - now.satisfaction[i])
        load_change[RELATIONAL, i] -= p.effect * rules.load * load[RELATIONAL, i]
