"""Ties come and go: the compiled processes, and the arrays that hold ties, do what the plain rule says."""

import numpy as np

from peersim.draws import Decision, draw_normals, draw_uniforms
from peersim.parameters import rules as rules_of_table
from peersim.processes import new_ties, trust
from peersim.similarity import Similarity
from peersim.ties import Ties, find_arc, no_new_ties, owners, propose, rewired, tie_together, with_room
from peersim.world import pairwise_similarity
from tests.naive import ties as naive
from tests.naive.draws import normal
from tests.naive.town import ties_of, town_of
from tests.worlds import assert_same, in_arcs, on_small_worlds, random_ties


@on_small_worlds
def test_trust_follows_closeness(world, rules):
    town, trusting = town_of(world), np.zeros(len(world.ties.other))
    trust.follow_closeness(trusting, world.ties.trust, world.ties.closeness, rules.trust)
    naive.follow_closeness(town, rules)
    assert_same(town_of(world, None, trusting), town)


@on_small_worlds
def test_ties_gone_cold_dissolve_but_couples_stay(world, rules):
    town, gone = town_of(world), np.empty(len(world.ties.other), np.bool_)
    n_gone = new_ties.dissolve(gone, world.ties.closeness, world.ties.kind, rules.new_ties)
    expected = naive.gone_cold(town, rules)
    assert n_gone == len(expected) / 2
    assert gone.tolist() == in_arcs(world, {pair: pair in expected for pair in town.ties}).tolist()


@on_small_worlds
def test_people_get_to_know_friends_of_friends_and_strangers(world, rules, luck):
    """Most look around, some several times, half of them among strangers, and likeness has its usual weight."""
    rules = rules._replace(
        new_ties=rules.new_ties._replace(
            rate=luck.uniform(0.1, 0.4), rate_missing=luck.uniform(0, 0.2), friends_share=0.5
        ),
        similarity=rules_of_table(Similarity()),
    )
    town, people, traits, ties = town_of(world), world.people, world.people.traits, world.ties
    new = new_ties.get_to_know(
        no_new_ties(0), draw_uniforms(world.seed, Decision.LOOK_AROUND, people.number, day=world.day),
        traits.usual_degree, traits.age, traits.culture, traits.interests, people.number, people.row_of,
        int(people.founders[0]), ties.start, ties.other, ties.closeness, rules.similarity, rules.new_ties,
        world.seed, world.day,
    )  # fmt: skip
    assert_same(naive.listed(new, world.people), naive.get_to_know(town, rules, world.seed, world.day))


@on_small_worlds
def test_a_night_makes_and_ends_ties(world, rules, luck):
    """Two new ties of the same two people are one, the first; an existing tie stays as it is."""
    town, ties, n = town_of(world), world.ties, world.n_people
    new = no_new_ties(1)
    for _ in range(n):
        i, j = luck.choice(n, 2, replace=False).tolist()
        if find_arc(ties.start, ties.other, i, j) >= 0:
            continue
        for one, other in ((i, j), (j, i)) if luck.random() < 0.5 else ((i, j),):
            new = with_room(new, 1)
            propose(new, one, other, luck.random(), luck.random(), int(luck.integers(3)), int(luck.integers(4)))
    gone = np.empty(0, np.bool_)
    if luck.random() < 0.8:
        gone = np.array([pair % 3 == world.seed % 3 for pair in ties.pair.tolist()], np.bool_)
    going = {pair for pair in town.ties if len(gone) and (min(pair) << 32 | max(pair)) % 3 == world.seed % 3}
    made = naive.listed(new, world.people)
    ties = rewired(ties, gone, new, world.people.number)
    naive.rewire(town, going, made)
    assert_same(ties_of(ties, world.people), town.ties)
    assert_in_order(ties, world.people.number)


def assert_in_order(ties, number):
    """Each row lists its arcs by the others' numbers, and both arcs of a tie carry the address of the pair."""
    owner = owners(ties)
    mine, theirs = number[owner].astype(np.int64), number[ties.other].astype(np.int64)
    assert (np.diff(owner.astype(np.int64) << 32 | theirs) > 0).all()
    assert ties.pair.tolist() == (np.minimum(mine, theirs) << 32 | np.maximum(mine, theirs)).tolist()


@on_small_worlds
def test_ties_are_put_together_from_pairs(world, rules, luck):
    """The arcs do not depend on the order of the pairs, nor on who is named first; trust is drawn for each way."""
    number, n = world.people.number, world.n_people
    pairs = {(i, j) for i in range(n) for j in range(i) if luck.random() < 0.2} | {(1, 0)}
    drawn = random_ties(luck, pairs, number, world.people.traits.partner)
    expected = ties_of(drawn, world.people)
    for (i, j), tie in expected.items():
        tie.trust = min(1.0, max(0.0, tie.closeness + 0.3 * normal(world.seed, Decision.TRUST_START, 0, 0, i, j)))
    first, second, once = [], [], []
    for e in luck.permutation(len(drawn.other)):
        i, j = owners(drawn)[e], drawn.other[e]
        if number[i] < number[j]:
            first.append(i), second.append(j), once.append(e)
    found = tie_together(
        np.array(first), np.array(second), number, drawn.closeness[once],
        lambda pair: 0.3 * draw_normals(world.seed, Decision.TRUST_START, pair), drawn.similarity[once],
        drawn.channel[once], drawn.kind[once],
    )  # fmt: skip
    assert_same(ties_of(found, world.people), expected)
    assert_in_order(found, number)
    assert [array.dtype for array in found] == [array.dtype for array in Ties(*drawn)]


@on_small_worlds
def test_an_arc_is_found_where_there_is_a_tie(world, rules):
    ties, number, town = world.ties, world.people.number, town_of(world)
    for i in range(world.n_people):
        for j in range(world.n_people):
            e = find_arc(ties.start, ties.other, i, j)
            assert (e >= 0) == ((number[i], number[j]) in town.ties)
            assert e < 0 or (ties.other[e] == j and ties.start[i] <= e < ties.start[i + 1])


@on_small_worlds
def test_how_alike_two_people_are(world, rules):
    people, traits = town_of(world).people, world.people.traits
    first, second = (part.ravel() for part in np.meshgrid(*[np.arange(world.n_people)] * 2))
    found = pairwise_similarity(traits.age, traits.culture, traits.interests, first, second, rules.similarity)
    number = world.people.number
    expected = [
        naive.similarity(people[int(number[i])], people[int(number[j])], rules.similarity)
        for i, j in zip(first, second, strict=True)
    ]
    assert_same(found.tolist(), expected)
