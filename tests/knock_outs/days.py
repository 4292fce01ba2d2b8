"""One busy day, with a mechanism and without it: every mechanism is at work, and every preset is running."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from peersim.programmes.composition import COMPOSITIONS, COUPLES
from peersim.programmes.programme import PRESETS
from peersim.scenario import Scenario
from peersim.simulate import live, settled_world
from peersim.trace import CAUSES, TALLIES, new_trace
from peersim.world import World
from tests.communities import EVERYONE, scenario_of

AGAIN = 14
"""The day on which every programme is held anew; ties are looked through as well."""
LATER = 21
"""A day on which ties are looked through and no programme starts."""
FOR_SOME = {**EVERYONE, "uptake": 0.3}
"""A programme for everyone who cares to come: nobody is in all of them, and many are in none today."""
PROGRAMMES = [
    *({"kind": kind, "start": start, **FOR_SOME} for start in (0, AGAIN) for kind in PRESETS),
    *({"composition": c, "start": AGAIN, **FOR_SOME} for c in COMPOSITIONS if c != COUPLES),
]
"""Every preset, from day 0 and once more, and once more in every composition."""
OFTEN = {"seeking": {"rate": 0.6}, "co_rumination": {"rate": 1.0}, "couples": {"conflict_rate": 0.1}}
"""Many ask for help, comfort often turns into rehashing, and many couples fall out: a day has some of everything."""


class Day(NamedTuple):
    """What came of a day.

    world   on the morning after
    tally   what happened how often, by name
    ledger  what changed each person's stress, by cause: (n_people,) arrays
    """

    world: World
    tally: dict[str, int]
    ledger: dict[str, Any]


def busy(*off: str, programmes: Any = PROGRAMMES, **tables: Any) -> Scenario:
    """A scenario in which much happens, with some mechanisms switched off."""
    return scenario_of(1000, 60, programmes, switches=dict.fromkeys(off, False), **OFTEN | tables)


@cache
def busy_morning(*off: str, day: int = AGAIN, seed: int = 3) -> World:
    """A morning of a busy community that has lived without these mechanisms from the start; not to be changed."""
    return days_later(busy(*off), day, seed)


def days_later(scenario: Scenario, n_days: int, seed: int = 3) -> World:
    """A settled world, so many days later."""
    world = settled_world(scenario, seed)
    live(world, scenario, n_days)
    return world


def a_day(morning: World, scenario: Scenario, n_days: int = 1) -> Day:
    """A day (or some) from this morning on; the morning stays as it is."""
    world = morning.copy()
    trace = new_trace(world.day, n_days, world.n_people, ledger=True)
    live(world, scenario, n_days, trace)
    tally = dict(zip(TALLIES, trace.tally.sum(axis=0).tolist(), strict=True))
    return Day(world, tally, dict(zip(CAUSES, trace.ledger, strict=True)))
