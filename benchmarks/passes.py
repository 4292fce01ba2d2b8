"""The passes that are also written in numpy and in C: everyday contact, the look around, and everyone's own states.

Every day they visit everyone and every tie; what is left out are the few who are struck, ask, quarrel, meet in circles
or make friends. Three ways to live them, from the same world, with the same luck.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.the_day import advanced, part_of_day
from peersim.draws import Decision, draw_key
from peersim.scenario import Scenario, rules_of
from peersim.world import World

MOVED = (
    "stress", "loneliness", "perceived_support", "belonging", "safety", "self_esteem", "optimism", "coping",
    "allostatic_load", "burden",
)  # fmt: skip
"""The states that they change."""
GROUPS = {
    "contact": ("contact.", "trust.", "apply(ties."),
    "neighbours": ("neighbours.", "couples.look_at_partner"),
    "states": (
        "appraisal.", "resilience.", "stress.", "perceived_support.", "loneliness.", "belonging.", "safety.", "wear.",
        *(f"apply(now.{state}" for state in MOVED),
    ),
}  # fmt: skip
"""How the calls of each group begin in peersim/day.py."""
DRAWN = (Decision.CONTACT, Decision.STRESS_NOISE, Decision.LONELINESS_NOISE)
TOLERANCE = 2e-5
"""Single precision, and sums in another order, over a day."""
FLIPPED = 1e-4
"""Share of values that may differ by more: a draw so near its chance that rounding decides."""

State = dict[str, Any]
Live = Callable[[World, Scenario, int], None]


def own_way(groups: tuple[str, ...]) -> Live:
    """How peersim lives the passes: the day's own source with nothing else in it."""
    advance = part_of_day(tuple(name for group in groups for name in GROUPS[group]))

    def live(world: World, scenario: Scenario, n_days: int) -> None:
        advanced(advance, world, scenario, n_days)

    return live


def keys(world: World, n_days: int) -> np.ndarray[Any, np.dtype[np.uint64]]:
    """The key of each draw of these passes, (n_days, 3)."""
    days = range(world.day, world.day + n_days)
    return np.array([[draw_key(world.seed, decision, day) for decision in DRAWN] for day in days], np.uint64)


def numbers(scenario: Scenario) -> dict[str, float]:
    """The scenario's numbers that these passes read, by names of their own."""
    rules = rules_of(scenario)
    every_day = {
        "stress_level": rules.population.stress_level,
        "loneliness_level": rules.population.loneliness_level,
        "belonging_level": rules.population.belonging_level,
        "contact_rate": rules.contact.rate,
        "trust_rate": rules.trust.rate,
        "full_contact": rules.neighbours.full_contact,
        "rest": rules.wear.rest,
        "rested_burden": rules.wear.rested_burden,
        "wear_gain": rules.wear.gain,
        "wear_high_stress": rules.wear.high_stress,
        "wear_recovery": rules.wear.recovery,
    }
    for table in ("appraisal", "resilience"):
        every_day |= getattr(rules, table)._asdict()
    for name in ("similarity_base", "fading", "partner_fading", "gain", "drift_rate", "drift_kept"):
        every_day[name] = getattr(rules.contact, name)
    for table, prefix in (("stress", "stress"), ("loneliness", "loneliness"), ("belonging", "belonging"),
                          ("safety", "safety"), ("perceived_support", "support")):  # fmt: skip
        every_day |= {f"{prefix}_{name}": value for name, value in getattr(rules, table)._asdict().items()}
    every_day["recovery"] = every_day.pop("stress_recovery")
    every_day["recovery_resilience"] = every_day.pop("stress_recovery_resilience")
    return every_day


def states(world: World) -> State:
    """What the passes changed."""
    now = {name: getattr(world.people.now, name) for name in MOVED}
    return now | {"closeness": world.ties.closeness, "trust": world.ties.trust}


def check_agreement(who: str, found: State, expected: State) -> None:
    """Raise ValueError if what was lived another way is not what peersim lives."""
    for name, value in expected.items():
        off = np.abs(np.asarray(found[name], np.float64) - value) > TOLERANCE
        if off.mean() > FLIPPED:
            raise ValueError(
                f"{who} and peersim differ in {name}, by more than {TOLERANCE} in {off.mean():.2%} of the values: "
                "the rules or draws of peersim changed since benchmarks/ was written"
            )
