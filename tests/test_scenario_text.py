"""A scenario written as text is the same scenario when it is read."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.parameters import specs
from peersim.scenario import TABLES, Scenario
from peersim.scenario_file import bundled_names, load_scenario
from peersim.scenario_text import flat, json_schema, to_toml

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")
any_text = st.text(st.characters(codec="utf-8"), max_size=9)


def value_of(spec):
    """Any value that a parameter may have."""
    low, high = spec.within or (0, 1)
    if isinstance(spec.default, bool):
        return st.booleans()
    if isinstance(spec.default, tuple):
        whole = {"mix": 1 / 3, "least_size": 5, "most_size": 1000}.get(spec.name, high)
        low = 6 if spec.name == "most_size" else low
        return st.tuples(*[st.floats(low, whole) for _ in spec.default])
    if isinstance(spec.default, str):
        free = st.just("stress > 0.5") if spec.name == "eligibility" else any_text
        return st.sampled_from(spec.choices) if spec.choices else free
    return st.integers(low, high) if isinstance(spec.default, int) else st.floats(low, high)


def table_of(name):
    left_out = {"resilience": ("self_esteem_weight", "optimism_weight", "coping_weight"), "network": ("file", "nodes")}
    return st.fixed_dictionaries(
        {}, optional={s.name: value_of(s) for s in specs(TABLES[name]) if s.name not in left_out.get(name, ())}
    )


tables = st.fixed_dictionaries(
    {"title": any_text, "programmes": st.lists(table_of("programmes"), max_size=2)},
    optional={name: table_of(name) for name in ("run", "stressors", "network", "foci", "switches", "resilience")},
)


@settings(max_examples=60, deadline=None)
@given(tables)
@pytest.mark.parametrize("write", [flat, to_toml])
def test_what_is_written_reads_back(write, given_tables):
    """Every value, to the last bit, whatever characters a text has."""
    try:
        scenario = load_scenario(given_tables)
    except ValueError:  # a random graph that cannot be had with the default number of people
        return
    assert load_scenario(tomllib.loads(write(scenario))) == scenario


@pytest.mark.parametrize("name", bundled_names())
def test_flat_names_every_parameter(name):
    """Each with its unit, range, meaning and source."""
    scenario = load_scenario(name)
    text = flat(scenario)
    assert load_scenario(tomllib.loads(text)) == scenario
    for table, kind in TABLES.items():
        for spec in specs(kind):
            if table != "programmes" or scenario.programmes:
                assert f"\n{spec.name} = " in text
                assert spec.doc in text
                assert spec.source in text
    assert "# major events that strike a person; events per person and year, between 0 and 100; empirical: " in text


def test_only_what_differs_is_written():
    """Defaults and presets go without saying."""
    scenario = load_scenario("support_group", ["run.days=90", "programmes.0.every=4", "network.kind=star"])
    assert to_toml(scenario) == (
        'schema = 1\ntitle = "A facilitated support group"\n\n[run]\ndays = 90\n\n[network]\nkind = "star"\n\n'
        '[[programmes]]\nkind = "support_group"\nevery = 4\n'
    )
    assert to_toml(Scenario()) == 'schema = 1\ntitle = ""\n'


@pytest.mark.parametrize("write", [flat, to_toml])
def test_no_character_is_lost(write):
    """Also those that TOML does not take as they are."""
    scenario = load_scenario({"title": "".join(map(chr, (*range(256), 0x2028, 0xFEFF, 0x1F600))) + '"""\'\'\''})
    assert load_scenario(tomllib.loads(write(scenario))).title == scenario.title


def test_options_of_a_generator_are_written():
    """They are a table of their own."""
    scenario = load_scenario("baseline", ["network.kind=watts_strogatz", "network.options.degree=8"])
    assert "[network.options]\ndegree = 8\n" in to_toml(scenario)
    assert "[network.options]\ndegree = 8\n" in flat(scenario)


def test_the_schema_knows_what_the_check_knows():
    """Editors are told of every table and parameter, its range, its words, and that nothing else is allowed."""
    schema = json_schema()
    assert set(schema["properties"]) == {"schema", "title", "base", *TABLES}
    for name, kind in TABLES.items():
        found = schema["$defs"][kind.__name__]
        assert found["additionalProperties"] is False, name
        for spec in specs(kind):
            field = found["properties"][spec.name]
            assert spec.doc in field["description"]
            assert spec.source in field["description"]
            if spec.choices:
                assert field["enum"] == list(spec.choices)
            if isinstance(spec.default, tuple):
                assert (field["minItems"], field["maxItems"]) == (len(spec.default),) * 2
                assert (field["items"]["minimum"], field["items"]["maximum"]) == spec.within
            elif spec.within:
                assert (field["minimum"], field["maximum"]) == spec.within
