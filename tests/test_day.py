"""A whole day of the model equals a naive day, put together from the plain twins in the order of the specification."""

from collections import Counter

import numpy as np
import pytest

from peersim.outcomes import OUTCOMES
from peersim.programmes.programme import Programme
from peersim.scenario import Scenario, rules_of
from peersim.simulate import live, settled_world
from peersim.trace import TALLIES, new_trace
from peersim.world import build_world
from tests.naive import day as naive
from tests.naive.outcomes import describe, measure
from tests.naive.town import town_of
from tests.worlds import assert_same, permuted

FIRST, DAYS, SEEDS = -2, 12, (1, 2, 3)
ELIGIBLE = (lambda person: person.stress >= 0.3, lambda person: person.stress >= 0.2)


def lively():
    """Twenty people to whom a lot happens, with a support group and a friend circle among them."""
    groups = (
        Programme(kind="support_group", start=0, every=3, size=5, uptake=1.0, eligibility="stress >= 0.3"),
        Programme(kind="friend_circle", start=1, every=2, size=4, uptake=0.9, eligibility="stress >= 0.2"),
    )
    usual = Scenario()

    def changed(table, **numbers):
        return {table: getattr(usual, table).model_copy(update=numbers)}

    return usual.model_copy(
        update=changed("population", people=20)
        | changed("stressors", event_rate=60.0)
        | changed("seeking", rate=0.9)
        | changed("capacity", rested=1.0)
        | changed("co_rumination", rate=1.0)
        | changed("contact", drift_rate=0.1)
        | changed("couples", conflict_rate=0.3)
        | changed("new_ties", rate=0.14, friends_share=0.6)
        | {"programmes": groups}
    )


def lived_twice(seed):
    """The same days in a compiled and in a naive world; returns both worlds, the trace and the naive counts."""
    scenario = lively()
    world = build_world(scenario, seed)
    world.day = FIRST
    world = permuted(world, np.random.default_rng(seed).permutation(world.n_people))
    town, trace = town_of(world), new_trace(FIRST, DAYS, world.n_people, record_every=1)
    live(world, scenario, DAYS, trace)
    counts = naive.live(town, scenario, rules_of(scenario), ELIGIBLE, seed, FIRST, DAYS)
    return world, town, trace, counts


@pytest.mark.parametrize("seed", SEEDS)
def test_life_is_the_plain_rules_one_after_the_other(seed):
    """Person by person, tie by tie, circle by circle; rows are shuffled, so that only numbers can matter.

    Errors of 1e-11 may grow a little over twelve days, and 1e-9 leaves room for that; decisions are equal.
    """
    world, town, trace, counts = lived_twice(seed)
    assert_same(town_of(world), town)
    assert world.circles.attended.sum() == sum(count["attended"] for count in counts)
    for tally, count in zip(trace.tally.tolist(), counts, strict=True):
        assert dict(zip(TALLIES, tally, strict=True)) == {name: count[name] for name in TALLIES}
    measured = measure(town, rules_of(lively()))
    for k, outcome in enumerate(OUTCOMES):
        counted = [i for i, person in town.people.items() if not outcome.couples_only or person.partner is not None]
        last = describe([measured[i][outcome.name] for i in counted])
        assert_same([trace.mean[-1, k].item(), trace.sd[-1, k].item()], list(last), outcome.name)


def test_everything_happens_in_these_days():
    """What does not happen is not compared."""
    total, slots = Counter(), set()
    for seed in SEEDS:
        _, town, _, counts = lived_twice(seed)
        for count in counts:
            total.update(count)
        slots |= {circle.slot for circle in town.circles if circle.held}
    assert all(total[name] > 0 for name in (*TALLIES, "attended")), total
    assert slots == {0, 1}


def test_support_is_counted_from_day_0():
    """What people received while the community settled is no outcome of any programme."""
    scenario = lively()
    run = scenario.run.model_copy(update={"burn_in": DAYS})
    assert settled_world(scenario.model_copy(update={"run": run}), 1).people.received.sum() == 0
