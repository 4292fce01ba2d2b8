"""What a command sets is typed, checked and told as in a file."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.mistakes import ScenarioError
from peersim.parameters import specs
from peersim.scenario import TABLES
from peersim.scenario_file import load_scenario
from peersim.scenario_text import as_toml


def set_one(text, source="support_group"):
    """The value that `-s text` leaves at its path."""
    found = load_scenario(source, ["run.burn_in=0", text])
    for part in text.partition("=")[0].replace(" ", "").split("."):
        found = found[int(part)] if part.isdecimal() else getattr(found, part)
    return found


VALUES = {
    "run.days=400": 400,
    " run . days = 400 ": 400,
    "stressors.event_rate=.5": 0.5,
    "stressors.event_rate=1e-3": 0.001,
    "stressors.severity_log_mean=-.5": -0.5,
    "stressors.event_rate=2": 2.0,
    "stressors.share=[.2,.4,.2,.2]": (0.2, 0.4, 0.2, 0.2),
    "stressors.share=[0, 1, 0, 0.0]": (0, 1, 0, 0),
    "switches.burden=false": False,
    "population.partners=none": "none",
    "population.partners='none'": "none",
    'population.partners="none"': "none",
    "title=a better world": "a better world",
    "title=2024": "2024",
    "title=.5 is half": ".5 is half",
    "title=a = b": "a = b",
    "title='a # b'": "a # b",
    "title=": "",
    "network.wave=2": 2,
    "network.wave=first": "first",
    "network.weight=2024": "2024",
    "programmes.0.every=4": 4,
    "programmes.0.effect=0": 0.0,
    "programmes.0.eligibility=partnered and stress > .5": "partnered and stress > .5",
}


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(("text", "value"), VALUES.items())
def test_values_are_typed_as_in_a_file(text, value):
    """Numbers, lists, yes and no; bare words are text, and a number may begin with its point."""
    assert set_one(text) == value


FAULTS = {
    "stressors.event_rat=3": "unknown parameter; did you mean 'event_rate'?",
    "stresors.event_rate=3": "unknown table; did you mean 'stressors'?",
    "event_rate=3": "unknown parameter; did you mean 'stressors.event_rate'?",
    "stressors.event_rate=high": "must be a number between 0 and 100 events per person and year, not the text 'high' "
    "(major events that strike a person)",
    "stressors.event_rate=": "must be a number between 0 and 100 events per person and year, not the text ''",
    "stressors.event_rate=1\nrun.days=3": "not the text '1\nrun.days=3'",
    "stressors.event_rate=1,5": "not the text '1,5'",
    "stressors.event_rate=101": "must be between 0 and 100 events per person and year (major events that strike a "
    "person)",
    "stressors.event_rate=nan": "must be a finite number, not nan",
    "stressors.share=[.2,.4]": "must be a list of 4 numbers, not of 2",
    "stressors.share=[.2,.4": "no value can be read after the equals sign",
    "stressors.share=[a,b]": "no value can be read after the equals sign",
    "stressors.share.0=.2": "no name is a number; a list is set as a whole: stressors.share=[0.1, 0.2]",
    "stressors=3": "must be a table; write [stressors]",
    "run.days": "must be table.key=value, as in run.days=30",
    "=3": "must be table.key=value, as in run.days=30",
    "run..days=3": "must be table.key=value, as in run.days=30",
    "run.days.x=3": "must be a whole number between 1 and 36,500 days, not a table",
    "base=baseline": "a base stands in a file only; name that scenario instead of this one",
    "programmes.1.every=4": "programmes has no '1'; it has 1, counted from 0",
    "programmes.x.every=4": "programmes has no 'x'; it has 1, counted from 0",
    "programmes.0.evry=4": "unknown parameter; did you mean 'every'?",
    "programmes.0.every=0": "must be between 1 and 365 days",
    "programmes=3": "must be a list of tables",
    "schema=2": "must be 1, the version of this format",
    "resilience.coping_weight=.5": "self_esteem_weight, optimism_weight, coping_weight are 0.35, 0.25, 0.5 and sum to "
    "1.1",
}


@pytest.mark.parametrize(("text", "said"), FAULTS.items())
def test_each_fault_is_told_with_the_option(text, said):
    """`-s stressors.event_rat=3: ...`, and what it says already is not said twice."""
    with pytest.raises(ScenarioError) as caught:
        load_scenario("support_group", [text])
    [told] = [str(problem) for problem in caught.value.problems]
    assert told.startswith(f"-s {text}: ")
    assert "stressors.event_rate = " not in told
    assert said in told


def test_all_faults_are_told_at_once(tmp_path):
    """Those of the file, then those of the command, whether they can be read or not."""
    file = tmp_path / "x.toml"
    file.write_text("[run]\ndays = 0\n")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file, ["run.seed=x", "run.days", "programmes.0.every=4", "run.burn_in=3"])
    assert [(p.file, p.line) for p in caught.value.problems] == [
        (str(file), 2), ("-s programmes.0.every=4", 0), ("-s run.days", 0), ("-s run.seed=x", 0),
    ]  # fmt: skip
    assert "this scenario has no programmes" in caught.value.problems[1].message


def test_an_element_is_told_where_it_was_set(tmp_path):
    """A list that a command sets is the command's, with all that is in it, whatever the file had there."""
    file = tmp_path / "x.toml"
    file.write_text("[stressors]\nshare = [0.1, 0.2, 0.3, 0.4]\n")
    with pytest.raises(ScenarioError, match=r"^-s stressors\.share=\[0, 2, 0, 0\]: number 2 of 4 must be "):
        load_scenario(file, ["stressors.share=[0, 2, 0, 0]"])


def test_the_last_one_counts():
    """As with every option given twice; and what it mends is mended."""
    assert load_scenario("baseline", ["run.days=0", "run.days=7", "run.days=30"]).run.days == 30


def test_a_table_is_laid_over_what_is_there():
    """The same as setting each of its keys."""
    scenario = load_scenario({"run": {"days": 30}}, ["run={seed=7, burn_in=8}"])
    assert (scenario.run.days, scenario.run.seed, scenario.run.burn_in) == (30, 7, 8)


def test_another_kind_brings_its_own_numbers():
    """What a file spells out stays; all else is the new kind's."""
    tables = {"programmes": [{"kind": "support_group", "minutes": 60}]}
    programme = load_scenario(tables, ["programmes.0.kind=friend_circle"]).programmes[0]
    friend_circle = load_scenario("friend_circle").programmes[0]
    assert programme == friend_circle.model_copy(update={"minutes": 60.0})


numbers = [
    (table, spec)
    for table, kind in TABLES.items()
    for spec in specs(kind)
    if isinstance(spec.default, float) and table not in ("resilience", "programmes")
]


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(numbers), st.floats(0, 1))
def test_a_number_set_is_the_number_read(which, share):
    """To the last bit, for every parameter: what Python writes, the command reads back."""
    table, spec = which
    low, high = spec.within
    value = low + share * (high - low)
    scenario = load_scenario("baseline", [f"{table}.{spec.name}={as_toml(value)}"])
    assert getattr(getattr(scenario, table), spec.name) == value
