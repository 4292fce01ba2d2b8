"""Everyday contact and the people around: the compiled processes find and change what the plain rule says."""

import numpy as np

from peersim.processes import contact, neighbours
from tests.naive import contact as naive
from tests.naive.town import town_of
from tests.worlds import assert_same, in_arcs, in_rows, on_small_worlds


@on_small_worlds
def test_who_is_in_contact_today(world, rules):
    town, ties = town_of(world), world.ties
    meeting = np.empty(len(ties.other))
    n_met = contact.meet(meeting, ties.closeness, ties.similarity, ties.pair, rules.contact, world.seed, world.day)
    worth = naive.meet(town, rules, world.seed, world.day)
    assert_same(meeting.tolist(), in_arcs(world, worth).tolist())
    assert n_met == sum(value > 0 for value in worth.values())
    assert_same(town_of(world), town)


@on_small_worlds
def test_contact_brings_closer_and_time_takes_away(world, rules):
    rules = rules._replace(contact=rules.contact._replace(drift_rate=0.5))
    town, ties = town_of(world), world.ties
    worth = naive.meet(town, rules, world.seed, world.day)
    closer = np.zeros(len(ties.other))
    contact.grow_and_fade(
        closer, ties.closeness, in_arcs(world, worth), ties.kind, ties.pair, rules.contact, world.seed, world.day
    )
    naive.grow_and_fade(town, worth, rules, world.seed, world.day)
    assert_same(town_of(world, closer), town)


@on_small_worlds
def test_how_the_people_around_one_are(world, rules):
    town, now = town_of(world), world.people.now
    worth = naive.meet(town, rules, world.seed, world.day)
    stress, loneliness, company, partner = (np.empty(world.n_people) for _ in range(4))
    usual_stress, usual_loneliness = rules.population.stress_level, rules.population.loneliness_level
    neighbours.look_around(
        stress, loneliness, company, now.stress, now.loneliness, in_arcs(world, worth), world.ties, usual_stress,
        usual_loneliness, rules.neighbours.full_contact,
    )  # fmt: skip
    neighbours.look_at_partner(partner, now.stress, world.people.traits.partner, usual_stress)
    assert_same(stress.tolist(), in_rows(world, naive.near(town, "stress", usual_stress)).tolist())
    assert_same(loneliness.tolist(), in_rows(world, naive.near(town, "loneliness", usual_loneliness)).tolist())
    assert_same(company.tolist(), in_rows(world, naive.company(town, worth, rules)).tolist())
    assert_same(partner.tolist(), in_rows(world, naive.near_partner(town, usual_stress)).tolist())
    assert_same(town_of(world), town)
