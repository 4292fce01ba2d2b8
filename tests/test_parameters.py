"""Every number is declared once, with unit, range, meaning and source."""

import re

import pytest

from peersim.parameters import specs
from peersim.scenario import TABLES, Scenario

PARAMETERS = {f"{table}.{spec.name}": spec for table, kind in TABLES.items() for spec in specs(kind)}
each_parameter = pytest.mark.parametrize("spec", PARAMETERS.values(), ids=PARAMETERS)
SOURCES = ("empirical: ", "calibrated", "assumed", "the specification")


def is_number(spec):
    return isinstance(spec.default, int | float | tuple) and not isinstance(spec.default, bool)


def test_no_parameter_goes_undeclared():
    """Whatever a table has was declared with `param`; a generator's options have a table of their own."""
    names = [f"{table}.{name}" for table, kind in TABLES.items() for name in kind.model_fields]
    assert [name for name in names if name not in PARAMETERS] == ["network.options"]


@each_parameter
def test_it_means_something(spec):
    """The meaning is a phrase: not empty, not the name again, without a full stop."""
    assert len(spec.doc.split()) > 1
    assert not spec.doc.endswith(".")
    assert spec.doc.replace(" ", "_") != spec.name


@each_parameter
def test_it_says_where_it_comes_from(spec):
    """An honest source: measured, fitted, assumed, or given by the specification; a measured one says by whom."""
    assert spec.source.startswith(SOURCES)
    assert spec.source != "empirical: "


@each_parameter
def test_a_number_has_a_unit_and_a_range(spec):
    """A seed is a number without a unit; words and yes or no have none."""
    if is_number(spec):
        assert spec.unit or spec.name == "seed"
        low, high = spec.within
        assert low is not None
        assert high is not None
        assert low < high
    else:
        assert spec.unit == ""
        assert spec.within is None


@each_parameter
def test_the_default_is_allowed(spec):
    """It lies in the range, or is one of the words."""
    if spec.choices is not None:
        assert spec.default in spec.choices
        assert len(set(spec.choices)) == len(spec.choices)
    if spec.within is not None:
        low, high = spec.within
        values = spec.default if isinstance(spec.default, tuple) else (spec.default,)
        assert all(low <= value <= high for value in values)


def test_names_are_whole_words():
    """As TOML and -s write them without quotation marks."""
    assert [path for path in PARAMETERS if not re.fullmatch(r"[a-z_]+\.[a-z_]+", path)] == []


def test_no_two_tables_share_their_parameters():
    """A table is one class: to change one is never to change another."""
    assert len(set(TABLES.values())) == len(TABLES)
    assert set(TABLES) == set(Scenario.model_fields) - {"schema_version", "title"}


def test_a_scenario_cannot_be_changed():
    """Everything left of the world is frozen."""
    scenario = Scenario()
    with pytest.raises(ValueError, match="frozen"):
        scenario.run.days = 3
    with pytest.raises(ValueError, match="frozen"):
        scenario.run = scenario.run
