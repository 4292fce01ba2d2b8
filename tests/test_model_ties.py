"""Ties that users make, end and change, and the graph of people and ties."""

import networkx as nx
import numpy as np
import pytest

from peersim.graph import to_networkx
from peersim.parameters import rules
from peersim.people import States, Traits, as_stored
from peersim.ties import CHANNELS, KINDS, owners
from peersim.world import pairwise_similarity
from tests.mesa_worlds import relabelled, small_model, world_bytes


@pytest.fixture
def model():
    return small_model()


def strangers(model):
    """Two people who are not tied."""
    a = model.agents[11]
    return a, next(b for b in model.agents if b is not a and b not in a.friends)


def tie(a, b):
    return next(tie for tie in a.ties if tie.other is b)


def table(world):
    """Every arc by the numbers of its two people: all else that is known of it."""
    ties, number = world.ties, world.people.number
    ends = zip(number[owners(ties)].tolist(), number[ties.other].tolist(), strict=True)
    return dict(zip(ends, zip(*(part.tolist() for part in ties[2:]), strict=True), strict=True))


def is_sound(world):
    """Each tie stands in both rows, as close one way as the other, and rows are in the order of numbers."""
    arcs = table(world)
    both_ways = all(arcs[j, i][0] == w and arcs[j, i][2] == s for (i, j), (w, _, s, *_) in arcs.items())
    return both_ways and list(arcs) == sorted(arcs) and len(arcs) == len(world.ties.other)


def test_a_new_tie_stands_both_ways(model):
    """It has the closeness given, trust the same, the likeness of the two, and leaves all others alone.

    All as ties keep their numbers, in single precision.
    """
    before = table(model.world)
    a, b = strangers(model)
    model.add_tie(a, b, closeness=0.4, kind="online", channel="anonymous_online")
    after = table(model.world)
    assert set(after) - set(before) == {(a.number, b.number), (b.number, a.number)}
    assert {ends: after[ends] for ends in before} == before
    traits = model.world.people.traits
    alike = pairwise_similarity(
        traits.age, traits.culture, traits.interests, np.array([a.number]), np.array([b.number]),
        rules(model.scenario.similarity),
    )[0]  # fmt: skip
    for one, other in ((a, b), (b, a)):
        made = tie(one, other)
        kept = as_stored(np.array([0.4, 0.4, 0.4, alike])).tolist()
        assert [made.closeness, made.trust, made.trust_back, made.similarity] == kept
        assert (made.kind, made.channel) == ("online", "anonymous_online")
    assert is_sound(model.world)


def test_a_tie_made_and_ended_leaves_no_trace(model):
    """remove_tie undoes add_tie, bit for bit, and needs no particular order of the two."""
    before = world_bytes(model.world)
    a, b = strangers(model)
    model.add_tie(a, b)
    assert world_bytes(model.world) != before
    model.remove_tie(b, a)
    assert world_bytes(model.world) == before


def test_an_ended_tie_is_gone_both_ways(model):
    """Only the two arcs of the tie go."""
    before = table(model.world)
    a = model.agents[4]
    b = next(friend for friend in a.friends if friend is not a.partner)
    model.remove_tie(a, b)
    assert b not in a.friends
    assert a not in b.friends
    gone = {(a.number, b.number), (b.number, a.number)}
    assert table(model.world) == {ends: about for ends, about in before.items() if ends not in gone}
    assert is_sound(model.world)


def test_closeness_goes_both_ways_and_trust_one(model):
    """Setting closeness keeps it the same both ways; setting trust leaves the other's trust alone."""
    a = model.agents[4]
    b = a.friends[-1]
    back = tie(b, a).trust
    model.set_closeness(a, b, 0.75)
    model.set_trust(a, b, 0.125)
    assert (tie(a, b).closeness, tie(b, a).closeness) == (0.75, 0.75)
    assert (tie(a, b).trust, tie(b, a).trust, tie(a, b).trust_back) == (0.125, back, back)
    assert is_sound(model.world)


def test_people_may_be_given_by_number(model):
    """A number is as good as an agent."""
    a, b = strangers(model)
    model.add_tie(a.number, np.int64(b.number), 0.5)
    assert tie(a, b).closeness == 0.5


def test_days_go_on_with_other_ties(model):
    """The day takes ties as it finds them: closeness moves on from what was written, and all stays sound."""
    a, b = strangers(model)
    model.add_tie(a, b, 0.9)
    for _ in range(15):
        model.step()
        assert is_sound(model.world)
    assert 0.2 < tie(a, b).closeness < 1.0


@pytest.mark.parametrize(
    ("attempt", "sentence"),
    [
        (lambda m, a, b: m.add_tie(a, a.friends[0]), "are tied already; use set_closeness"),
        (lambda m, a, b: m.add_tie(a, a), "cannot be tied to themselves"),
        (lambda m, a, b: m.add_tie(a, b, 1.5), r"closeness = 1.5: must be a number between 0 and 1"),
        (lambda m, a, b: m.add_tie(a, b, float("nan")), r"closeness = nan: must be a number between 0 and 1"),
        (lambda m, a, b: m.add_tie(a, b, kind="partner"), "kind = 'partner': must be one of friend, group, online"),
        (lambda m, a, b: m.add_tie(a, b, channel="fax"), "channel = 'fax': must be one of face_to_face"),
        (lambda m, a, b: m.add_tie(a, small_model().agents[3]), "is a person of another model"),
        (lambda m, a, b: m.add_tie(a, 60), "there is no person 60: numbers go from 0 to 59"),
        (lambda m, a, b: m.add_tie(a, -1), "there is no person -1"),
        (lambda m, a, b: m.add_tie(a, "b"), "'b' is not a person: give an agent, or a person's number"),
        (lambda m, a, b: m.remove_tie(a, b), "are not tied; use add_tie"),
        (lambda m, a, b: m.set_closeness(a, b, 0.5), "are not tied; use add_tie"),
        (lambda m, a, b: m.set_trust(a, a.friends[0], -0.5), "trust = -0.5: must be a number between 0 and 1"),
        (lambda m, a, b: m.set_closeness(a, a.friends[0], 2), "closeness = 2: must be a number between 0 and 1"),
        (lambda m, a, b: m.remove_tie(*couple(m)), "are a couple, and stay one"),
    ],
)
def test_ties_that_cannot_be(model, attempt, sentence):
    """What would break a tie's laws is refused with a sentence, and changes nothing."""
    before = world_bytes(model.world)
    with pytest.raises((TypeError, ValueError), match=sentence):
        attempt(model, *strangers(model))
    assert world_bytes(model.world) == before


def couple(model):
    one = next(person for person in model.agents if person.partner is not None)
    return one, one.partner


# the graph


def test_the_graph_carries_everyone(model):
    """A node for each person, with every state and trait and all that an agent knows in numbers."""
    model.run_for(3)
    graph = model.graph
    assert list(graph) == list(range(60))
    for name in (*States._fields, *(set(Traits._fields) - {"interests", "chronic", "partner"}), "resilience",
                 "load_health", "chronic_family", "lived_career", "received"):  # fmt: skip
        assert [graph.nodes[i][name] for i in graph] == model.agents.get(name), name
    for person in model.agents:
        node = graph.nodes[person.number]
        assert node["partner"] == (-1 if person.partner is None else person.partner.number)
        assert (node["interest_0"], node["interest_1"], node["interest_2"]) == person.interests
    assert "name" not in graph.nodes[0]


def test_the_graph_carries_every_tie(model):
    """An edge for each tie, with its closeness, likeness, kind and channel, and trust either way."""
    model.run_for(3)
    graph, arcs = model.graph, table(model.world)
    assert graph.number_of_edges() == len(arcs) // 2
    for i, j, about in graph.edges(data=True):
        low, high = sorted((i, j))
        closeness, trust, similarity, channel, kind, _ = arcs[low, high]
        assert about == {
            "closeness": closeness, "similarity": similarity, "kind": KINDS[kind], "channel": CHANNELS[channel],
            "trust_of_lower": trust, "trust_of_higher": arcs[high, low][1],
        }  # fmt: skip


def test_the_graph_knows_people_by_number(model):
    """Stored in another order, the same people make the same graph, in the same order of nodes."""
    moved = relabelled(model.world, np.random.default_rng(0).permutation(60))
    assert nx.utils.graphs_equal(to_networkx(moved), to_networkx(model.world))
    assert list(to_networkx(moved)) == list(range(60))


def test_the_graph_is_a_snapshot(model):
    """Days do not change a graph that was taken, nor does changing it change anybody."""
    graph, before = model.graph, world_bytes(model.world)
    graph.nodes[3]["stress"] = 1.0
    graph.remove_node(4)
    assert world_bytes(model.world) == before
    graph = model.graph
    model.run_for(7)
    assert graph.nodes[3]["stress"] != model.agents[3].stress


def test_the_graph_can_be_written(model, tmp_path):
    """networkx writes it in its formats, and reads the same numbers back."""
    nx.write_graphml(model.graph, tmp_path / "people.graphml")
    nx.write_gexf(model.graph, tmp_path / "people.gexf")
    again = nx.read_graphml(tmp_path / "people.graphml", node_type=int)
    assert again.nodes[7]["stress"] == model.agents[7].stress
    assert again.number_of_edges() == model.graph.number_of_edges()
