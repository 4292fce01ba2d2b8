"""The classic graphs have the number of people, the degree and the shape that their names promise."""

import networkx as nx
import numpy as np
import pytest

from peersim.networks.errors import NetworkError
from peersim.networks.generator_checks import checked_options
from peersim.networks.generator_options import GENERATORS
from peersim.networks.generators import generate
from peersim.networks.network import Network
from peersim.networks.settings import NetworkSettings

ABOUT_SIX = [kind for kind in GENERATORS if kind not in ("complete", "ring", "star")]


def as_graph(network: Network) -> nx.Graph:
    graph = nx.empty_graph(network.n_people)
    graph.add_edges_from(zip(network.first.tolist(), network.second.tolist(), strict=True))
    return graph


def degrees(network: Network) -> np.ndarray:
    return np.bincount(np.concatenate([network.first, network.second]), minlength=network.n_people)


@pytest.mark.parametrize("kind", GENERATORS)
def test_ties_are_clean(kind):
    """Each tie once, lower number first, sorted, of people who are there."""
    network = generate(kind, 100, {}, 1)
    pair = network.first.astype(int) * 100 + network.second
    assert (network.first < network.second).all()
    assert (np.diff(pair) > 0).all()
    assert network.second.max() < network.n_people == 100
    assert f"{len(network.first):,} ties" in network.summary


@pytest.mark.parametrize("kind", GENERATORS)
def test_the_seed_is_the_only_chance(kind):
    one, same, other = (generate(kind, 100, {}, seed) for seed in (1, 1, 2))
    assert np.array_equal(one.first, same.first)
    assert np.array_equal(one.second, same.second)
    if kind not in ("lattice", "complete", "ring", "star"):
        assert not np.array_equal(one.second, other.second)


@pytest.mark.parametrize("kind", ABOUT_SIX)
def test_the_default_degree_is_about_six(kind):
    """Random numbers of ties have a standard error below .05 here; shortcuts add .3."""
    assert degrees(generate(kind, 5_040, {}, 1)).mean() == pytest.approx(6, abs=0.4)


def test_plain_shapes_are_those_of_networkx():
    def same(kind, n, options, graph):
        return nx.utils.edges_equal(as_graph(generate(kind, n, options, 1)).edges, graph.edges)

    grid = nx.convert_node_labels_to_integers
    assert same("complete", 7, {}, nx.complete_graph(7))
    assert same("star", 7, {}, nx.star_graph(6))
    assert same("ring", 7, {}, nx.cycle_graph(7))
    assert same("ring", 9, {"degree": 4}, nx.circulant_graph(9, [1, 2]))
    assert same("lattice", 20, {"diagonals": 0, "torus": 0}, grid(nx.grid_2d_graph(4, 5), ordering="sorted"))
    torus = nx.grid_2d_graph(4, 5, periodic=True)
    assert same("lattice", 20, {"diagonals": 0}, grid(torus, ordering="sorted"))
    assert (degrees(generate("lattice", 30, {"diagonals": 2}, 1)) == 8).all()


def test_blocks_hold_their_share_of_ties_and_are_the_groups():
    """Of 24,000 ties 75 % stay inside, give or take 4 standard errors of .0028; leftovers go one a block."""
    network = generate("stochastic_block", 8_003, {"blocks": 4}, 1)
    group = network.attributes["group"]
    assert np.bincount(group).tolist() == [2001, 2001, 2001, 2000]
    inside = (group[network.first] == group[network.second]).mean()
    assert inside == pytest.approx(0.75, abs=4 * 0.0028)


def test_blocks_may_be_all_or_nothing():
    network = generate("stochastic_block", 100, {"blocks": 5, "within": 1}, 1)
    group = network.attributes["group"]
    assert (group[network.first] == group[network.second]).all()
    network = generate("stochastic_block", 100, {"blocks": 5, "within": 0}, 1)
    assert (group[network.first] != group[network.second]).all()


def test_unrewired_caves_are_cliques_and_share_the_leftovers():
    graph = as_graph(generate("relaxed_caveman", 30, {"size": 7, "rewire": 0}, 1))
    sizes = [len(cave) for cave in nx.connected_components(graph)]
    assert sorted(sizes) == [7, 7, 8, 8]
    assert graph.number_of_edges() == sum(k * (k - 1) // 2 for k in sizes)


def test_rewiring_a_cave_neither_makes_nor_loses_ties():
    rewired, caves = (generate("relaxed_caveman", 70, {"rewire": r}, 1) for r in (0.5, 0))
    assert len(rewired.first) == len(caves.first)


@pytest.mark.parametrize(
    ("kind", "n_people", "options", "said"),
    [
        ("erdos_reny", 100, {}, "did you mean 'erdos_renyi'"),
        ("empty", 100, {}, "no ties"),
        ("erdos_renyi", 100, {"degre": 4}, "did you mean 'degree'"),
        ("erdos_renyi", 100, {"degree": -1}, "between 0.01 and"),
        ("erdos_renyi", 100, {"degree": float("nan")}, "must be a number"),
        ("erdos_renyi", 100, {"degree": True}, "must be a number"),
        ("erdos_renyi", 5, {}, "at most 4 among 5 people"),
        ("erdos_renyi", 1, {}, "population.people = 1"),
        ("erdos_renyi", 2, {"degree": 0.01}, "chance made no tie"),
        ("watts_strogatz", 100, {"degree": 5}, "must be even"),
        ("barabasi_albert", 3, {"new_ties": 3}, "at most 2 among 3 people"),
        ("barabasi_albert", 100, {"new_ties": 2.5}, "whole number"),
        ("random_regular", 11, {"degree": 3}, "must be even"),
        ("lattice", 1009, {}, "take 1008, a grid of 28 by 36"),
        ("stochastic_block", 20, {"blocks": 10}, "too many"),
        ("stochastic_block", 20, {"blocks": 1, "degree": 2}, "too many"),
        ("complete", 20_000, {}, "199,990,000 ties"),
    ],
)
def test_a_wrong_option_is_told(kind, n_people, options, said):
    with pytest.raises(NetworkError, match=said):
        generate(kind, n_people, options, 1)


def test_all_wrong_options_are_told_at_once():
    with pytest.raises(NetworkError) as caught:
        generate("watts_strogatz", 100, {"degree": 5, "rewire": 2, "rewir": 0.1}, 1)
    assert len(str(caught.value).splitlines()) == 3


def test_whole_options_may_be_written_with_a_point():
    assert checked_options("watts_strogatz", 100, {"degree": 8.0}) == {"degree": 8, "rewire": 0.1}


@pytest.mark.parametrize("kind", GENERATORS)
def test_every_default_is_within_its_range(kind):
    for option in GENERATORS[kind].values():
        assert option.low <= option.default <= option.high
        assert option.unit
        assert option.meaning
    assert NetworkSettings(kind=kind).kind == kind
