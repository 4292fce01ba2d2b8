"""What lasts: long stress wears (allostatic load, after McEwen), and the burden of helping passes with rest."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param


class Wear(Parameters):
    """How allostatic load builds and passes, and how helpers rest."""

    gain: float = param(
        0.01, unit="per day and stress", within=(0, 1), doc="allostatic load that high stress leaves",
        source="calibrated",
    )
    high_stress: float = param(
        0.5, unit="stress", within=(0, 1), doc="stress above which it leaves some", source="calibrated"
    )
    recovery: float = param(
        0.004, unit="per day", within=(0, 1), doc="how fast allostatic load passes", source="calibrated"
    )
    rest: float = param(
        0.05, unit="per day", within=(0, 1), doc="how fast the burden of helping passes", source="calibrated"
    )
    rested_burden: float = param(
        0.05, unit="burden", within=(0, 1), doc="burden of a rested person", source="calibrated"
    )


@compiled
def wear_down(change: Any, allostatic_load: Any, stress: Any, rules: Any) -> None:
    """High stress leaves allostatic load, which passes slowly."""
    for i in range(change.size):
        change[i] += rules.gain * max(0.0, stress[i] - rules.high_stress) - rules.recovery * allostatic_load[i]


@compiled
def rest(change: Any, burden: Any, rules: Any) -> None:
    """Burden moves part of the way to that of a rested person."""
    for i in range(change.size):
        change[i] -= rules.rest * (burden[i] - rules.rested_burden)
