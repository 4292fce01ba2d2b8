"""Trust follows closeness, slowly."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param


class Trust(Parameters):
    """How fast trust follows closeness."""

    rate: float = param(0.003, unit="per day", within=(0, 1), doc="how fast trust follows", source="calibrated")


@compiled
def follow_closeness(change: Any, trust: Any, closeness: Any, rules: Any) -> None:
    """Trust moves part of the way to closeness."""
    for e in range(trust.size):
        change[e] += rules.rate * (closeness[e] - trust[e])
