"""The five domains of life that strain comes from, and the three kinds of support that meet it."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled

DOMAINS = ("financial", "health", "family", "career", "relational")
FINANCIAL, HEALTH, FAMILY, CAREER, RELATIONAL = range(5)
N_STRUCK = 4
"""Events strike in the first four domains; relational strain comes from conflict."""

SUPPORT = ("emotional", "informational", "instrumental")
EMOTIONAL, INFORMATIONAL, INSTRUMENTAL = range(3)


@compiled
def worst_domain(load: Any, chronic: Any, i: int) -> int:
    """The domain in which person i bears most, load and chronic strain together; the first of equals."""
    worst, most = 0, -1.0
    for k in range(5):
        strain = load[k, i] + chronic[k, i]
        if strain > most:
            worst, most = k, strain
    return worst
