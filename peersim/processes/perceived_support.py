"""Feeling supported grows with everyday company and with a good relationship, slowly, from each one's own level."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param


class PerceivedSupport(Parameters):
    """Where felt support comes to rest, and how fast."""

    rate: float = param(
        0.02, unit="per day", within=(0, 1), doc="how fast felt support follows", source="calibrated"
    )
    base: float = param(
        0.208, unit="perceived support", within=(0, 1), doc="felt support of who meets nobody",
        source="calibrated: mean felt support .36, with a smaller part that a partner adds",
    )
    company: float = param(
        0.36, unit="perceived support", within=(0, 1), doc="what a day full of contact adds", source="calibrated"
    )
    partner: float = param(
        0.225, unit="perceived support", within=(0, 2), doc="what a perfect relationship adds",
        source="calibrated: felt support has one hump; .43 made one of couples and one of singles",
    )
    partner_constant: float = param(
        0.0, unit="perceived support", within=(0, 1), doc="what having a partner adds, however it goes",
        source="assumed: 0 but when the couples mechanism is switched off",
    )


@compiled
def feel_supported(
    change: Any, support: Any, trait: Any, company: Any, satisfaction: Any, communication: Any,
    partner_communication: Any, partner: Any, rules: Any,
) -> None:
    """Felt support moves towards one's own level and what today's company and one's own relationship offer.

    A relationship offers own satisfaction x the couple's mean communication skill.
    """
    for i in range(change.size):
        rest = rules.base + trait[i] + rules.company * company[i]
        at_home = satisfaction[i] * 0.5 * (communication[i] + partner_communication[i])
        rest += rules.partner * at_home + rules.partner_constant if partner[i] >= 0 else 0.0
        change[i] += rules.rate * (rest - support[i])
