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
from tests.naive import contact, states, strain
from tests.naive.town import town_of
from tests.worlds import assert_same, in_rows, on_small_worlds


@on_small_worlds
def test_couples_fall_out_and_make_up(world, rules):
    rules = rules._replace(couples=rules.couples._replace(conflict_rate=0.5))
    town = town_of(world)
    n_conflicts = couples.live_together(
        world.people, rules.population.stress_level, rules.population.communication_mean,
        rules.appraisal.support_mean, rules.couples, world.seed, world.day,
    )  # fmt: skip
    assert n_conflicts == states.live_together(town, rules, world.seed, world.day)
    assert_same(town_of(world), town)


@on_small_worlds
def test_stress_follows_what_threatens(world, rules):
    town, people, now = town_of(world), world.people, world.people.now
    resilient = strain.resilience(town, rules)
    threat = strain.threat(town, resilient, rules)
    near = contact.near(town, "stress", rules.population.stress_level)
    partner = contact.near_partner(town, rules.population.stress_level)
    stress.feel_stress(
        people.change.stress, now.stress, in_rows(world, threat), people.traits.stress_trait,
        in_rows(world, resilient), now.perceived_support, now.loneliness, in_rows(world, partner),
        in_rows(world, near), people.number, rules.appraisal.support_mean, rules.appraisal.resilience_mean,
        rules.population.loneliness_level, rules.stress, world.seed, world.day,
    )  # fmt: skip
    states.feel_stress(town, threat, resilient, near, partner, rules, world.seed, world.day)
    assert_same(town_of(world), town)


@on_small_worlds
def test_felt_support_follows_company_and_the_couple(world, rules, luck):
    """What a relationship offers is one's own satisfaction and the skill of both."""
    town, people, now = town_of(world), world.people, world.people.now
    company = luck.random(world.n_people)
    by_number = {int(number): value for number, value in zip(people.number, company, strict=True)}
    at_home = np.empty(world.n_people)
    couples.look_home(at_home, now.satisfaction, now.communication, people.traits.partner)
    perceived_support.feel_supported(
        people.change.perceived_support, now.perceived_support, people.traits.support_trait, company, at_home,
        people.traits.partner, rules.perceived_support,
    )  # fmt: skip
    states.feel_supported(town, by_number, rules)
    assert_same(town_of(world), town)


@on_small_worlds
def test_loneliness_follows_support_belonging_stress_and_friends(world, rules):
    town, people, now = town_of(world), world.people, world.people.now
    near = contact.near(town, "loneliness", rules.population.loneliness_level)
    loneliness.feel_lonely(
        people.change.loneliness, now.loneliness, people.traits.loneliness_trait, now.perceived_support,
        in_rows(world, near), now.belonging, now.stress, people.number, rules.appraisal.support_mean,
        rules.population.loneliness_level, rules.population.belonging_level, rules.population.stress_level,
        rules.loneliness, world.seed, world.day,
    )  # fmt: skip
    states.feel_lonely(town, near, rules, world.seed, world.day)
    assert_same(town_of(world), town)


@on_small_worlds
def test_belonging_follows_company_and_loneliness(world, rules, luck):
    town, people, now = town_of(world), world.people, world.people.now
    company = luck.random(world.n_people)
    by_number = {int(number): value for number, value in zip(people.number, company, strict=True)}
    belonging.belong(people.change.belonging, now.belonging, company, now.loneliness, rules.belonging)
    states.belong(town, by_number, rules)
    assert_same(town_of(world), town)


@on_small_worlds
def test_safety_follows_felt_support(world, rules):
    town, people, now = town_of(world), world.people, world.people.now
    safety.feel_safe(
        people.change.safety, now.safety, people.traits.safety_trait, now.perceived_support,
        rules.appraisal.support_mean, rules.safety,
    )  # fmt: skip
    states.feel_safe(town, rules)
    assert_same(town_of(world), town)


@on_small_worlds
def test_resilience_returns_erodes_and_grows_with_mastery(world, rules):
    town, now, change, traits = town_of(world), world.people.now, world.people.change, world.people.traits
    resilience.keep_confidence(
        change.self_esteem, now.self_esteem, traits.self_esteem_trait, now.stress, world.people.load, rules.resilience
    )
    resilience.keep_hope(change.optimism, now.optimism, traits.optimism_trait, now.stress, rules.resilience)
    resilience.keep_coping(change.coping, now.coping, traits.coping_trait, rules.resilience)
    states.keep_resilience(town, rules)
    assert_same(town_of(world), town)


@on_small_worlds
def test_long_stress_leaves_wear(world, rules):
    town, now = town_of(world), world.people.now
    wear.wear_down(world.people.change.allostatic_load, now.allostatic_load, now.stress, rules.wear)
    states.wear_down(town, rules)
    assert_same(town_of(world), town)


@on_small_worlds
def test_helpers_rest(world, rules):
    town = town_of(world)
    wear.rest(world.people.change.burden, world.people.now.burden, rules.wear)
    states.rest(town, rules)
    assert_same(town_of(world), town)
