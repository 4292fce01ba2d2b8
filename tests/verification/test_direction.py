"""Every main number moves its outcome the right way, among the same people under the same luck.

Means over 3 seeds of 400 people after some months. Luck is shared, so that a contrast is far larger than its noise:
each is asked to be at least twice the standard error of its three pairs. Where the sign is not certain beforehand there
is no test: more events, for one, also give more occasions for mastery.
"""

from types import SimpleNamespace

import numpy as np
import pytest

from peersim.simulate import live, settled_world
from tests.communities import scenario_of
from tests.verification.same_people import (
    BURN_IN,
    PEOPLE,
    SEEDS,
    assert_moves,
    everyday,
    means,
    with_programme,
    without_programme,
)


@pytest.mark.parametrize(
    ("table", "name", "value", "outcome", "direction"),
    [
        ("stressors", "event_rate", 3.0, "stress", +1),
        ("stressors", "severity_log_mean", -0.5, "stress", +1),
        ("stressors", "cope", 0.3, "stress", -1),
        ("stressors", "duration", (120.0, 180.0, 120.0, 90.0, 42.0), "stress", +1),
        ("appraisal", "wear", 5.0, "stress", +1),
        ("stress", "threat", 0.35, "stress", +1),
        ("stress", "base", 0.25, "stress", +1),
        ("stress", "base", 0.25, "burden", +1),
        ("seeking", "rate", 0.8, "support_events", +1),
        ("seeking", "rate", 0.8, "burden", +1),
        ("seeking", "rate", 0.8, "loneliness", -1),
        ("capacity", "willingness_start", -0.2, "support_events", -1),
        ("matching", "base", 0.8, "safety", +1),
        ("matching", "scale", 6.0, "stress", -1),
        ("co_rumination", "rate", 0.0, "stress", -1),
        ("receiving", "comfort_stress", 0.3, "stress", -1),
        ("receiving", "missed_stress", 0.3, "stress", +1),
        ("giving", "burden", 0.3, "burden", +1),
        ("giving", "self_esteem", 0.1, "self_esteem", +1),
        ("wear", "rest", 0.2, "burden", -1),
        ("contact", "rate", 4.0, "perceived_support", +1),
        ("contact", "rate", 4.0, "closeness", +1),
        ("contact", "fading", 0.03, "degree", -1),
        ("contact", "drift_rate", 0.05, "degree", -1),
        ("perceived_support", "base", 0.3, "stress", -1),
        ("perceived_support", "base", 0.3, "loneliness", -1),
        ("couples", "conflict_rate", 0.2, "satisfaction", -1),
        ("couples", "conflict_load", 0.5, "stress", +1),
        ("belonging", "company", 0.6, "belonging", +1),
        ("resilience", "erosion", 0.05, "self_esteem", -1),
        ("resilience", "mastery", 0.01, "self_esteem", +1),
        ("new_ties", "rate", 0.14, "degree", +1),
        ("new_ties", "pickiness", 4.0, "degree", +1),
        ("population", "chronic_mean", 0.4, "stress", +1),
        ("population", "skill_mean", 0.8, "stress", -1),
    ],
)
def test_a_number_moves_its_outcome_the_right_way(table, name, value, outcome, direction):
    assert_moves(direction, everyday()[outcome], everyday((f"{table}.{name}", value))[outcome])


# ---- support: the main effect and the buffer -----------------------------------------------------------------------


def stress_at(support, **tables):
    """Everyone's stress when all feel this much support for 60 days."""
    held = {"perceived_support": {"rate": 0.0}, "seeking": {"rate": 0.0}, "population": {"support_mean": support}}
    held["population"]["support_sd"] = 0.0
    return means(scenario_of(PEOPLE, BURN_IN, **held, **tables), 60, 30)["stress"]


@pytest.mark.parametrize(
    ("tables", "why"),
    [
        ({"appraisal": {"support_buffer": 0.0}, "stress": {"support": 0.25}}, "main effect"),
        ({"appraisal": {"support_buffer": 1.0}, "stress": {"support": 0.0}}, "buffer"),
    ],
)
def test_felt_support_lowers_stress_by_either_way(tables, why):
    """mW alone, and bW alone."""
    assert_moves(-1, stress_at(0.2, **tables), stress_at(0.6, **tables))


def test_without_both_ways_support_does_not_touch_stress():
    """Loneliness, the third way, is switched off as well."""
    off = {
        "appraisal": {"support_buffer": 0.0}, "stress": {"support": 0.0, "loneliness": 0.0},
        "couples": {"satisfaction_support": 0.0}, "safety": {"support": 0.0},
    }  # fmt: skip
    assert np.array_equal(stress_at(0.2, **off), stress_at(0.6, **off))


def test_the_buffer_matters_more_under_strain():
    """What support takes off stress through the buffer grows with the events that strike."""

    def relief(rate, **tables):
        held = {"stressors": {"event_rate": rate}}
        return stress_at(0.2, **tables, **held) - stress_at(0.6, **tables, **held)

    buffer = {"appraisal": {"support_buffer": 1.0}, "stress": {"support": 0.0, "loneliness": 0.0}}
    assert_moves(+1, relief(0.5, **buffer), relief(4.0, **buffer))


# ---- couples -------------------------------------------------------------------------------------------------------


def test_couples_who_communicate_are_more_satisfied():
    """Among couples: fewer conflicts, a higher set point; the same people with .2 more skill."""
    scenario = scenario_of(PEOPLE, BURN_IN)
    less, more = [], []
    for seed in SEEDS:
        for skill, found in ((-0.1, less), (0.1, more)):
            world = settled_world(scenario, seed)
            people, in_couple = world.people, world.people.traits.partner >= 0
            people.now.communication[:] = np.clip(people.now.communication + skill, 0, 1)
            people.traits.communication_trait[:] += skill
            live(world, scenario, 90)
            found.append(SimpleNamespace(
                satisfaction=people.now.satisfaction[in_couple].mean(), load=people.load[4, in_couple].mean(),
                support=people.now.perceived_support[in_couple].mean(),
            ))  # fmt: skip
    for name, direction in (("satisfaction", +1), ("load", -1), ("support", +1)):
        assert_moves(direction, *(np.array([getattr(one, name) for one in arm]) for arm in (less, more)))


# ---- programmes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "direction"),
    [("stress", -1), ("resilience", +1), ("loneliness", -1), ("safety", +1), ("belonging", +1),
     ("perceived_support", +1), ("degree", +1)],
)  # fmt: skip
def test_a_support_group_helps(outcome, direction):
    assert_moves(direction, without_programme()[outcome], with_programme()[outcome])


@pytest.mark.parametrize(
    ("name", "less", "more"),
    [
        ("facilitator", 0.6, 1.0), ("guidelines", 0.2, 1.0), ("minutes", 30.0, 120.0), ("every", 14, 7),
        ("every", 7, 3),
        ("attendance", 0.4, 0.9), ("dropout", 0.2, 0.0), ("effect", 0.5, 1.5), ("channel_factor", 0.5, 1.0),
        ("size", 30, 8), ("anonymity", 0.0, 0.5),
    ],
)  # fmt: skip
def test_more_of_a_programme_lowers_stress_more(name, less, more):
    """A better leader, clearer rules, longer, more frequent, better attended, smaller, safer."""
    assert_moves(-1, with_programme(**{name: less})["stress"], with_programme(**{name: more})["stress"])


def test_more_weeks_build_more_resilience():
    """Against the same people without a programme on the same days."""
    gain = [with_programme(weeks=weeks)["resilience"] - without_programme(7 * weeks)["resilience"] for weeks in (4, 12)]
    assert_moves(+1, *gain)


def test_more_people_reached_help_the_community_more():
    eligible = {"eligibility": "stress >= 0.42"}
    few, many = (with_programme(uptake=uptake, **eligible)["stress"] for uptake in (0.2, 0.9))
    assert_moves(-1, few, many)
