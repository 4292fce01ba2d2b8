"""Demands are appraised against resources: resilience and support make a strain less of a threat.

After Lazarus and Folkman's transactional theory. Support matters more under strain, after Cohen and Wills' buffering
effect; its plain effect on stress stands in stress.py.
"""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param
from peersim.smooth import exponential


class Appraisal(Parameters):
    """How resources turn strain into threat."""

    resilience_buffer: float = param(
        0.8, unit="per resilience", within=(0, 10), doc="bR: how far resilience lowers threat", source="assumed"
    )
    support_buffer: float = param(
        1.0, unit="per perceived support", within=(0, 10), doc="bW: how far felt support lowers threat (buffering)",
        source="assumed",
    )
    wear: float = param(
        0.6, unit="per allostatic load", within=(0, 10), doc="kA: how far long stress sensitises", source="assumed"
    )
    resilience_mean: float = param(
        0.68, unit="resilience", within=(0, 1), doc="Rbar: resilience at which strain counts as it is",
        source="calibrated: mean of burn-in .686, of day 0 .682, of the year after .678; .67 was not within .01 of it",
    )
    support_mean: float = param(
        0.36, unit="perceived support", within=(0, 1), doc="Wbar: felt support at which strain counts as it is",
        source="calibrated: mean of burn-in .368, of day 0 .358, of the year after .359; .355 was not within .01 of it",
    )


@compiled
def appraise(threat: Any, load: Any, chronic: Any, resilience: Any, support: Any, wear: Any, rules: Any) -> None:
    """Threat is all strain, less with resilience and felt support, more after long stress."""
    for i in range(threat.size):
        demand = load[0, i] + load[1, i] + load[2, i] + load[3, i] + load[4, i]
        demand += chronic[0, i] + chronic[1, i] + chronic[2, i] + chronic[3, i] + chronic[4, i]
        threat[i] = demand * exponential(
            rules.wear * wear[i]
            - rules.resilience_buffer * (resilience[i] - rules.resilience_mean)
            - rules.support_buffer * (support[i] - rules.support_mean)
        )
