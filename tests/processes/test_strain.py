"""Stressors and appraisal: the compiled processes do to each person what the plain rule says."""

import numpy as np

from peersim.draws import Decision, draw_key, draw_uniforms, uniforms
from peersim.parameters import rules as rules_of_table
from peersim.processes import appraisal, resilience, stressors
from peersim.processes.stressors import Stressors
from tests.compiled_calls import compiled_call
from tests.reference.reading import model_of
from tests.reference.telling import assert_same, told_of_agents, told_of_people
from tests.worlds import in_rows, on_small_worlds


@on_small_worlds
def test_events_strike_both_partners_and_are_counted_once(world, rules):
    """A hundred events a year, so that every branch is taken."""
    rules = rules._replace(stressors=rules.stressors._replace(event_rate=100.0))
    model, people, traits = model_of(world, rules), world.people, world.people.traits
    n_events = stressors.strike(
        people.load_change, draw_uniforms(world.seed, Decision.STRIKE, people.number, day=world.day), traits.hardship,
        traits.partner, people.number, rules.stressors, world.seed, world.day,
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


def test_a_draw_falls_into_domains_as_wide_as_their_shares():
    """A hundred thousand draws laid out evenly: each domain gets its share of them, but for one at either end."""
    for share in [(0.20, 0.38, 0.24, 0.18), (0.0, 0.7, 0.0, 0.3), (1.0, 0.0, 0.0, 0.0), (1.0, 1.0, 1.0, 1.0)]:
        draws = (np.arange(100_000) + 0.5) / 100_000 * sum(share)
        struck = np.bincount([stressors.domain_struck(u, share) for u in draws], minlength=4)
        assert np.abs(struck - 100_000 * np.array(share) / sum(share)).max() <= 1


def test_events_strike_as_often_as_their_rate_and_shares_say():
    """A million people of any hardship: in each domain within 4 standard errors (1 false alarm in 4,000)."""
    n, luck = 1_000_000, np.random.default_rng(1)
    rules, hardship = Stressors(), np.clip(luck.normal(size=n), -5, 5).astype(np.float32)
    number, load, draws = np.arange(n, dtype=np.uint32), np.zeros((5, n), np.float32), np.empty(n)
    uniforms(draws, draw_key(1, Decision.STRIKE, 3), number)
    n_events = compiled_call(stressors.strike)(
        load, draws, hardship, np.full(n, -1, np.int32), number, rules_of_table(rules), 1, 3
    )
    struck = (load > 0).sum(axis=1)
    assert struck.sum() == n_events and not struck[4]
    often = rules.event_rate / 365 * np.maximum(0, 1 + rules.hardship_slope * hardship.astype(float)).sum()
    expected = often * np.array(rules.share)
    assert (np.abs(struck[:4] - expected) < 4 * expected**0.5).all()
