"""What helping does to the helper: it costs strength, and helping well lifts (helper therapy, after Riessman)."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param


class Giving(Parameters):
    """What one exchange changes in the person who helps."""

    burden: float = param(
        0.06, unit="burden", within=(0, 1), doc="burden of helping, at the other's stress plus `burden_base`",
        source="assumed",
    )
    burden_base: float = param(
        0.5, unit="stress", within=(0, 2), doc="what helping costs however calm the other is", source="assumed"
    )
    stress: float = param(
        0.006, unit="stress per stress", within=(0, 1), doc="stress caught from the other", source="assumed"
    )
    self_esteem: float = param(
        0.006, unit="self-esteem", within=(0, 1), doc="confidence that helping well gives", source="assumed"
    )
    belonging: float = param(
        0.01, unit="belonging", within=(0, 1), doc="belonging that helping well gives", source="assumed"
    )


@compiled
def give(requests: Any, n: int, now: Any, change: Any, rules: Any) -> None:
    """Each accepted request burdens the helper; one that was what was wanted also lifts."""
    for r in range(n):
        if not requests.accepted[r]:
            continue
        i, j = requests.seeker[r], requests.provider[r]
        change.burden[j] += rules.burden * (rules.burden_base + now.stress[i])
        change.stress[j] += rules.stress * now.stress[i]
        if requests.given[r] == requests.wanted[r]:
            change.self_esteem[j] += rules.self_esteem
            change.belonging[j] += rules.belonging
