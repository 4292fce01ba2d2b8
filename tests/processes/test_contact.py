"""Everyday contact and the people around: the compiled processes find and change what the plain rule says."""

import numpy as np

from peersim.processes import contact, neighbours
from tests.reference.reading import model_of
from tests.reference.telling import assert_same, told_of_agents, told_of_people
from tests.worlds import in_arcs, in_rows, on_small_worlds


def meet(model):
    """What today's contact in each tie is worth, by ordered pair; 0 where there is none."""
    worth = {}
    for (i, j), tie in model.ties.items():
        tie.meet()
        worth[i, j] = worth[j, i] = tie.nearness if tie.is_met else 0.0
    return worth


@on_small_worlds
def test_contact_brings_closer_and_time_takes_away(world, rules):
    rules = rules._replace(contact=rules.contact._replace(drift_rate=0.5))
    model, ties = model_of(world, rules), world.ties
    meeting, closer = np.empty(len(ties.other)), np.zeros(len(ties.other))
    n_met = contact.meet(meeting, ties.closeness, ties.similarity, ties.pair, rules.contact, world.seed, world.day)
    contact.grow_and_fade(closer, ties.closeness, meeting, ties.kind, ties.pair, rules.contact, world.seed, world.day)
    worth = meet(model)
    for tie in model.ties.values():
        tie.fade()
    assert_same(meeting.tolist(), in_arcs(world, worth).tolist())
    assert n_met == sum(value > 0 for value in worth.values())
    assert_same(told_of_people(world, closer), told_of_agents(model))


@on_small_worlds
def test_how_the_people_around_one_are(world, rules):
    model, now = model_of(world, rules), world.people.now
    worth, people = meet(model), model.people.items()
    stress, loneliness, company, partner = (np.empty(world.n_people) for _ in range(4))
    calm, social = rules.population.stress_level, rules.population.loneliness_level
    neighbours.look_around(
        stress, loneliness, company, now.stress, now.loneliness, in_arcs(world, worth), world.ties, calm, social,
        rules.neighbours.full_contact,
    )  # fmt: skip
    neighbours.look_at_partner(partner, now.stress, world.people.traits.partner, calm)
    assert_same(stress.tolist(), in_rows(world, {i: p.around("stress", calm) for i, p in people}).tolist())
    assert_same(loneliness.tolist(), in_rows(world, {i: p.around("loneliness", social) for i, p in people}).tolist())
    assert_same(company.tolist(), in_rows(world, {i: p.company for i, p in people}).tolist())
    assert_same(partner.tolist(), in_rows(world, {i: p.beside("stress", calm) for i, p in people}).tolist())
