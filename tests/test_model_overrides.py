"""Parameters as keywords: each finds its place, or a sentence says why not."""

import warnings

import numpy as np
import pytest

from peersim.model import PeerSupportModel
from peersim.model_overrides import overridden
from peersim.scenario import Scenario
from peersim.scenario_file import load_scenario
from tests.mesa_worlds import small_scenario


def test_a_name_that_one_table_has_is_enough():
    """people is population.people; the scenario that was given stays as it is."""
    scenario = small_scenario()
    changed = overridden(scenario, {"people": 80, "event_rate": 2.0, "title": "more"})
    assert (changed.population.people, changed.stressors.event_rate, changed.title) == (80, 2.0, "more")
    assert scenario.population.people == 60
    assert changed.programmes == scenario.programmes


def test_names_in_full_and_tables():
    """A dotted name, a table with what is to change, and one parameter of a programme."""
    changes = {
        "stressors.event_rate": 2,
        "contact": {"rate": 0.2},
        "programmes.1.weeks": 3,
        "network": {"kind": "ring"},
        "network.options.degree": 4,
    }
    changed = overridden(small_scenario(), changes)
    assert (changed.stressors.event_rate, changed.contact.rate) == (2.0, 0.2)
    assert changed.contact.fading == Scenario.model_validate({}).contact.fading
    assert [programme.weeks for programme in changed.programmes] == [4, 3]
    assert (changed.network.kind, changed.network.options) == ("ring", {"degree": 4})


def test_numbers_of_numpy_are_numbers():
    """What np.linspace and np.arange give can be swept over."""
    changed = overridden(small_scenario(), {"people": np.int64(70), "event_rate": np.linspace(0, 2, 3)[1]})
    assert (changed.population.people, changed.stressors.event_rate) == (70, 1.0)


def test_programmes_can_be_given_anew():
    """A list of programmes takes the place of the scenario's, with the presets of their kinds."""
    changed = overridden(small_scenario(), {"programmes": [{"kind": "friend_circle"}]})
    assert [(programme.kind, programme.size) for programme in changed.programmes] == [("friend_circle", 6)]
    assert overridden(small_scenario(), {"programmes": []}).programmes == ()
    assert overridden(small_scenario(), {"programmes": changed.programmes}).programmes == changed.programmes


def test_nothing_changed_is_the_same():
    """Without overrides the scenario is the one that was given; the same values make an equal one, without a word."""
    for scenario in (small_scenario(), load_scenario("support_group"), load_scenario({})):
        assert overridden(scenario, {}) is scenario
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert overridden(scenario, {"people": scenario.population.people}) == scenario


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"peopel": 3}, ["peopel: unknown parameter; did you mean 'population.people'?"]),
        ({"stressors.evnt_rate": 3}, ["stressors.evnt_rate: unknown parameter; did you mean 'event_rate'?"]),
        ({"stresors.event_rate": 3}, ["stresors: unknown table; did you mean 'stressors'?"]),
        ({"closeness": 0.5}, ["closeness: several tables have it; say ", "new_ties.closeness"]),
        ({"people": 1}, ["population.people = 1: must be "]),
        ({"people": 60.5}, ["population.people = 60.5: must be a whole number"]),
        ({"event_rate": float("nan")}, ["stressors.event_rate = nan: must be "]),
        ({"stressors": {"evnt_rate": 1}}, ["stressors.evnt_rate: unknown parameter; did you mean 'event_rate'?"]),
        ({"stressors": 3}, ["stressors = 3: must be a table"]),
        ({"stressors.event_rate.much": 3}, ["stressors.event_rate.much: event_rate is no table"]),
        ({"programmes.2.weeks": 3}, ["there is no programme 2; the scenario has 2, counted from 0"]),
        ({"programmes.0.week": 3}, ["programmes.0.week: unknown parameter; did you mean 'weeks'?"]),
        ({"programmes.0.kind": "friend_circle"}, ["give the whole list of programmes"]),
        ({"programmes.0": {"weeks": 3}}, ["a programme is changed number by number; programmes.0.weeks"]),
        ({"peopel": 3, "eventrate": 2}, ["peopel: ", "eventrate: "]),
        ({"people": 1, "event_rate": -2, "peopel": 3}, ["people = 1", "event_rate = -2", "peopel: "]),
    ],
)
def test_mistakes_are_told_in_sentences(changes, sentences):
    """Every mistake at once: where, what came, what is allowed and the nearest name."""
    with pytest.raises(ValueError) as problem:
        overridden(small_scenario(), changes)
    for sentence in sentences:
        assert sentence in str(problem.value)


def test_the_model_takes_them():
    """Keywords of the model are parameters of its scenario, of one that is named too."""
    model = PeerSupportModel("support_group", rng=1, people=20, burn_in=0, **{"programmes.0.weeks": 3})
    assert [(programme.kind, programme.weeks) for programme in model.scenario.programmes] == [("support_group", 3)]
    model = PeerSupportModel(small_scenario(), rng=1, people=20, **{"stressors.event_rate": 3.0})
    assert (len(model.agents), model.scenario.stressors.event_rate) == (20, 3.0)
    with pytest.raises(ValueError, match=r"did you mean 'population\.people'"):
        PeerSupportModel(peopel=20)
