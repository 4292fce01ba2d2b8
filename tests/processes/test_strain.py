"""Stressors and appraisal: the compiled processes do to each person what the plain rule says."""

import numpy as np

from peersim.processes import appraisal, resilience, stressors
from tests.naive import strain
from tests.naive.town import town_of
from tests.worlds import assert_same, in_rows, on_small_worlds


@on_small_worlds
def test_events_strike_both_partners_and_are_counted_once(world, rules):
    """A hundred events a year, so that every branch is taken."""
    rules = rules._replace(stressors=rules.stressors._replace(event_rate=100.0))
    town, people, traits = town_of(world), world.people, world.people.traits
    n_events = stressors.strike(
        people.load_change, np.empty(world.n_people), traits.hardship, traits.partner, people.number, people.row_of,
        rules.stressors, world.seed, world.day,
    )  # fmt: skip
    assert n_events == strain.strike(town, rules, world.seed, world.day)
    assert_same(town_of(world), town)


@on_small_worlds
def test_strain_wears_off(world, rules):
    town = town_of(world)
    stressors.wear_off(world.people.load_change, world.people.load, world.people.now.coping, rules.stressors)
    strain.wear_off(town, rules)
    assert_same(town_of(world), town)


@on_small_worlds
def test_what_one_has_been_through_is_remembered(world, rules):
    town = town_of(world)
    stressors.remember(world.people.lived, world.people.load, world.people.traits.chronic, rules.seeking.memory)
    strain.remember(town, rules)
    assert_same(town_of(world), town)


@on_small_worlds
def test_threat_is_strain_weighed_against_resources(world, rules):
    town, now, threat = town_of(world), world.people.now, np.empty(world.n_people)
    resilient = np.empty(world.n_people)
    resilience.derive_resilience(resilient, now.self_esteem, now.optimism, now.coping, rules.resilience)
    expected = strain.resilience(town, rules)
    assert_same(resilient.tolist(), in_rows(world, expected).tolist())
    appraisal.appraise(
        threat, world.people.load, world.people.traits.chronic, resilient, now.perceived_support,
        now.allostatic_load, rules.appraisal,
    )  # fmt: skip
    assert_same(threat.tolist(), in_rows(world, strain.threat(town, expected, rules)).tolist())
    assert_same(town_of(world), town)
