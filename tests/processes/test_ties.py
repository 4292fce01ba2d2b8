"""Ties come and go: the compiled processes, and the arrays that hold ties, do what the plain rule says."""

from dataclasses import replace

import numpy as np

from peersim.draws import Decision, draw_key, draw_uniforms
from peersim.parameters import rules as rules_of_table
from peersim.people import as_stored
from peersim.processes import new_ties, trust
from peersim.rewiring import no_new_ties, propose, with_room, without_and_with
from peersim.similarity import Similarity, most_alike, similarity, similarity_at_most
from peersim.ties import find_arc, owners, tie_together, within
from peersim.world import pairwise_similarity
from tests.reference.draws import normal
from tests.reference.reading import model_of
from tests.reference.telling import assert_same, told_of_agents, told_of_people
from tests.reference.tie import Tie, alike
from tests.reference.words import kept
from tests.worlds import in_arcs, on_small_worlds, random_ties


def told_of_new_ties(new, people):
    """The compiled list of new ties, people by their numbers."""
    number = people.number.tolist()
    columns = (new.first, new.second, new.closeness, new.similarity, new.channel, new.kind)
    rows = zip(*(column[: new.n_listed[0]].tolist() for column in columns), strict=True)
    return [(*sorted((number[i], number[j])), *rest) for i, j, *rest in rows]


@on_small_worlds
def test_trust_follows_closeness(world, rules):
    model, trusting = model_of(world, rules), np.zeros(len(world.ties.other))
    trust.follow_closeness(trusting, world.ties.trust, world.ties.closeness, rules.trust)
    for tie in model.ties.values():
        tie.follow_closeness()
    assert_same(told_of_people(world, None, trusting), told_of_agents(model))


@on_small_worlds
def test_ties_gone_cold_dissolve_but_couples_stay(world, rules):
    model, gone = model_of(world, rules), np.empty(len(world.ties.other), np.bool_)
    n_gone = new_ties.dissolve(gone, world.ties.closeness, world.ties.kind, rules.new_ties)
    expected = {pair: tie.is_cold for pair, tie in model.ties.items()}
    assert n_gone == sum(expected.values())
    both_ways = expected | {pair[::-1]: is_cold for pair, is_cold in expected.items()}
    assert gone.tolist() == in_arcs(world, both_ways).tolist()


@on_small_worlds
def test_people_get_to_know_friends_of_friends_and_strangers(world, rules, luck):
    """Most look around, some several times, half of them among strangers, and likeness has its usual weight."""
    rules = rules._replace(
        new_ties=rules.new_ties._replace(
            rate=luck.uniform(0.1, 0.4), rate_missing=luck.uniform(0, 0.2), friends_share=0.5
        ),
        similarity=rules_of_table(Similarity()),
    )
    model, people, traits, ties = model_of(world, rules), world.people, world.people.traits, world.ties
    warmth = np.bincount(owners(ties), ties.closeness, minlength=world.n_people)
    new = new_ties.get_to_know(
        no_new_ties(0), draw_uniforms(world.seed, Decision.LOOK_AROUND, people.number, day=world.day),
        traits.usual_degree, traits.age, traits.culture, traits.interests, people.number, people.row_of,
        int(people.founders[0]), ties.start, ties.other, ties.pair, ties.closeness, warmth, rules.similarity,
        rules.new_ties, world.seed, world.day,
    )  # fmt: skip
    model.renew_ties()
    assert_same(told_of_new_ties(new, people), [
        (*tie.pair, tie.closeness, tie.similarity, tie.channel, tie.kind) for tie in model.new_ties
    ])  # fmt: skip


@on_small_worlds
def test_a_night_makes_and_ends_ties(world, rules, luck):
    """Two new ties of the same two people are one, the first; an existing tie stays as it is."""
    model, ties, n = model_of(world, rules), world.ties, world.n_people
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
    going = [(i, j) for i, j in model.ties if len(gone) and (i << 32 | j) % 3 == world.seed % 3]
    for i, j, closeness, likeness, channel, kind in told_of_new_ties(new, world.people):
        ends = (model.people[i], model.people[j])
        model.new_ties.append(Tie(model, ends, closeness, {i: closeness, j: closeness}, likeness, channel, kind))
    model.rewire(going)
    ties = within(without_and_with(world.arcs, gone, new, world.people.number))
    assert_same(told_of_people(replace(world, arcs=ties)), told_of_agents(model))
    assert_in_order(ties, world.people.number)


def assert_in_order(ties, number):
    """Each row lists its arcs by the others' numbers, and both arcs of a tie carry the address of the pair."""
    owner = owners(ties)
    mine, theirs = number[owner].astype(np.int64), number[ties.other].astype(np.int64)
    assert (np.diff(owner.astype(np.int64) << 32 | theirs) > 0).all()
    assert ties.pair.tolist() == (np.minimum(mine, theirs) << 32 | np.maximum(mine, theirs)).tolist()


@on_small_worlds
def test_ties_are_put_together_from_pairs(world, rules, luck):
    """Both arcs of each pair, whatever rows people stand in; trust is drawn for each way. Kept in single precision."""
    number, n = world.people.number, world.n_people
    pairs = {(i, j) for i in range(n) for j in range(i) if luck.random() < 0.2} | {(1, 0)}
    drawn = random_ties(luck, pairs, number, world.people.traits.partner)
    expected = told_of_people(replace(world, arcs=drawn))
    trust = {
        (i, j): min(1.0, max(0.0, closeness + 0.3 * normal(world.seed, Decision.TRUST_START, 0, 0, i, j)))
        for (i, j), closeness in expected["closeness"].items()
    }
    expected |= kept({name: expected[name] for name in ("closeness", "similarity")} | {"trust": trust})
    pairs, once = np.unique(drawn.pair, return_index=True)
    arcs = tie_together(
        pairs, number, world.people.row_of, drawn.closeness[once], draw_key(world.seed, Decision.TRUST_START), 0.3,
        drawn.similarity[once], drawn.channel[once], drawn.kind[once],
    )  # fmt: skip
    found = within(arcs)
    assert_same(told_of_people(replace(world, arcs=found)), expected)
    assert_in_order(found, number)
    assert [array.dtype for array in found] == [array.dtype for array in as_stored(drawn)._replace(start=drawn.start)]


@on_small_worlds
def test_an_arc_is_found_where_there_is_a_tie(world, rules):
    ties, number, people = world.ties, world.people.number, model_of(world, rules).people
    for i in range(world.n_people):
        for j in range(world.n_people):
            e = find_arc(ties.start, ties.other, i, j)
            assert (e >= 0) == (int(number[j]) in people[int(number[i])].ties)
            assert e < 0 or (ties.other[e] == j and ties.start[i] <= e < ties.start[i + 1])


@on_small_worlds
def test_how_alike_two_people_are(world, rules):
    model, traits = model_of(world, rules), world.people.traits
    first, second = (part.ravel() for part in np.meshgrid(*[np.arange(world.n_people)] * 2))
    found = pairwise_similarity(traits.age, traits.culture, traits.interests, first, second, rules.similarity)
    number = world.people.number
    expected = [
        alike(model, model.people[int(number[i])], model.people[int(number[j])])
        for i, j in zip(first, second, strict=True)
    ]
    assert_same(found.tolist(), expected)


@on_small_worlds
def test_nobody_is_more_alike_than_the_bounds(world, rules):
    """The cheap bound of any two, near for those of near interests, and what those have who share everything.

    1e-10 is the precision of the exponential; the bound leaves out little of it up to a distance of twice the width.
    """
    traits, n = world.people.traits, world.n_people
    about = (traits.age, traits.culture, traits.interests)
    for i in range(n):
        for j in range(n):
            alike = similarity(*about, i, j, rules.similarity)
            bound = similarity_at_most(*about, i, j, rules.similarity)
            assert alike <= bound + 1e-10 and bound <= most_alike(rules.similarity) + 1e-10
            gap = ((traits.interests[:, i] - traits.interests[:, j]) ** 2).sum() / rules.similarity.interest_width
            assert gap > 2 or bound - alike <= 0.01 * rules.similarity.interests
    assert similarity(*about, 0, 0, rules.similarity) == most_alike(rules.similarity)
