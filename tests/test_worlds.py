"""The helpers that other tests rely on: a world in another order is the same, and a newcomer touches nobody."""

import numpy as np

from peersim.world import build_world
from tests.communities import scenario_of
from tests.reference.model import ReferenceModel
from tests.reference.start import draw_person, draw_shared
from tests.reference.telling import assert_same, told_of_agents, told_of_people, told_of_world
from tests.worlds import on_small_worlds, permuted, random_scenario, with_newcomer


@on_small_worlds
def test_a_world_in_another_order_is_the_same(world, rules, luck):
    order = luck.permutation(world.n_people)
    moved = permuted(world, order)
    assert moved.people.number.tolist() == world.people.number[order].tolist()
    assert told_of_world(moved) == told_of_world(world)


@on_small_worlds
def test_a_newcomer_is_drawn_like_anyone_and_knows_nobody(world, rules, luck):
    scenario = random_scenario(luck)
    larger = with_newcomer(world, scenario)
    told = told_of_people(larger)
    newcomer = {name: {world.n_people: of.pop(world.n_people)} for name, of in told.items() if world.n_people in of}
    assert told == told_of_people(world)
    alone = ReferenceModel(scenario, scenario.switches, (), world.seed, world.day, n_founders=0)
    shared = draw_shared(scenario.population, world.seed, world.n_people)
    alone.people[world.n_people] = draw_person(alone, shared, world.n_people, None)
    assert_same(newcomer, {name: of for name, of in told_of_agents(alone).items() if of})
    assert larger.people.row_of[world.n_people] == world.n_people
    assert len(larger.ties.start) == world.n_people + 2
    assert not larger.circles.offered[:, -1].any()


def test_ties_are_a_view_of_the_arcs():
    """Whatever is written to the ties is written to the world; the room behind them is not shown."""
    world = build_world(scenario_of(60), 1)
    ties, arcs = world.ties, world.arcs
    assert len(ties.other) == arcs.start[-1] < len(arcs.other)
    for shown, held in zip(ties, arcs, strict=True):
        assert np.shares_memory(shown, held)
    world.ties.closeness[:] = 0.25
    assert (arcs.closeness[: arcs.start[-1]] == 0.25).all()
