"""Ties live on contact: meeting brings two people closer, time without it lets them drift, and some break off."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.draws import Decision, key, uniform
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
def meet(contact: Any, closeness: Any, similarity: Any, pair: Any, rules: Any, seed: int, day: int) -> int:
    """Which ties are in contact today, and what that contact is worth; returns how many people are met.

    contact  (n_arcs,) closeness x (base + likeness) where there is contact, else 0
    """
    luck = key(seed, Decision.CONTACT, day, 0)
    n_met = 0
    for e in range(contact.size):
        worth = closeness[e] * (rules.similarity_base + similarity[e])
        met = uniform(luck, pair[e]) < rules.rate * worth
        contact[e] = worth if met else 0.0
        n_met += met
    return n_met


@compiled
def grow_and_fade(
    closeness_change: Any, closeness: Any, contact: Any, kind: Any, pair: Any, rules: Any, seed: int, day: int
) -> None:
    """Contact brings closer, time apart takes away, and now and then two friends drift apart."""
    luck = key(seed, Decision.DRIFT_APART, day, 0)
    for e in range(closeness.size):
        w = closeness[e]
        is_couple = kind[e] == PARTNER
        change = -(rules.partner_fading if is_couple else rules.fading) * w
        change += rules.gain * (1.0 - w) if contact[e] > 0.0 else 0.0
        apart = (uniform(luck, pair[e]) < rules.drift_rate) & (not is_couple)
        change += (rules.drift_kept - 1.0) * w if apart else 0.0
        closeness_change[e] += change
