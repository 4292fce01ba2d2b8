"""A year of everyday life, with nothing offered to anybody: what all quantities but effects are measured of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from peersim.analysis.arms import OUTCOME_ROW, Arm, Past, live_arm, live_past
from peersim.networks.network import Network
from peersim.people import Floats
from peersim.scenario import Scenario
from peersim.world import World, build_world

DAYS = 365
MOMENTS = ("build", "day_0", "day_365")
"""The mornings on which a community is looked at: before its burn-in, and before and after the year."""
FIRST, EARLIER, LAST = _EVENINGS = 0, DAYS - 61, DAYS - 1
"""The evenings on which people are asked: the first, the one 60 days before the last, and the last."""


@dataclass(frozen=True)
class Year:
    """One community over one year.

    past       where it comes from
    world      by moment, see MOMENTS
    everyday   that year as an arm; its windows are three evenings, then those asked for
    """

    scenario: Scenario
    seed: int
    past: Past
    world: dict[str, World]
    everyday: Arm

    def evening(self, outcome: str, day: int = LAST) -> Floats:
        """What people say of an outcome on one evening, (n_people,)."""
        value: Floats = self.everyday.value[_EVENINGS.index(day), OUTCOME_ROW[outcome]]
        return value

    def over(self, window: int, outcome: str) -> Floats:
        """Each person's mean over one of the windows asked for, (n_people,)."""
        value: Floats = self.everyday.value[len(_EVENINGS) + window, OUTCOME_ROW[outcome]]
        return value


def live_year(scenario: Scenario, seed: int, network: Network | None, windows: Sequence[tuple[int, int]]) -> Year:
    """Build a community, let it settle, and let it live a year.

    scenario  without programmes or switches, and of DAYS days
    windows   first day and day after the last of those over which programmes will be contrasted with this year
    """
    built = build_world(scenario, seed, network)
    past = live_past(built.copy(), scenario)
    after = past.world.copy()
    evenings = [(day, day + 1) for day in _EVENINGS]
    everyday = live_arm(after, past, scenario, [*evenings, *windows])
    return Year(scenario, seed, past, dict(zip(MOMENTS, (built, past.world, after), strict=True)), everyday)
