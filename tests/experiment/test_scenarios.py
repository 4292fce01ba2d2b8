"""The scenarios of a point: quick to make, and the same as if they had been written down."""

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.experiment.experiment import checked_at
from peersim.experiment.reading import read_experiment
from peersim.mistakes import ScenarioError
from peersim.programmes.programme import PRESETS
from peersim.scenario_file import load_scenario

MANY = """
base = "support_group"
set = { "programmes.0.size" = 9 }
[arms.group]
[arms.two]
set = { programmes = [{ size = 9 }, { kind = "friend_circle", start = 7 }] }
[arms.none]
base = "baseline"
[sweep]
design = "lhs"
points = 50
seed = 3
vary."stressors.event_rate" = { low = 0.7, high = 2.7, log = true }
vary."stressors.share" = [[0.25, 0.25, 0.25, 0.25], [0.4, 0.2, 0.2, 0.2]]
vary."programmes.0.kind" = ["support_group", "friend_circle", "online_community"]
vary."programmes.1.minutes" = { low = 30, high = 90 }
vary."network.kind" = ["watts_strogatz"]
vary."network.options.rewire" = { low = 0, high = 1 }
vary."run.days" = { low = 100, high = 200 }
vary."switches.co_rumination" = [true, false]
"""


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    path = tmp_path_factory.mktemp("experiment") / "many.toml"
    path.write_text(MANY)
    return read_experiment(path)


@settings(max_examples=50, deadline=None)
@given(point=st.integers(0, 49))
def test_the_quick_way_is_the_slow_way(many, point):
    """Values put in place, and all of the scenario read and checked anew, are the same scenarios."""
    values = many.points.values(point)
    slowly = tuple(checked_at(arm, point, values, many.factors)[0] for arm in many.prepared)
    assert many.scenarios(point) == slowly


def test_a_point_is_what_it_is_whichever_was_made_before(many):
    """No value of one point is left over in another."""
    first = [many.scenarios(k) for k in range(len(many.points))]
    assert [many.scenarios(k) for k in reversed(range(len(many.points)))] == first[::-1]


def test_varied_numbers_reach_the_arms_that_have_them(many):
    """An arm without the programme is as the others make it, and nothing more."""
    for point in range(len(many.points)):
        values = dict(zip(many.points.names, many.points.values(point), strict=True))
        group, two, none = many.scenarios(point)
        assert {s.stressors.event_rate for s in (group, two, none)} == {values["stressors.event_rate"]}
        assert {s.network.options["rewire"] for s in (group, two, none)} == {values["network.options.rewire"]}
        assert {s.run.days for s in (group, two, none)} == {values["run.days"]}
        assert {p.kind for p in (group.programmes[0], two.programmes[0])} == {values["programmes.0.kind"]}
        assert [p.minutes for p in two.programmes[1:]] == [values["programmes.1.minutes"]]
        assert none.programmes == ()


def test_a_varied_kind_brings_its_presets_numbers(many):
    """But what the experiment spells out stays."""
    for point in range(len(many.points)):
        programme = many.scenarios(point)[0].programmes[0]
        preset = PRESETS[programme.kind]
        assert programme.size == 9
        assert [getattr(programme, name) for name in ("minutes", "uptake")] == [preset["minutes"], preset["uptake"]]


def test_a_point_is_as_a_command_would_set_it(read):
    """`-s` with the values of the point gives the same scenario."""
    experiment = read("base = 'support_group'\n[sweep]\nvary.'programmes.0.minutes' = [30]\nvary.'run.days' = [99]\n")
    as_set = load_scenario("support_group", ["title=", "programmes.0.minutes=30", "run.days=99"])
    assert experiment.scenarios(0) == (as_set,)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        (
            "vary.'stressors.share' = [[0.25, 0.25, 0.25, 0.25], [1, 1, 1, 1]]",
            "x.toml:2:53: stressors.share = [1, 1, 1, 1]: the shares of the four domains sum to 4; must sum to 1 "
            "(at point 1: stressors.share = [1, 1, 1, 1]); stressors.event_rate says how many events there are",
        ),
        (
            "design = 'zip'\nvary.'resilience.optimism_weight' = [0.25, 0.5]\nvary.'run.days' = [9, 8]",
            "x.toml:3:44: resilience.optimism_weight = 0.5: self_esteem_weight, optimism_weight, coping_weight are",
        ),
        (
            "vary.'resilience.coping_weight' = [0.4, 0.5]\n[set.resilience]\nself_esteem_weight = 0.35",
            "x.toml:2:41: resilience.coping_weight = 0.5: self_esteem_weight, optimism_weight, coping_weight are",
        ),
        (
            "vary.'network.kind' = ['foci', 'random_regular']\nvary.'population.people' = [500, 3]",
            "(at point 3: network.kind = \"random_regular\", population.people = 3)",
        ),
        (
            "vary.'run.days' = [90, 60]\n[record]\nat = 69",
            "x.toml:4:1: record.at = 69: a run of 60 days ends with day 59 (at point 1: run.days = 60)",
        ),
    ],
)
def test_what_is_wrong_at_a_point_is_told_with_its_values(read, table, sentence):
    """Where it stands in the file; the points before it are sound."""
    experiment = read("[sweep]\n" + table)
    last = len(experiment.points) - 1
    experiment.scenarios(0)
    with pytest.raises(ScenarioError) as refused:
        experiment.scenarios(last)
    assert sentence in str(refused.value)


def test_an_experiment_can_be_sent_to_another_process(many):
    sent = pickle.loads(pickle.dumps(many))
    assert sent.scenarios(17) == many.scenarios(17)
    assert (sent.arms, sent.pairs, len(sent.points)) == (many.arms, many.pairs, len(many.points))
