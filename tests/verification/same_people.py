"""What a change does to the same people under the same luck: means of outcomes, and which way they move."""

from functools import cache

import numpy as np

from peersim.outcomes import NAMES
from peersim.simulate import live, settled_world
from peersim.trace import TALLIES, new_trace
from tests.communities import EVERYONE, scenario_of

PEOPLE, BURN_IN, SEEDS = 400, 60, (1, 2, 3)


def means(scenario, n_days, window, *, at_start=None, seeds=SEEDS):
    """What becomes of a community in so many days: (n_seeds,) by name.

    Outcomes are means over everyone and over the last `window` days; `load`, summed strain, is that of the last
    evening; what the trace counts, as `contacts`, is counted over all days.
    at_start  may change the world on the morning of day 0
    """
    found = []
    for seed in seeds:
        world = settled_world(scenario, seed)
        if at_start is not None:
            at_start(world)
        trace = new_trace(world.day, n_days, world.n_people, windows=[(n_days - window, n_days)])
        live(world, scenario, n_days, trace)
        outcomes = trace.window[0].mean(axis=1) / window
        found.append([*outcomes, *trace.tally.sum(axis=0), world.people.load.sum(axis=0).mean()])
    return dict(zip((*NAMES, *TALLIES, "load"), np.array(found).T, strict=True))


def assert_moves(direction, less, more):
    """`more` is higher (direction 1) or lower (-1) than `less` by two standard errors of the pairs."""
    gap = direction * (more - less)
    assert gap.mean() > 2 * gap.std(ddof=1) / gap.size**0.5, f"moved by {direction * gap}"


@cache
def everyday(*numbers):
    """A community without programmes, the last 30 of 120 days; numbers as ("table.name", value)."""
    return means(scenario_of(PEOPLE, BURN_IN, **tables_of(numbers)), 120, 30)


def tables_of(numbers):
    """Numbers named as on the command line, as tables."""
    tables = {}
    for path, value in numbers:
        table, name = path.split(".")
        tables.setdefault(table, {})[name] = value
    return tables


@cache
def with_programme(**numbers):
    """A programme for everyone, a support group where nothing else is said: means of its last 7 days."""
    programme = {**EVERYONE, **numbers}
    return means(scenario_of(PEOPLE, BURN_IN, [programme]), 7 * numbers.get("weeks", 10), 7)


@cache
def without_programme(n_days=70):
    """The same people without it, on the same days."""
    return means(scenario_of(PEOPLE, BURN_IN), n_days, 7)
