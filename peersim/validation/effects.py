"""What a band can say of a programme: how much better or worse off people are than without it, in standard deviations.

    effect.support_group.stress                          d of those offered, mean of the programme's last 7 days
    effect.support_group.stress.attended                 of those who came; or not_offered, everyone
    effect.support_group.stress.offered.90_days_after    seven days that end so many days after the programme

An arm is a bundled scenario with a programme, by its name, or one that a file of bands makes of it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from peersim.analysis.arms import OUTCOME_ROW, WINDOW_DAYS, Arm, populations_of
from peersim.analysis.contrasts import SeedDifference, difference_of
from peersim.outcomes import NAMES, OUTCOMES
from peersim.programmes.programme import Programme
from peersim.validation.year import Year

EFFECTS = "What programmes do (d, of the people offered, at the end)"
RATIOS = "One effect against another (ratio of two d)"
POPULATIONS = ("offered", "attended", "not_offered", "everyone")
Arms = Mapping[str, tuple[Programme, ...]]
"""The programmes of each arm, by its name."""

_LATER = re.compile(r"([1-9]\d{0,3})_days_after")
_FOR_COUPLES = {outcome.name for outcome in OUTCOMES if outcome.couples_only}


@dataclass(frozen=True)
class Effect:
    """One difference between an arm and everyday life. days_after  its end; 0 for the end itself."""

    arm: str
    outcome: str
    population: str
    days_after: int

    @property
    def label(self) -> str:
        """Its name in tables and figures."""
        who = "" if self.population == "offered" else f" ({self.population})"
        later = f" {self.days_after} days later" if self.days_after else ""
        return f"{self.arm}: {self.outcome}{who}{later}".replace("_", " ")

    def window(self, arms: Arms) -> tuple[int, int]:
        """The evenings over which it is measured, first and day after the last."""
        end = max(programme.end for programme in arms[self.arm]) + self.days_after
        return end - WINDOW_DAYS, end


def effect_named(name: str, arms: Collection[str]) -> Effect | None:
    """The effect that this name means; None where it means none."""
    kind, *parts = name.split(".")
    if kind != "effect" or not 2 <= len(parts) <= 4 or parts[0] not in arms or parts[1] not in NAMES:
        return None
    population = parts[2] if len(parts) > 2 else "offered"
    later = _LATER.fullmatch(parts[3]) if len(parts) > 3 else None
    if population not in POPULATIONS or (len(parts) > 3 and later is None):
        return None
    return Effect(parts[0], parts[1], population, int(later[1]) if later else 0)


def effect_names(arms: Collection[str]) -> Iterator[str]:
    """The names of all effects at the end of a programme, on those offered."""
    yield from (f"effect.{arm}.{outcome}" for arm in arms for outcome in NAMES)


def effect_of_one_seed(effect: Effect, arm: Arm, arm_window: int, year: Year, year_window: int) -> SeedDifference:
    """What one seed says of it, as `compare` would.

    arm_window, year_window  which of the windows of each it is measured over
    """
    nobody = np.zeros_like(arm.offered)
    who = populations_of(arm, year.everyday)[effect.population] if arm.offered.any() else nobody
    meant = who & arm.partnered if effect.outcome in _FOR_COUPLES else who
    return difference_of(
        arm.value[arm_window, OUTCOME_ROW[effect.outcome]], year.over(year_window, effect.outcome), meant
    )
