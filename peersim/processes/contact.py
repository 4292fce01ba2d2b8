"""Ties live on contact: meeting brings two people closer, time without it lets them drift, and some break off."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.draws import Decision, halves, key
from peersim.parameters import Parameters, param
from peersim.ties import PARTNER


class Contact(Parameters):
    """How often ties are in contact, and how closeness grows and fades."""

    rate: float = param(
        2.0, unit="per day and closeness", within=(0, 50),
        doc="chance of contact on a day in the closest tie, at likeness .5; 1 is certain",
        source="calibrated: about 4 contacts a day, as diaries say (unverified); gain and full_contact go with it",
    )
    similarity_base: float = param(
        0.5, unit="similarity", within=(0, 2), doc="added to likeness in how often and how much contact counts",
        source="assumed",
    )
    gain: float = param(
        0.01, unit="share per contact", within=(0, 1), doc="closeness gained in a contact, of what is missing",
        source="calibrated: closeness stays where it starts, about .3, at that rate",
    )
    fading: float = param(
        0.012, unit="share per day", within=(0, 1), doc="closeness that a tie loses each day", source="assumed"
    )
    partner_fading: float = param(
        0.00342, unit="share per day", within=(0, 1), doc="closeness that a couple loses each day",
        source="calibrated: couples stay about as close as they start (.85)",
    )
    drift_rate: float = param(
        0.0105, unit="per day", within=(0, 1), doc="chance that two people drift apart (never a couple)",
        source="calibrated: ties kept after a year",
    )
    drift_kept: float = param(
        0.4, unit="factor", within=(0, 1), doc="closeness left when they do", source="assumed"
    )


@compiled
def meet(
    contact: Any, closeness_change: Any, closeness: Any, similarity: Any, kind: Any, pair: Any, rules: Any,
    seed: int, day: int,
) -> int:
    """Contact brings two people closer, time apart takes away, and now and then friends drift apart.

    Writes what today's contact is worth; returns how many people are met.

    contact  (n_arcs,) closeness x (base + likeness) where there is contact, else 0
    """
    luck = key(seed, Decision.CONTACT, day, 0)
    n_met = 0
    for e in range(closeness.size):
        w = closeness[e]
        worth = w * (rules.similarity_base + similarity[e])
        meeting, drifting = halves(luck, pair[e])
        met = meeting < rules.rate * worth
        contact[e] = worth if met else 0.0
        n_met += met
        is_couple = kind[e] == PARTNER
        change = -(rules.partner_fading if is_couple else rules.fading) * w
        change += rules.gain * (1.0 - w) if met else 0.0
        apart = (drifting < rules.drift_rate) & (not is_couple)
        change += (rules.drift_kept - 1.0) * w if apart else 0.0
        closeness_change[e] += change
    return n_met
