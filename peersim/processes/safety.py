"""It feels safer to speak where one feels supported (psychological safety, after Edmondson)."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param


class Safety(Parameters):
    """Where safety comes to rest, and how fast."""

    rate: float = param(0.01, unit="per day", within=(0, 1), doc="how fast safety follows", source="calibrated")
    support: float = param(
        0.2, unit="safety per perceived support", within=(0, 5), doc="how far felt support makes it safe",
        source="calibrated",
    )


@compiled
def feel_safe(change: Any, safety: Any, trait: Any, support: Any, support_mean: float, rules: Any) -> None:
    """Safety moves towards the person's own level and what felt support adds."""
    for i in range(change.size):
        change[i] += rules.rate * (trait[i] + rules.support * (support[i] - support_mean) - safety[i])
