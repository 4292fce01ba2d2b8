"""Clustering is what networkx says it is, and a tie is kept if it is in both networks."""

import networkx as nx
import numpy as np
import pytest

from peersim.networks.structure import clustering, n_kept
from peersim.ties import owners
from tests.relabel import permuted
from tests.worlds import on_small_worlds


def graph_of(world):
    """People by number, and who is tied to whom."""
    number, ties = world.people.number, world.ties
    graph = nx.Graph()
    graph.add_nodes_from(range(world.n_people))
    graph.add_edges_from(zip(number[owners(ties)].tolist(), number[ties.other].tolist(), strict=True))
    return graph


def rows_of(graph):
    """The rows of arcs of a graph of 0, 1, 2, ..."""
    friends = [sorted(graph[i]) for i in range(len(graph))]
    start = np.cumsum([0, *map(len, friends)]).astype(np.int64)
    return start, np.array([j for row in friends for j in row], np.uint32)


@on_small_worlds
def test_clustering_is_that_of_networkx(world, rules):
    """Person by person, in whatever rows they stand, those without friends among them."""
    found = clustering(world.ties.start, world.ties.other)[world.people.row_of]
    expected = nx.clustering(graph_of(world))
    assert found.tolist() == pytest.approx([expected[i] for i in range(world.n_people)], abs=1e-15)


@on_small_worlds
def test_clustering_does_not_depend_on_rows(world, rules, luck):
    moved = permuted(world, luck.permutation(world.n_people))
    here, there = (clustering(w.ties.start, w.ties.other)[w.people.row_of] for w in (world, moved))
    assert here.tobytes() == there.tobytes()


@pytest.mark.parametrize("degree", [2, 8, 40])
def test_clustering_of_denser_graphs(degree):
    """A ring with shortcuts, a random graph and one with hubs: the mean over everyone, isolates counting 0."""
    graphs = (
        nx.watts_strogatz_graph(300, degree, 0.1, seed=1),
        nx.gnp_random_graph(300, degree / 300, seed=2),
        nx.barabasi_albert_graph(300, degree // 2, seed=3),
    )
    for graph in graphs:
        graph.add_nodes_from(range(300, 310))
        assert clustering(*rows_of(graph)).mean() == pytest.approx(nx.average_clustering(graph), abs=1e-14)


def test_kept_ties_are_those_in_both_networks():
    """Of the ties of one random graph, those that another one has too."""
    one, other = nx.gnp_random_graph(80, 0.1, seed=1), nx.gnp_random_graph(80, 0.3, seed=2)
    both = nx.intersection(one, other).number_of_edges()
    assert 0 < both < one.number_of_edges()
    assert n_kept(*rows_of(one), *rows_of(other)) == 2 * both
    assert n_kept(*rows_of(one), *rows_of(one)) == 2 * one.number_of_edges()
    assert n_kept(*rows_of(one), *rows_of(nx.empty_graph(80))) == 0
