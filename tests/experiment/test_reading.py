"""What an experiment's file says: arms, seeds, pairs, and which value goes before which."""

import pytest

from peersim.bundled import bundled_experiments
from peersim.experiment.reading import is_experiment, names_experiment, read_experiment
from peersim.mistakes import ScenarioError
from peersim.scenario_file import load_scenario
from peersim.toml_files import read_toml

TWO_ARMS = 'base = "support_group"\n[arms.often]\nset = { "programmes.0.every" = 4 }\n[arms.long]\n'


@pytest.mark.parametrize("name", bundled_experiments())
def test_bundled_experiments_are_read_by_name_and_all_points_are_sound(name):
    experiment = read_experiment(name)
    assert experiment.name == name
    assert experiment.warnings == ()
    assert experiment.title
    for point in range(len(experiment.points)):
        assert len(experiment.scenarios(point)) == len(experiment.arms)


def test_often_and_long_give_equal_hours():
    """What the bundled experiment on frequency says of itself: the sessions of ten weeks, times their length."""
    for scenario in read_experiment("frequency").scenarios(0):
        (programme,) = scenario.programmes
        assert len(range(0, programme.length, programme.every)) * programme.minutes == 18 * 45 == 9 * 90


def test_an_experiment_without_arms_is_its_base(read):
    """One arm, named as the base; one point; as many seeds as by default."""
    experiment = read("base = 'friend_circle'\n[seeds]\n")
    assert (experiment.arms, len(experiment.points), experiment.points.values(0)) == (("friend_circle",), 1, ())
    assert (experiment.pairs, experiment.seeds.min, experiment.seeds.max) == ((), 20, 20)
    assert experiment.scenarios(0) == (load_scenario("friend_circle", ["title="]),)


def test_the_first_arm_is_the_reference_of_all_others(read):
    """In the file's order, whatever the alphabet says."""
    experiment = read("[arms.z]\n[arms.a]\n[arms.m]\n")
    assert experiment.arms == ("z", "a", "m")
    assert experiment.pairs == (("a", "z"), ("m", "z"))


def test_named_contrasts_are_pairs_too_each_once(read):
    """The other way round is another pair, if it is named; arms with dashes are found by their names."""
    claim = '[[hypotheses]]\nid = "{}"\nclaim = "c"\noutcome = "stress"\ntest = "tost"\n'
    claim += "smallest_effect_of_interest = 1\n"
    text = "base = 'support_group'\n[arms.a]\n[arms.b-c]\n[arms.d]\n"
    text += "[seeds]\nuntil = { contrast = 'a - d', outcome = 'stress', half_width = 1 }\n"
    for name, contrast in (("1", "d - a"), ("2", "b-c - d"), ("3", "d-b-c"), ("4", "a - d")):
        text += claim.format(name) + f'contrast = "{contrast}"\n'
    assert read(text).pairs == (("b-c", "a"), ("a", "d"), ("d", "a"), ("b-c", "d"), ("d", "b-c"))


def test_each_layer_goes_before_the_one_below(read):
    """Base, set, the arm's set, the point, the command."""
    text = (
        "base = 'support_group'\nset = { 'run.days' = 100, 'programmes.0.size' = 5, 'programmes.0.every' = 5 }\n"
        "[arms.a]\nset = { 'programmes.0.size' = 6, 'programmes.0.every' = 6 }\n[arms.b]\n"
        "[sweep]\nvary.'programmes.0.minutes' = [30, 60]\n"
    )
    one, other = read(text, "programmes.0.every=3").scenarios(1)
    assert [(s.run.days, s.programmes[0].weeks) for s in (one, other)] == [(100, 10)] * 2
    assert [(s.programmes[0].size, s.programmes[0].every, s.programmes[0].minutes) for s in (one, other)] == [
        (6, 3, 60.0), (5, 3, 60.0),
    ]  # fmt: skip
    assert [s.programmes[0].every for s in read(text).scenarios(0)] == [6, 5]


def test_what_is_set_may_be_written_in_tables(read):
    """As in a scenario, or with dotted names, or half of both; it is laid over what the base says."""
    ways = [
        "set = { 'stressors.event_rate' = 3, 'stressors.hardship_slope' = 0.1 }\n[seeds]\n",
        "set.stressors = { event_rate = 3, hardship_slope = 0.1 }\n[seeds]\n",
        "[set.stressors]\nevent_rate = 3\nhardship_slope = 0.1\n[seeds]\n",
    ]
    found = [read(way).scenarios(0) for way in ways]
    assert found[0] == found[1] == found[2]
    assert found[0][0].stressors.event_rate == 3.0


def test_a_setting_of_a_programme_is_for_the_arms_that_have_it(read):
    """In the common set and in a command; an arm can bring a programme of its own."""
    text = (
        "set = { 'programmes.0.every' = 5 }\n[arms.none]\n[arms.group]\nbase = 'support_group'\n"
        "[arms.own]\nset = { programmes = [{ kind = 'friend_circle' }, { kind = 'support_group' }] }\n"
    )
    none, group, own = read(text, "programmes.0.minutes=33", "programmes.1.minutes=44").scenarios(0)
    assert none.programmes == ()
    assert [(p.every, p.minutes) for p in group.programmes] == [(5, 33.0)]
    assert [(p.kind, p.minutes) for p in own.programmes] == [("friend_circle", 33.0), ("support_group", 44.0)]


def test_commands_set_in_the_experiment_what_is_its_own(read):
    """Typed as in the file; a name of several parts is what it varies."""
    text = TWO_ARMS + "[sweep]\nvary.'programmes.0.minutes' = { low = 30, high = 60, count = 2 }\n[seeds]\nmin = 3\n"
    commands = (
        "seeds.min=7", "record.timeline=false", "record.people=['stress']", "limits.seconds=.5", "title=A title",
        "sweep.vary.stressors.event_rate=[1, 2]", 'sweep.vary."programmes.0.minutes".high=90', "run.days=90",
        "seeds.until={ contrast = 'often - long', outcome = 'stress', half_width = 1 }",
        "seeds.until.half_width=2", "sweep.where=['stressors.event_rate < 2']",
    )  # fmt: skip
    experiment = read(text, *commands)
    assert (experiment.seeds.min, experiment.seeds.max, experiment.seeds.until.half_width) == (7, 400, 2.0)
    assert (experiment.record.timeline, experiment.record.people) == (False, ("stress",))
    assert experiment.limits.seconds == 0.5
    assert (experiment.title, experiment.settings) == ("A title", commands)
    assert experiment.points.names == ("programmes.0.minutes", "stressors.event_rate")
    assert [experiment.points.values(k) for k in range(len(experiment.points))] == [(30.0, 1), (90.0, 1)]
    assert {scenario.run.days for scenario in experiment.scenarios(0)} == {90}


def test_the_first_seed_is_that_of_the_base_unless_it_is_said(read):
    """And a command can say so either way."""
    assert read("[seeds]\n").first_seed == load_scenario("baseline").run.seed
    assert read("set = { 'run.seed' = 12 }\n[seeds]\n").first_seed == 12
    assert read("[seeds]\n", "run.seed=13").first_seed == 13
    assert read("set = { 'run.seed' = 12 }\n[seeds]\nfirst = 0\n").first_seed == 0


def test_the_text_and_the_bases_beside_the_file_are_found(read, tmp_path):
    """From whichever folder it is read; a network's file starts at the file that names it."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "village.toml").write_text("[network]\nfile = 'ties.csv'\n")
    text = "base = 'inner/village.toml'\n[sweep]\nvary.'network.nodes' = ['one.csv', '']\n# ä\n"
    experiment = read(text)
    assert experiment.text == text
    assert experiment.arms == ("village",)
    networks = [experiment.scenarios(k)[0].network for k in range(2)]
    assert {network.file for network in networks} == {str((tmp_path / "inner" / "ties.csv").resolve())}
    assert [network.nodes for network in networks] == [str((tmp_path / "one.csv").resolve()), ""]


def test_oddities_of_arms_are_warned_of_once(read):
    experiment = read("base = 'support_group'\n[arms.a]\n[arms.b]\n", "run.days=30")
    (warning,) = experiment.warnings
    assert warning.endswith("is cut short: it would end on day 70, and the run has 30 days")


@pytest.mark.parametrize(
    ("table", "warning"),
    [
        ("design = 'sobol'\npoints = 60", "60 Sobol points are no power of two and less even than 64 would be"),
        ("design = 'sobol'\npoints = 64", None),
        ("design = 'lhs'\npoints = 60", None),
    ],
)
def test_sobol_points_are_best_in_powers_of_two(read, table, warning):
    found = read(f"[sweep]\n{table}\nvary.'stressors.event_rate' = {{ low = 1, high = 2 }}\n")
    assert found.warnings == (() if warning is None else (warning,))


def test_points_that_are_the_same_are_kept_and_warned_of(read):
    experiment = read("[sweep]\nvary.'run.days' = { low = 1, high = 3, count = 4 }\n")
    assert [experiment.points.values(k) for k in range(4)] == [(1,), (2,), (2,), (3,)]
    assert experiment.warnings == ("some points are the same; each is run, and counted, as often as it stands there",)


def test_where_leaves_points_out_and_counts_them(read):
    """A division by zero is not met, and told with the line."""
    text = "[sweep]\nvary.'run.burn_in' = [0, 1, 2, 3]\nwhere = ['6 / run.burn_in > 2']\n"
    experiment = read(text)
    assert [experiment.points.values(k) for k in range(len(experiment.points))] == [(1,), (2,)]
    assert experiment.points.left_out == 2
    assert experiment.warnings == (
        "x.toml:3:10: \"6 / run.burn_in > 2\" divides by zero at 1 point, which is left out",
    )  # fmt: skip


def test_a_scenario_is_no_experiment(tmp_path, monkeypatch):
    """A bundled name is what it is; a file is an experiment if it has a table of one."""
    monkeypatch.chdir(tmp_path)
    assert names_experiment("frequency")
    assert not names_experiment("baseline")
    assert not names_experiment("nothing")
    for table, expected in (("seeds", True), ("sweep", True), ("arms.a", True), ("[hypotheses]", True), ("run", False)):
        (tmp_path / "x.toml").write_text(f"[{table}]\n")
        assert is_experiment(read_toml(tmp_path / "x.toml")[0]) is names_experiment("x.toml") is expected


def test_an_unknown_name_is_told_with_the_names_there_are():
    with pytest.raises(ScenarioError, match=r"no experiment has the name 'frequencie'.*did you mean 'frequency'\?"):
        read_experiment("frequencie")


def test_an_experiment_that_is_read_as_a_scenario_is_told_so(tmp_path):
    """As by a command that takes scenarios."""
    (tmp_path / "x.toml").write_text("[arms.a]\n[seeds]\nmin = 3\n")
    with pytest.raises(ScenarioError) as refused:
        load_scenario(tmp_path / "x.toml")
    assert str(refused.value).count("an experiment has it, and this is read as a scenario") == 2
