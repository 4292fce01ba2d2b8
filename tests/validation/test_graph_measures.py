"""The shape of a network is what plain loops, or networkx, say of the same people and ties."""

import itertools
import math

import networkx as nx
import numpy as np
import pytest

from peersim.graph import to_networkx
from peersim.validation import graph_measures
from peersim.validation.graph_measures import (
    assortativity,
    clustering,
    correlation,
    mean_closeness,
    mean_degree,
    path_length_by_log,
    same_culture_share,
    ties_kept,
)
from tests.worlds import FRIEND, arcs, on_small_worlds, permuted, random_world


def world_of(n, pairs):
    """People of random states who know whom the pairs say."""
    world = random_world(np.random.default_rng(1), n)
    known = {way: (0.5, 0.5, 0.5, 0, FRIEND) for i, j in pairs for way in ((i, j), (j, i))}
    world.people = world.people._replace(traits=world.people.traits._replace(partner=np.full(n, -1)))
    world.arcs = arcs(known, world.people.number)
    return world


def triangle_with_a_tail():
    """0-1-2 know each other, 2 knows 3, and 4 knows nobody."""
    return world_of(5, [(0, 1), (1, 2), (0, 2), (2, 3)])


def test_five_people_by_hand():
    """Clustering 1, 1, 1/3, 0, 0; steps 1, 1, 2 - 1, 1, 2 - 1, 1, 1 - 2, 2, 1 among the four of the component."""
    world = triangle_with_a_tail()
    assert mean_degree(world) == 8 / 5
    assert clustering(world) == pytest.approx((1 + 1 + 1 / 3) / 5)
    assert path_length_by_log(world) == pytest.approx((4 + 4 + 3 + 5) / (4 * 3) / math.log(4))


def test_a_year_later_half_of_the_ties_are_there():
    """A new tie is no kept one."""
    later = world_of(5, [(0, 1), (2, 3), (3, 4)])
    assert ties_kept(triangle_with_a_tail(), later) == 0.5


def test_who_knows_nobody_has_no_network():
    """What is not defined is NaN, never 0."""
    world = world_of(5, [])
    assert mean_degree(world) == clustering(world) == 0.0
    for measure in (assortativity, path_length_by_log, same_culture_share, mean_closeness):
        assert math.isnan(measure(world))
    assert math.isnan(ties_kept(world, world))


@on_small_worlds
def test_clustering_and_assortativity_are_those_of_networkx(world, rules):
    graph = to_networkx(world)
    assert clustering(world) == pytest.approx(nx.average_clustering(graph), abs=1e-12)
    if len({graph.degree(i) for i, j in graph.edges} | {graph.degree(j) for i, j in graph.edges}) > 1:
        assert assortativity(world) == pytest.approx(nx.degree_assortativity_coefficient(graph), abs=1e-9)


@on_small_worlds
def test_path_lengths_are_those_of_the_largest_component(world, rules):
    graph = to_networkx(world)
    sizes = sorted((len(part) for part in nx.connected_components(graph)), reverse=True)
    if sizes[0] < 2 or sizes[:2].count(sizes[0]) > 1:
        return  # nobody knows anybody, or it is a matter of taste which one is the largest
    part = graph.subgraph(max(nx.connected_components(graph), key=len))
    steps = nx.average_shortest_path_length(part)
    assert path_length_by_log(world) == pytest.approx(steps / math.log(len(part)), rel=1e-12)


@on_small_worlds
def test_closeness_and_culture_are_means_over_ties(world, rules):
    graph = to_networkx(world)
    if not graph.edges:
        return
    alike = [graph.nodes[i]["culture"] == graph.nodes[j]["culture"] for i, j in graph.edges]
    assert same_culture_share(world) == pytest.approx(np.mean(alike))
    assert mean_closeness(world) == pytest.approx(np.mean([c for *_, c in graph.edges.data("closeness")]))


@on_small_worlds
def test_rows_do_not_matter(world, rules, luck):
    """Also where paths start from some people only: those are chosen by their numbers."""
    other = permuted(world, luck.permutation(world.n_people))
    for measure in (mean_degree, clustering, same_culture_share, mean_closeness):
        assert measure(world) == pytest.approx(measure(other), rel=1e-12, nan_ok=True)


def test_paths_from_some_people_are_nearly_those_from_all(monkeypatch):
    """A ring of 400 with short cuts, from 100 of them: within 2 % of the mean over all, in any order of rows."""
    luck = np.random.default_rng(3)
    ring = {(i, (i + 1) % 400) for i in range(400)} | {tuple(luck.choice(400, 2, replace=False)) for _ in range(200)}
    world = world_of(400, {(int(i), int(j)) for i, j in ring if (j, i) not in ring})
    exact = path_length_by_log(world)
    monkeypatch.setattr(graph_measures, "MOST_SOURCES", 100)
    some = path_length_by_log(world)
    assert some != exact
    assert some == pytest.approx(exact, rel=0.02)
    assert path_length_by_log(permuted(world, luck.permutation(400))) == some


def test_a_correlation_is_pearsons():
    """By hand for three people; NaN where one of the two does not vary, or only one person is there."""
    assert correlation(np.array([1.0, 2.0, 3.0]), np.array([1.0, 3.0, 2.0])) == pytest.approx(0.5)
    assert math.isnan(correlation(np.ones(3), np.arange(3.0)))
    assert math.isnan(correlation(np.ones(1), np.ones(1)))
    x, y = np.random.default_rng(2).normal(size=(2, 50))
    assert correlation(x, y) == pytest.approx(np.corrcoef(x, y)[0, 1])


def test_every_pair_of_a_full_network_knows_each_other():
    """Clustering 1, one step to everyone, and no assortativity to speak of."""
    world = world_of(6, itertools.combinations(range(6), 2))
    assert clustering(world) == 1.0
    assert path_length_by_log(world) == pytest.approx(1 / math.log(6))
    assert math.isnan(assortativity(world))
