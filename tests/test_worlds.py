"""The helpers that other tests rely on: a world in another order is the same, and a newcomer touches nobody."""

import numpy as np

from tests.naive import start
from tests.naive.town import town_of
from tests.worlds import assert_same, on_small_worlds, permuted, random_scenario, with_newcomer


@on_small_worlds
def test_a_world_in_another_order_is_the_same(world, rules, luck):
    order = luck.permutation(world.n_people)
    moved = permuted(world, order)
    assert moved.people.number.tolist() == world.people.number[order].tolist()
    assert_same(town_of(moved), town_of(world))
    for name in ("offered", "accepted", "attended"):
        here, there = getattr(world.circles, name), getattr(moved.circles, name)
        assert np.array_equal(here[:, world.people.row_of], there[:, moved.people.row_of])


@on_small_worlds
def test_a_newcomer_is_drawn_like_anyone_and_knows_nobody(world, rules, luck):
    scenario = random_scenario(luck)
    larger = with_newcomer(world, scenario)
    grown = town_of(larger)
    newcomer = grown.people.pop(world.n_people)
    assert_same(grown, town_of(world))
    shared = start.draw_shared(scenario.population, world.seed, world.n_people)
    assert_same(newcomer, start.draw_person(scenario.population, shared, world.n_people, None, world.seed))
    assert larger.people.row_of[world.n_people] == world.n_people
    assert len(larger.ties.start) == world.n_people + 2
    assert not larger.circles.offered[:, -1].any()
