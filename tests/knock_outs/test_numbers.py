"""Knock-outs: each replaces the numbers of its mechanism and leaves all others."""

from __future__ import annotations

import numpy as np
import pytest

from peersim.knock_outs import MEAN_AT_HOME, MEAN_MATCH_QUALITY, knocked_out
from peersim.programmes.programme import PRESETS
from peersim.scenario import Scenario
from peersim.simulate import live
from peersim.switches import Switches
from peersim.trace import TALLIES, new_trace
from peersim.world import build_world

WORLD = {"programmes": [{"kind": kind} for kind in PRESETS], "sessions": {"alike_interests": 0.1}}
"""Every preset, and in no table a number that a knock-out leaves as it is because it is 0 already."""


def changed_by(name: str) -> set[str]:
    """The parameters that a knock-out changes."""
    whole = Scenario.model_validate(WORLD).model_dump()
    without = knocked_out(Scenario.model_validate({**WORLD, "switches": {name: False}})).model_dump()
    found = set()
    for table, numbers in whole.items():
        if isinstance(numbers, dict):
            found |= {f"{table}.{key}" for key in numbers if numbers[key] != without[table][key]}
    for before, after in zip(whole["programmes"], without["programmes"], strict=True):
        found |= {f"programmes.{key}" for key in before if before[key] != after[key]}
    return found


EXPECTED = {
    "buffering": {"appraisal.support_buffer"},
    "main_effect": {"stress.support"},
    "co_rumination": {"co_rumination.rate", "sessions.rehash_rate"},
    "burden": {"population.burden_start", "giving.burden"},
    "helper_therapy": {"giving.self_esteem", "giving.belonging", "sessions.mutual_help"},
    "matching": {"matching.base", "matching.skill", "matching.experience", "matching.matched_quality"},
    "contagion": {"stress.partner", "stress.neighbours", "loneliness.neighbours"},
    "similarity": {
        "similarity.base", "similarity.age", "similarity.culture", "similarity.interests", "sessions.alike_constant",
        "sessions.alike_domain", "sessions.alike_age", "sessions.alike_culture", "sessions.alike_interests",
    },
    "facilitator": {"programmes.facilitator"},
    "guidelines": {"programmes.guidelines"},
    "schedule": {"programmes.schedule"},
    "composition": {"programmes.composition"},
    "new_ties": {"new_ties.rate", "new_ties.rate_missing", "programmes.tie"},
    "couples": {
        "couples.conflict_rate", "couples.satisfaction_rate", "couples.communication_rate",
        "perceived_support.partner", "perceived_support.partner_constant", "counselling.communication",
        "counselling.satisfaction",
    },
    "allostatic_load": {"appraisal.wear"},
}  # fmt: skip


def test_every_switch_is_expected_to_do_something():
    assert set(EXPECTED) == set(Switches.model_fields)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_knock_out_changes_its_own_numbers_and_no_others(name):
    assert changed_by(name) == EXPECTED[name]


def test_the_means_that_knock_outs_hold_are_those_of_a_burn_in():
    """Quality of matched and missed support, and what a relationship offers, within .01 of burn-ins of two seeds."""
    scenario = Scenario.model_validate({"population": {"people": 2000}})
    at_home, matched, accepted = [], 0, 0
    for seed in (1, 2):
        world = build_world(scenario, seed)
        for _ in range(6):
            trace = new_trace(world.day, 30, world.n_people)
            live(world, scenario, 30, trace)
            matched += trace.tally[:, TALLIES.index("matched")].sum()
            accepted += trace.tally[:, TALLIES.index("accepted")].sum()
            now, partner = world.people.now, world.people.traits.partner
            couples = np.flatnonzero(partner >= 0)
            both = 0.5 * (now.communication[couples] + now.communication[partner[couples]])
            at_home.append((now.satisfaction[couples] * both).mean())
    share = matched / accepted
    missed = scenario.matching.missed_quality
    assert share + (1.0 - share) * missed == pytest.approx(MEAN_MATCH_QUALITY, abs=0.01)
    assert np.mean(at_home) == pytest.approx(MEAN_AT_HOME, abs=0.01)


def test_with_everything_on_nothing_is_replaced():
    scenario = Scenario.model_validate(WORLD)
    assert knocked_out(scenario) is scenario
