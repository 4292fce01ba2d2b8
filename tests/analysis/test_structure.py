"""What is said of a network's structure is true of its ties, and looking at them changes nothing."""

from __future__ import annotations

import math

import networkx as nx
import numpy as np
import pytest

from peersim.analysis.arms import live_arms
from peersim.analysis.comparison import compare
from peersim.analysis.single import run
from peersim.analysis.structure import Structure, mean_structure, shape_of
from peersim.graph import to_networkx
from peersim.outcomes import NAMES
from peersim.simulate import live, settled_world
from peersim.world import build_world
from tests.checks import digest
from tests.communities import lived, scenario_of
from tests.relabel import permuted

STILL = {
    "contact": {"rate": 0.0, "fading": 0.0, "partner_fading": 0.0, "drift_rate": 0.0},
    "new_ties": {"rate": 0.0, "rate_missing": 0.0, "least_closeness": 0.0},
}
"""Nobody meets, drifts apart, loses sight of anyone or looks for anyone."""
RUN = {"days": 60, "burn_in": 40}


def structures(*scenarios, seed=1):
    return [arm.structure for arm in live_arms(scenarios, [], seed, None)]


def test_where_no_tie_comes_or_goes_nothing_drifts():
    """Degree and clustering are the same three times, and every tie is kept."""
    [found] = structures(scenario_of(200, run=RUN, **STILL))
    assert len(set(found.degree)) == len(set(found.clustering)) == 1
    assert found.drift == {"degree": 0.0, "clustering": 0.0}
    assert found.kept == 1.0
    assert found.degree[0] > 0 < found.clustering[0]


def test_where_ties_only_fade_fewer_are_left():
    """Drift is below 0, and the share kept is the share of degree left since day 0."""
    [found] = structures(scenario_of(200, run=RUN, new_ties={"rate": 0.0, "rate_missing": 0.0}))
    built, settled, last = found.degree
    assert built > settled > last > 0
    assert found.drift["degree"] == last / built - 1
    assert found.kept == pytest.approx(last / settled, rel=1e-12)


def test_the_three_moments_are_those_of_a_life_lived_by_hand():
    """The world as built, as settled and after the last day, each as networkx sees it."""
    scenario = scenario_of(200, run=RUN)
    [found] = structures(scenario, seed=3)
    worlds = build_world(scenario, 3), settled_world(scenario, 3), lived(scenario, 3, 60)
    graphs = [to_networkx(world) for world in worlds]
    assert found.degree == tuple(2 * graph.number_of_edges() / 200 for graph in graphs)
    assert found.clustering == pytest.approx([nx.average_clustering(graph) for graph in graphs], abs=1e-14)
    kept = nx.intersection(graphs[1], graphs[2]).number_of_edges()
    assert found.kept == kept / graphs[1].number_of_edges()


def test_the_last_degree_is_the_last_one_recorded():
    """The timeline and the structure tell of the same evening."""
    [arm] = live_arms([scenario_of(200, run=RUN)], [], 1, None)
    assert arm.structure.degree[2] == pytest.approx(arm.mean[-1, NAMES.index("degree")], rel=1e-12)


def test_arms_with_one_past_were_built_and_settled_alike():
    """Only the last day may differ; another past settles otherwise."""
    one, other, apart = structures(
        scenario_of(200, run=RUN),
        scenario_of(200, run=RUN, programmes=["support_group"]),
        scenario_of(200, run=RUN, contact={"drift_rate": 0.02}),
    )
    assert one.degree[:2] == other.degree[:2] and one.clustering[:2] == other.clustering[:2]
    assert one.degree[2] != other.degree[2]
    assert apart.degree[0] == one.degree[0] and apart.degree[1] < one.degree[1]


def test_looking_changes_nothing():
    """A world that was looked at on its way ends as one that was not."""
    scenario = scenario_of(200)
    world = settled_world(scenario, 1)
    shape_of(world)
    live(world, scenario, 30)
    assert digest(world) == digest(lived(scenario, 1, 30))


def test_structure_does_not_depend_on_the_order_of_people():
    """To the last bit, whatever the rows they stand in."""
    world = lived(scenario_of(200), 1, 10)
    for seed in range(5):
        assert shape_of(permuted(world, np.random.default_rng(seed).permutation(200))) == shape_of(world)


def test_where_all_ties_are_gone_by_day_0_no_share_is_kept():
    """All of degree and clustering is lost, and no share of nothing is told."""
    scenario = scenario_of(
        100, run={"days": 7, "burn_in": 15}, population={"partners": "none"}, contact={"rate": 0.0, "fading": 1.0},
        new_ties={"rate": 0.0, "rate_missing": 0.0},
    )  # fmt: skip
    [found] = structures(scenario)
    assert found.degree[0] > 0 and found.degree[1:] == found.clustering[1:] == (0.0, 0.0)
    assert found.drift == {"degree": -1.0, "clustering": -1.0}
    assert math.isnan(found.kept)


def test_seeds_are_joined_by_their_means():
    """Of every number; the drift is that of the means."""
    one = Structure((4.0, 3.0, 2.0), (0.4, 0.3, 0.1), 0.5)
    other = Structure((8.0, 5.0, 6.0), (0.2, 0.3, 0.3), 0.7)
    joined = mean_structure([one, other])
    assert joined.degree == (6.0, 4.0, 4.0)
    assert joined.clustering == pytest.approx((0.3, 0.3, 0.2))
    assert joined.kept == pytest.approx(0.6)
    assert joined.drift == pytest.approx({"degree": -1 / 3, "clustering": -1 / 3})


def test_runs_and_comparisons_tell_the_same():
    """Means over the same seeds of the same scenario."""
    scenario = scenario_of(150, run=RUN)
    alone = run(scenario, seeds=2)
    beside = compare({"nothing": scenario, "group": scenario_of(150, run=RUN, programmes=["support_group"])}, seeds=2)
    assert alone.structure == beside.arms[0].structure
    assert np.isfinite(alone.structure.kept)
