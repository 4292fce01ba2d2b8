"""Everyday contact and the people around: the compiled processes find and change what the plain rule says."""

import numpy as np

from peersim.processes import contact, couples, neighbours
from tests.compiled_calls import compiled_call
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
    n_met = contact.meet(
        meeting, closer, ties.closeness, ties.similarity, ties.kind, ties.pair, rules.contact, world.seed, world.day
    )
    worth = meet(model)
    for tie in model.ties.values():
        tie.fade()
    assert_same(meeting.tolist(), in_arcs(world, worth).tolist())
    assert n_met == sum(value > 0 for value in worth.values())
    assert_same(told_of_people(world, closer), told_of_agents(model))


@on_small_worlds
def test_how_the_people_around_one_are(world, rules):
    model, now, ties, n = model_of(world, rules), world.people.now, world.ties, world.n_people
    worth, people = meet(model), model.people.items()
    stress, loneliness, company, warmth, mood = *(np.empty(n) for _ in range(4)), np.empty((n, 2))
    calm, social = rules.population.stress_level, rules.population.loneliness_level
    neighbours.side_by_side(mood, now.stress, now.loneliness)
    compiled_call(neighbours.look_around)(
        stress, loneliness, company, warmth, mood, in_arcs(world, worth), ties.start, ties.other, ties.closeness,
        calm, social, rules.neighbours.full_contact,
    )  # fmt: skip
    assert_same(stress.tolist(), in_rows(world, {i: p.around("stress", calm) for i, p in people}).tolist())
    assert_same(loneliness.tolist(), in_rows(world, {i: p.around("loneliness", social) for i, p in people}).tolist())
    assert_same(company.tolist(), in_rows(world, {i: p.company for i, p in people}).tolist())
    expected = {i: float(sum(tie.closeness for tie in person.ties.values())) for i, person in people}
    assert_same(warmth.tolist(), in_rows(world, expected).tolist())


@on_small_worlds
def test_how_the_partner_is(world, rules):
    """Singles see the usual stress, and their own skill in talking."""
    people, now, calm = model_of(world, rules).people, world.people.now, rules.population.stress_level
    stress, communication = np.empty(world.n_people), np.empty(world.n_people)
    couples.look_at_partner(stress, communication, now.stress, now.communication, world.people.traits.partner, calm)
    beside = {i: p.partner.stress if p.partner else calm for i, p in people.items()}
    assert_same(stress.tolist(), in_rows(world, beside).tolist())
    expected = {i: (p.partner or p).communication for i, p in people.items()}
    assert_same(communication.tolist(), in_rows(world, expected).tolist())
