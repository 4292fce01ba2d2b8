"""What is measured and recorded is what the definitions say."""

import math

import numpy as np

from peersim.outcomes import NAMES, measure
from peersim.scenario import Scenario
from peersim.simulate import live, settled_world
from peersim.trace import describe
from peersim.world import build_world
from tests.reference import outcomes as plain
from tests.reference.reading import model_of
from tests.reference.telling import assert_same
from tests.worlds import in_rows, on_small_worlds


@on_small_worlds
def test_outcomes_are_states_in_the_points_of_their_instruments(world, rules):
    people, out = model_of(world, rules).people, np.empty((len(NAMES), world.n_people))
    resilient = in_rows(world, {i: person.resilience for i, person in people.items()})
    measure(out, world.people.now, resilient, world.people.received, world.ties)
    for row, number in enumerate(world.people.number):
        assert_same(dict(zip(NAMES, out[:, row].tolist(), strict=True)), plain.outcomes(people[int(number)]))


@on_small_worlds
def test_a_mean_is_over_everyone_or_over_couples(world, rules, luck):
    partner, row_of = world.people.traits.partner, world.people.row_of
    value = luck.normal(20, 5, world.n_people)
    everyone = describe(value, partner, row_of, False)
    coupled = describe(value, partner, row_of, True)
    assert_same(everyone, plain.describe(value.tolist()))
    assert_same(coupled, plain.describe(value[partner >= 0].tolist()))
    nobody = describe(value, np.full_like(partner, -1), row_of, True)
    assert all(math.isnan(number) for number in nobody)
    assert describe(np.ones(world.n_people), partner, row_of, False) == (1.0, 0.0)


def test_support_is_counted_from_day_0():
    """What people received while the community settled is no outcome of any programme."""
    tables = {"population": {"people": 200}, "run": {"burn_in": 12}, "seeking": {"rate": 0.9}}
    scenario = Scenario.model_validate(tables)
    world = build_world(scenario, 1)
    live(world, scenario, 12)
    assert world.people.received.sum() > 0
    assert settled_world(scenario, 1).people.received.sum() == 0
