"""Stressors and appraisal: the compiled processes do to each person what the plain rule says."""

import numpy as np

from peersim.processes import appraisal, resilience, stressors
from tests.reference.reading import model_of
from tests.reference.telling import assert_same, told_of_agents, told_of_people
from tests.worlds import in_rows, on_small_worlds


@on_small_worlds
def test_events_strike_both_partners_and_are_counted_once(world, rules):
    """A hundred events a year, so that every branch is taken."""
    rules = rules._replace(stressors=rules.stressors._replace(event_rate=100.0))
    model, people, traits = model_of(world, rules), world.people, world.people.traits
    n_events = stressors.strike(
        people.load_change, np.empty(world.n_people), traits.hardship, traits.partner, people.number, people.row_of,
        rules.stressors, world.seed, world.day,
    )  # fmt: skip
    model.agents.do("meet_stressors")
    assert n_events == model.count["events"]
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_strain_wears_off(world, rules):
    model = model_of(world, rules)
    stressors.wear_off(world.people.load_change, world.people.load, world.people.now.coping, rules.stressors)
    model.agents.do("wear_off_load")
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_what_one_has_been_through_is_remembered(world, rules):
    model = model_of(world, rules)
    stressors.remember(world.people.lived, world.people.load, world.people.traits.chronic, rules.seeking.memory)
    model.agents.do("remember")
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_threat_is_strain_weighed_against_resources(world, rules):
    people, now = model_of(world, rules).people, world.people.now
    resilient, threat = np.empty(world.n_people), np.empty(world.n_people)
    resilience.derive_resilience(resilient, now.self_esteem, now.optimism, now.coping, rules.resilience)
    assert_same(resilient.tolist(), in_rows(world, {i: p.resilience for i, p in people.items()}).tolist())
    appraisal.appraise(
        threat, world.people.load, world.people.traits.chronic, resilient, now.perceived_support,
        now.allostatic_load, rules.appraisal,
    )  # fmt: skip
    assert_same(threat.tolist(), in_rows(world, {i: p.threat for i, p in people.items()}).tolist())
