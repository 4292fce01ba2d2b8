"""Whatever is wrong with a scenario is told in a sentence: where, what came, what is allowed, what it means, what "
"to do."""

import json
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.mistakes import Place, Problem, ScenarioError
from peersim.parameters import specs
from peersim.scenario import TABLES, Scenario
from peersim.scenario_file import load_scenario, read_scenario

FAULTS = {
    # names
    "[stresors]\n": "1:2: stresors: unknown table; did you mean 'stressors'?",
    "[[stresors]]\n": "1:3: stresors: unknown table; did you mean 'stressors'?",
    "[Stressors]\n": "1:2: Stressors: unknown table; did you mean 'stressors'?",
    "[programme]\nevery = 7\n": "1:2: programme: unknown table; did you mean 'programmes'?",
    "[days]\n": "1:2: days: unknown table; did you mean 'run.days'?",
    "[zzz]\n": "1:2: zzz: unknown table; the tables are run, population,",
    "[stressors]\nevent_rat = 3\n": "2:1: stressors.event_rat: unknown parameter; did you mean 'event_rate'?",
    "[run]\nburn-in = 3\n": "2:1: run.burn-in: unknown parameter; did you mean 'burn_in'?",
    "[stressors]\nneed_threshold = 0.1\n": "stressors.need_threshold: unknown parameter; did you mean "
    "'seeking.need_threshold'?",
    "[stressors]\nneed_treshold = 0.1\n": "did you mean 'seeking.need_threshold'?",
    "[stressors]\nrate = 2\n": "stressors.rate: unknown parameter; [stressors] has event_rate, share,",
    "[run.stressors]\n": "1:6: run.stressors: unknown parameter; stressors is a table of its own: [stressors]",
    "[run]\nprogrammes = []\n": "programmes is a table of its own: [[programmes]]",
    "days = 3\n": "1:1: days: unknown parameter; did you mean 'run.days'?",
    "tilte = 'x'\n": "1:1: tilte: unknown parameter; did you mean 'title'?",
    "schema_version = 1\n": "schema_version: unknown parameter; did you mean 'schema'?",
    "rate = 3\n": "1:1: rate: unknown parameter; put it below the name of its table, as days below [run]",
    # kinds of values
    '[stressors]\nevent_rate = "high"\n': "stressors.event_rate = \"high\": must be a number between 0 and 100 events "
    "per person and year, not the text 'high' (major events that strike a person)",
    '[stressors]\nevent_rate = "1.5"\n': "not the text '1.5' (major events that strike a person); write 1.5 without "
    "quotation marks",
    "[stressors]\nevent_rate = true\n": "must be a number between 0 and 100 events per person and year, not true",
    "[stressors]\nevent_rate = [1]\n": "stressors.event_rate = [1]: must be a number between 0 and 100",
    "[stressors.event_rate]\n": "1:12: stressors.event_rate: must be a number between 0 and 100 events per person and "
    "year, not a table",
    "[stressors]\nevent_rate = 2024-01-01\n": "not the date or time 2024-01-01",
    "[stressors]\nevent_rate = inf\n": "stressors.event_rate = inf: must be a finite number, not inf",
    "[stressors]\nevent_rate = nan\n": "stressors.event_rate = nan: must be a finite number, not nan",
    "[run]\ndays = 7.5\n": "run.days = 7.5: must be a whole number between 1 and 36,500 days, not 7.5 (days after day "
    "0)",
    "[run]\ndays = 7.0\n": "not 7.0 (days after day 0); write 7",
    "[switches]\nburden = 'off'\n": "switches.burden = \"off\": must be true or false, not the text 'off' (helping "
    "tires the helper); write false",
    "[switches]\nburden = 1\n": "must be true or false, not the number 1 (helping tires the helper); write true",
    "[switches]\nburden = 'maybe'\n": "must be true or false, not the text 'maybe' (helping tires the helper)",
    "[network]\nfile = 3\n": 'network.file = 3: must be a text, not the number 3 (file with the ties, from the '
    'scenario\'s folder); write "3"',
    "[network]\nwave = 1.5\n": "network.wave = 1.5: must be a text, not the number 1.5",
    "title = 3\n": "1:1: title = 3: must be a text; put it in quotation marks",
    # ranges
    "[run]\ndays = 0\n": "run.days = 0: must be between 1 and 36,500 days (days after day 0)",
    "[run]\nseed = -1\n": "run.seed = -1: must be between 0 and 4,611,686,018,427,387,904 (of the first replicate",
    "[stressors]\nevent_rate = 101\n": "stressors.event_rate = 101: must be between 0 and 100 events per person and "
    "year (major events that strike a person)",
    "[seeking]\nneed_threshold = 1.5\n": "seeking.need_threshold = 1.5: must be between 0 and 1 (stress at "
    "which need is one half)",
    "[seeking]\nneed_threshold = 0x" + "f" * 5000 + "\n": "= a number of 20,000 bits: must be between 0 and 1",
    # lists
    "[stressors]\nshare = [1, 0]\n": "stressors.share = [1, 0]: must be a list of 4 numbers, not of 2",
    "[stressors]\nshare = 0.25\n": "must be a list of 4 numbers, not the number 0.25 (share of events in each "
    "domain); write [0.25, 0.25, 0.25, 0.25]",
    "[stressors]\nshare = [\n 0.1,\n 0.2, 'x', 0.3]\n": "4:7: stressors.share = [0.1, 0.2, \"x\", 0.3]: number 3 of 4 "
    "must be a number, not the text 'x'",
    "[stressors]\nshare = [0.1, 1.2, 0, 0]\n": "2:15: stressors.share = [0.1, 1.2, 0, 0]: number 2 of 4 must be "
    "between 0 and 1, not 1.2",
    "[stressors]\nshare = [0.1, nan, 0, 0]\n": "2:15: stressors.share = [0.1, nan, 0, 0]: number 2 of 4 must be a "
    "finite number, not nan",
    # words
    "[population]\npartners = 'drawn'\n": "population.partners = \"drawn\": must be one of draw, none (who is a couple "
    "where a network file does not say: drawn, or nobody); did you mean 'draw'?",
    "[network]\nkind = 'Watts-Strogatz'\n": "did you mean 'watts_strogatz'?",
    "[network]\nkind = 3\n": "network.kind = 3: must be one of foci, erdos_renyi,",
    # tables
    "stressors = 3\n": "1:1: stressors = 3: must be a table; write [stressors] and below it event_rate = ...",
    "[[stressors]]\nevent_rate = 1\n": "1:3: stressors = [{event_rate = 1}]: must be one table, not a list; write "
    "[stressors], in one bracket",
    "[programmes]\nevery = 7\n": "1:2: programmes: must be a list of tables; write [[programmes]], in two brackets",
    "programmes = [3]\n": "1:15: programmes.0 = 3: must be a list of tables; write [[programmes]], in two brackets",
    # programmes
    "[[programmes]]\nkind = 'suport_group'\n": "2:1: programmes.0.kind = \"suport_group\": must be one of "
    "support_group, friend_circle",
    "[[programmes]]\nkind = ['x']\n": "2:1: programmes.0.kind = [\"x\"]: must be one of support_group, friend_circle",
    "[[programmes]]\nkind = {}\nevery = 0\n": "3:1: programmes.0.every = 0: must be between 1 and 365 days",
    "[[programmes]]\n[[programmes]]\nevry = 4\n": "3:1: programmes.1.evry: unknown parameter; did you mean 'every'?",
    "[[programmes]]\neligibility = 'strss > 0.4'\n": "2:1: programmes.0.eligibility = \"strss > 0.4\": strss: unknown "
    "in a rule; did you mean 'stress'? (whom it is offered to: a rule over states and traits)",
    "[[programmes]]\neligibility = 'import os'\n": "cannot be read as a rule",
    "[[programmes]]\neligibility = 0.4\n": "must be a text, not the number 0.4",
    "[[programmes]]\nmix = [0.7, 0.5, 0.2]\n": "2:1: programmes.0.mix: emotional, informational and instrumental "
    "support are shares and sum to 1.4; must sum to at most 1",
    # what single numbers do not show
    "[foci]\nleast_size = [9, 3]\n": "2:1: foci.least_size: the smallest large focus has 9 people, more than the "
    "largest, which has 8; foci.least_size must be at most foci.most_size",
    "[foci]\nmost_size = [8, 2]\n": "2:1: foci.most_size: the smallest small focus has 3 people",
    "[resilience]\noptimism_weight = 0.5\n": "2:1: resilience.optimism_weight: self_esteem_weight, optimism_weight, "
    "coping_weight are 0.35, 0.5, 0.4 and sum to 1.25; must sum to 1",
    "[network]\nfile = 'a.csv'\nkind = 'star'\n": "2:1: network.file: a network comes from a file or from a generator, "
    "and network.kind = 'star' names one",
    "[network]\nnodes = 'a.csv'\n": "2:1: network.nodes: tells of people, but no network.file tells of their ties",
    "[network]\noptions.degree = 4\n": "2:1: network.options: the generator foci has no options",
    "[network]\nkind = 'star'\noptions.degree = 'x'\n": "3:9: network.options.degree = \"x\": must be a number",
    "[network]\noptions = 3\n": "2:1: network.options = 3: must be a table: [network.options]",
    "[network]\nkind = 'watts_strogatz'\n[network.options]\ndegree = 3\n": "4:1: network.options.degree: must be even",
    "[network]\nkind = 'watts_strogatz'\noptions.degre = 4\n": "3:9: network.options.degre: watts_strogatz has no such "
    "option; it has degree, rewire; did you mean 'degree'?",
    "[population]\npeople = 11\n[network]\nkind = 'lattice'\n": "2:1: population.people: no grid has so many places",
    # version
    "schema = 2\n": "1:1: schema = 2: must be 1, the version of this format; a newer peersim may read it",
    "schema = 0\n": "1:1: schema = 0: must be 1, the version of this format",
    "schema = '1'\n": "1:1: schema = \"1\": must be 1, the version of this format",
    "base = 3\n": "1:1: base: must be a text: the name of a scenario or of its file",
}


def problems_of(text, folder):
    """What is said of a scenario's text, without the name of its file."""
    file = folder / "x.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    return [str(problem).removeprefix(f"{file}:") for problem in caught.value.problems]


@pytest.mark.parametrize(("text", "said"), FAULTS.items(), ids=range(len(FAULTS)))
def test_each_fault_is_told_with_its_place(text, said, tmp_path):
    """Place, what came, what is allowed, what it means, what to do; and nothing else is told than what is wrong."""
    told = problems_of(text, tmp_path)
    assert any(said in sentence for sentence in told), told
    assert len(told) == 1 + text.count("kind = {}")


MANY = """\
schema = 1
title = "Ten mistakes"
days = 30

[stresors]
event_rate = 1

[stressors]
event_rat = 3
share = [0.2, 0.3, 0.5]

[seeking]
need_threshold = "high"
rate = 1.5

[resilience]
coping_weight = 0.5
typo = 1

[[programmes]]
kind = "suport_group"
mix = [0.7, 0.5, 0.2]
"""


def test_all_mistakes_are_told_at_once(tmp_path):
    """Ten mistakes of ten kinds: each with its line and column, in the order of the file."""
    assert problems_of(MANY, tmp_path) == [
        "3:1: days: unknown parameter; did you mean 'run.days'?",
        "5:2: stresors: unknown table; did you mean 'stressors'?",
        "9:1: stressors.event_rat: unknown parameter; did you mean 'event_rate'?",
        "10:1: stressors.share = [0.2, 0.3, 0.5]: must be a list of 4 numbers, not of 3 (share of events in each "
        "domain)",
        "13:1: seeking.need_threshold = \"high\": must be a number between 0 and 1, not the text 'high' (stress at "
        "which need is one half)",
        "14:1: seeking.rate = 1.5: must be between 0 and 1 (per day: chance that a person in full need and safety "
        "seeks help)",
        "17:1: resilience.coping_weight: self_esteem_weight, optimism_weight, coping_weight are 0.35, 0.25, 0.5 and "
        "sum to 1.1; must sum to 1; resilience is their weighted mean",
        "18:1: resilience.typo: unknown parameter; [resilience] has self_esteem_weight, optimism_weight, "
        "coping_weight, return_rate, erosion, high_stress, mastery, mastery_load, mastery_stress, coping_rate",
        "21:1: programmes.0.kind = \"suport_group\": must be one of support_group, friend_circle, parent_group, "
        "couples_counselling, online_community (the preset that fills in what is not said); did you mean "
        "'support_group'?",
        "22:1: programmes.0.mix: emotional, informational and instrumental support are shares and sum to 1.4; must "
        "sum to at most 1",
    ]


def test_what_is_wrong_by_itself_is_not_added_up(tmp_path):
    """A weight that is no number is told once: nothing is said of a sum that has none."""
    [told] = problems_of("[resilience]\noptimism_weight = 0.5\ncoping_weight = 'much'\n", tmp_path)
    assert told.startswith('3:1: resilience.coping_weight = "much": must be a number')


def test_programmes_keep_their_numbers(tmp_path):
    """What is wrong with the second is told of the second, also where the first is no programme at all."""
    first, second = problems_of("programmes = [3, {mix = [1, 1, 1]}]\n", tmp_path)
    assert first.startswith("1:15: programmes.0 = 3: ")
    assert second.startswith("1:19: programmes.1.mix: ")


def test_values_without_a_file_are_told_without_a_place():
    """A scenario given as tables has no lines."""
    with pytest.raises(ScenarioError, match=r"^run\.days = 0: must be between 1 and 36,500 days"):
        load_scenario({"run": {"days": 0}})


any_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
every_parameter = [(table, spec) for table, kind in TABLES.items() for spec in specs(kind)]


@settings(max_examples=300, deadline=None)
@pytest.mark.filterwarnings("ignore::UserWarning")
@given(st.sampled_from(every_parameter), any_value)
def test_whatever_pydantic_refuses_has_a_sentence_of_ours(which, value):
    """No value of any parameter falls through to a sentence that is not made of its declaration."""
    table, spec = which
    row = {spec.name: value}
    try:
        scenario = load_scenario({table: [row] if table == "programmes" else row})
    except ScenarioError as error:
        assert all("Input should" not in str(problem) for problem in error.problems)
        [problem] = [p for p in error.problems if p.path.endswith(spec.name)] or error.problems[:1]
        is_contradiction = "sum" in problem.message or "focus" in problem.message or table == "network"
        assert spec.doc in problem.message or is_contradiction
    else:
        assert isinstance(scenario, Scenario)


def test_a_problem_says_all_that_it_knows():
    """The whole sentence, in its order; and none of it where nothing is known."""
    problem = Problem("run.days", "must be more", "write 7", "0", "x.toml", 3, 1)
    assert str(problem) == "x.toml:3:1: run.days = 0: must be more; write 7"
    assert str(Problem("", "is empty")) == "is empty"
    assert str(Problem("run.days", "must be more", file="-s run.days=0")) == "-s run.days=0: must be more"


def test_a_problem_as_json_has_null_for_what_it_does_not_know():
    """Line and column are numbers or null, never 0."""
    assert json.loads(json.dumps(Problem("run.days", "must be more", file="-s run.days=0").as_dict())) == {
        "path": "run.days", "message": "must be more", "suggestion": "", "given": "", "file": "-s run.days=0",
        "line": None, "column": None,
    }  # fmt: skip


def test_an_error_survives_the_way_between_processes():
    """A worker's ScenarioError arrives with all its problems."""
    error = ScenarioError([Problem("run.days", "must be more", "", "0", *Place("x.toml", 3, 1))])
    assert str(pickle.loads(pickle.dumps(error))) == str(error) == "x.toml:3:1: run.days = 0: must be more"


ODDITIES = {
    "[run]\ndays = 60\n[[programmes]]\n": "3:3: programmes.0: is cut short: it would end on day 70, and the run has "
    "60 days",
    "[[programmes]]\nstart = 365\n": "1:3: programmes.0: never starts: it would on day 365, and the run has 365 days",
    "[population]\npeople = 9\n[network]\nfile = 'a.csv'\n": "2:1: population.people: is not read: a network file "
    "says who",
    "[foci]\norder_spread = 1\n[network]\nkind = 'star'\n": "1:2: foci: is not read: the network is not made of foci",
    "[network]\nheader = 'no'\n": "2:1: network.header: is not read: there is no network.file",
}


@pytest.mark.parametrize(("text", "said"), ODDITIES.items(), ids=range(len(ODDITIES)))
def test_what_is_hardly_meant_is_a_warning(text, said, tmp_path):
    """It can be run, so it is no error; it is told with its place."""
    file = tmp_path / "x.toml"
    file.write_text(text)
    [warning] = read_scenario(file).warnings
    assert warning.startswith(f"{file}:{said}")
    with pytest.warns(UserWarning, match="x.toml"):
        load_scenario(file)


def test_a_sensible_scenario_has_no_warnings():
    """A programme that ends with the run's last day is not cut short."""
    reading = read_scenario({"run": {"days": 70}, "programmes": [{}], "foci": {"order_spread": 0.3}})
    assert reading.warnings == ()
