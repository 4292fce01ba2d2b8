"""What is measured and recorded is what the definitions say."""

import math

import numpy as np

from peersim.outcomes import NAMES, measure
from peersim.trace import describe
from tests.naive import outcomes as naive
from tests.naive import strain
from tests.naive.town import town_of
from tests.worlds import assert_same, in_rows, on_small_worlds


@on_small_worlds
def test_outcomes_are_states_in_the_points_of_their_instruments(world, rules):
    town, out = town_of(world), np.empty((len(NAMES), world.n_people))
    resilient = in_rows(world, strain.resilience(town, rules))
    measure(out, world.people.now, resilient, world.people.received, world.ties)
    expected = naive.measure(town, rules)
    for row, number in enumerate(world.people.number):
        assert_same(dict(zip(NAMES, out[:, row].tolist(), strict=True)), expected[int(number)])


@on_small_worlds
def test_a_mean_is_over_everyone_or_over_couples(world, rules, luck):
    partner, row_of = world.people.traits.partner, world.people.row_of
    value = luck.normal(20, 5, world.n_people)
    everyone = describe(value, partner, row_of, False)
    coupled = describe(value, partner, row_of, True)
    assert_same(everyone, naive.describe(value.tolist()))
    assert_same(coupled, naive.describe(value[partner >= 0].tolist()))
    nobody = describe(value, np.full_like(partner, -1), row_of, True)
    assert all(math.isnan(number) for number in nobody)
    assert describe(np.ones(world.n_people), partner, row_of, False) == (1.0, 0.0)
