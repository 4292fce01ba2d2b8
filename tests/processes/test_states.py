"""Couples, stress and what follows it: the compiled processes move each state as the plain rule says."""

import numpy as np

from peersim.processes import (
    belonging,
    couples,
    loneliness,
    perceived_support,
    resilience,
    safety,
    stress,
    wear,
)
from tests.reference.reading import model_of
from tests.reference.telling import assert_same, told_of_agents, told_of_people
from tests.worlds import in_rows, on_small_worlds


def looks_at_partners(world, rules):
    """The partner's stress and skill in talking; the usual stress and one's own skill, if single."""
    now, seen = world.people.now, (np.empty(world.n_people), np.empty(world.n_people))
    usual = rules.population.stress_level
    couples.look_at_partner(*seen, now.stress, now.communication, world.people.traits.partner, usual)
    return seen


@on_small_worlds
def test_couples_fall_out_and_make_up(world, rules):
    rules = rules._replace(couples=rules.couples._replace(conflict_rate=0.5))
    model, people, now, traits = model_of(world, rules), world.people, world.people.now, world.people.traits
    stressed, skilled = looks_at_partners(world, rules)
    conflict, change = np.empty(world.n_people), people.change
    usual, skill = rules.population.stress_level, rules.population.communication_mean
    n_conflicts = couples.fall_out(
        conflict, now.stress, stressed, now.communication, skilled, traits.partner, traits.couple, usual, skill,
        rules.couples, world.seed, world.day,
    )  # fmt: skip
    couples.bear_conflict(people.load_change, conflict, rules.couples)
    couples.feel_satisfied(
        change.satisfaction, now.satisfaction, traits.satisfaction_trait, conflict, now.stress, stressed,
        now.communication, skilled, now.perceived_support, traits.partner, usual, skill,
        rules.appraisal.support_mean, rules.couples,
    )  # fmt: skip
    couples.keep_talking(
        change.communication, now.communication, traits.communication_trait, traits.partner, rules.couples
    )
    model.agents.do("live_together")
    assert n_conflicts == model.count["conflicts"]
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_stress_follows_what_threatens(world, rules):
    model, people, now = model_of(world, rules), world.people, world.people.now
    usual = rules.population.stress_level
    threat, resilient, partner, near = (
        in_rows(world, {i: value(person) for i, person in model.people.items()}) for value in (
            lambda p: p.threat, lambda p: p.resilience, lambda p: p.partner.stress if p.partner else usual,
            lambda p: p.around("stress", usual),
        )
    )  # fmt: skip
    stress.feel_stress(
        people.change.stress, now.stress, threat, people.traits.stress_trait, resilient, now.perceived_support,
        now.loneliness, partner, near, people.number, rules.appraisal.support_mean, rules.appraisal.resilience_mean,
        usual, rules.population.loneliness_level, rules.stress, world.seed, world.day,
    )  # fmt: skip
    model.agents.do("feel_stress")
    assert_same(told_of_people(world), told_of_agents(model))


def company_of_a_day(world, model, luck):
    """Each row's company on a day on which half of the ties are in contact."""
    for tie in model.ties.values():
        tie.is_met = luck.random() < 0.5
    return in_rows(world, {i: person.company for i, person in model.people.items()})


@on_small_worlds
def test_felt_support_follows_company_and_the_couple(world, rules, luck):
    """What a relationship offers is one's own satisfaction and the skill of both."""
    model, people, now = model_of(world, rules), world.people, world.people.now
    company = company_of_a_day(world, model, luck)
    _, skilled = looks_at_partners(world, rules)
    perceived_support.feel_supported(
        people.change.perceived_support, now.perceived_support, people.traits.support_trait, company,
        now.satisfaction, now.communication, skilled, people.traits.partner, rules.perceived_support,
    )  # fmt: skip
    model.agents.do("feel_supported")
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_loneliness_follows_support_belonging_stress_and_friends(world, rules):
    model, people, now = model_of(world, rules), world.people, world.people.now
    usual = rules.population.loneliness_level
    near = in_rows(world, {i: person.around("loneliness", usual) for i, person in model.people.items()})
    loneliness.feel_lonely(
        people.change.loneliness, now.loneliness, people.traits.loneliness_trait, now.perceived_support,
        near, now.belonging, now.stress, people.number, rules.appraisal.support_mean,
        rules.population.loneliness_level, rules.population.belonging_level, rules.population.stress_level,
        rules.loneliness, world.seed, world.day,
    )  # fmt: skip
    model.agents.do("feel_lonely")
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_belonging_follows_company_and_loneliness(world, rules, luck):
    model, people, now = model_of(world, rules), world.people, world.people.now
    company = company_of_a_day(world, model, luck)
    belonging.belong(people.change.belonging, now.belonging, company, now.loneliness, rules.belonging)
    model.agents.do("belong")
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_safety_follows_felt_support(world, rules):
    model, people, now = model_of(world, rules), world.people, world.people.now
    safety.feel_safe(
        people.change.safety, now.safety, people.traits.safety_trait, now.perceived_support,
        rules.appraisal.support_mean, rules.safety,
    )  # fmt: skip
    model.agents.do("feel_safe")
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_resilience_returns_erodes_and_grows_with_mastery(world, rules):
    model, now, change, traits = model_of(world, rules), world.people.now, world.people.change, world.people.traits
    resilience.keep_confidence(
        change.self_esteem, now.self_esteem, traits.self_esteem_trait, now.stress, world.people.load, rules.resilience
    )
    resilience.keep_hope(change.optimism, now.optimism, traits.optimism_trait, now.stress, rules.resilience)
    resilience.keep_coping(change.coping, now.coping, traits.coping_trait, rules.resilience)
    model.agents.do("keep_resilience")
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_long_stress_leaves_wear(world, rules):
    model, now = model_of(world, rules), world.people.now
    wear.wear_down(world.people.change.allostatic_load, now.allostatic_load, now.stress, rules.wear)
    model.agents.do("wear_down")
    assert_same(told_of_people(world), told_of_agents(model))


@on_small_worlds
def test_helpers_rest(world, rules):
    model = model_of(world, rules)
    wear.rest(world.people.change.burden, world.people.now.burden, rules.wear)
    model.agents.do("rest")
    assert_same(told_of_people(world), told_of_agents(model))
