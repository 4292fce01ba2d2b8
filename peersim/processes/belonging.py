"""One belongs where one meets people and is not lonely."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param


class Belonging(Parameters):
    """Where belonging comes to rest, and how fast."""

    rate: float = param(0.02, unit="per day", within=(0, 1), doc="how fast belonging follows", source="calibrated")
    base: float = param(
        0.35, unit="belonging", within=(0, 1), doc="belonging of who is lonely and meets nobody", source="calibrated"
    )
    company: float = param(
        0.15, unit="belonging", within=(0, 1), doc="what a day full of contact adds", source="calibrated"
    )
    loneliness: float = param(
        0.2, unit="belonging per loneliness", within=(0, 1), doc="what not being lonely adds", source="calibrated"
    )


@compiled
def belong(change: Any, belonging: Any, company: Any, loneliness: Any, rules: Any) -> None:
    """Belonging moves towards what company and loneliness make of it."""
    for i in range(change.size):
        rest = rules.base + rules.company * company[i] + rules.loneliness * (1.0 - loneliness[i])
        change[i] += rules.rate * (rest - belonging[i])
