"""The start: people, couples, foci and first ties are drawn as the plain formulas say."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from peersim.networks.foci import distinct, with_more
from peersim.population import draw_shared_traits
from peersim.scenario import Scenario
from peersim.world import build_world
from tests.reference.start import draw_shared, first_morning
from tests.reference.telling import assert_same, told_of_agents, told_of_people
from tests.worlds import random_scenario, random_table, small


def assert_starts_as_it_should(scenario, seed):
    world = build_world(scenario, seed)
    assert_same(told_of_people(world), told_of_agents(first_morning(scenario, seed)))
    assert world.day == -scenario.run.burn_in
    return world


@small
@given(n=st.integers(2, 40), seed=st.integers(0, 2**32))
def test_a_world_of_drawn_numbers_starts_as_the_formulas_say(n, seed):
    assert_starts_as_it_should(random_scenario(np.random.default_rng(seed), n=n), seed)


@small
@given(seed=st.integers(0, 2**62))
def test_a_default_world_starts_as_the_formulas_say(seed):
    """Larger worlds, so that each focus, special need and culture occurs."""
    assert_starts_as_it_should(Scenario(population=Scenario().population.model_copy(update={"people": 60})), seed)


@small
@given(seed=st.integers(0, 2**32))
def test_without_couples_everyone_is_single(seed):
    scenario = random_scenario(np.random.default_rng(seed))
    population = scenario.population.model_copy(update={"partners": "none"})
    world = build_world(scenario.model_copy(update={"population": population}), seed)
    expected = first_morning(
        scenario.model_copy(update={"population": population.model_copy(update={"partnered_share": 0.0})}), seed
    )
    assert_same(told_of_people(world), told_of_agents(expected))


@small
@given(some=st.lists(st.integers(0, 60)), more=st.lists(st.integers(0, 60)))
def test_couples_join_friends_as_one_list(some, more):
    """Ascending, each once; and those who were friends already are not counted as added."""
    pairs, added = (np.array(each, np.uint64) for each in (some, more))
    found, n_added = with_more(distinct(pairs), distinct(added))
    assert found.tolist() == sorted({*some, *more})
    assert n_added == len({*more} - {*some})


@small
@given(n=st.integers(2, 40), seed=st.integers(0, 2**32))
def test_what_a_file_says_of_people_goes_before_what_is_drawn(n, seed):
    luck = np.random.default_rng(seed)
    population, number = random_table(luck, type(Scenario().population), people=n), np.arange(n, dtype=np.uint32)
    silent = luck.random((3, n)) < 0.3
    known = {
        "age": np.where(silent[0], np.nan, luck.random(n)),
        "group": np.where(silent[1], -1, luck.integers(0, 9, n)),
        "sex": np.where(silent[2], np.nan, luck.integers(0, 2, n)),
    }
    found = draw_shared_traits(population, seed, number, known)
    for i in range(n):
        person = draw_shared(population, seed, i)
        assert found.age[i] == (person.age if silent[0, i] else known["age"][i])
        assert found.culture[i] == (person.culture if silent[1, i] else known["group"][i])
        first = person.interests[0] if silent[2, i] else 2 * known["sex"][i] - 1
        assert_same(found.interests[:, i].tolist(), [first, *person.interests[1:]])
