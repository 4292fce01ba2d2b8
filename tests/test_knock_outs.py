"""Knock-outs: each replaces the numbers of its mechanism and leaves all others."""

from __future__ import annotations

import pytest

from peersim.knock_outs import knocked_out
from peersim.scenario import Scenario
from peersim.switches import Switches

WORLD = {"programmes": [{"kind": "support_group"}, {"kind": "friend_circle"}]}


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
        "sessions.alike_domain", "sessions.alike_age", "sessions.alike_culture",
    },
    "facilitator": {"programmes.facilitator"},
    "guidelines": {"programmes.guidelines"},
    "schedule": {"programmes.schedule"},
    "composition": {"programmes.composition"},
    "new_ties": {"new_ties.rate", "programmes.tie"},
    "couples": {
        "couples.conflict_rate", "couples.satisfaction_rate", "couples.communication_rate",
        "perceived_support.partner", "perceived_support.partner_constant",
    },
    "allostatic_load": {"appraisal.wear"},
}  # fmt: skip


def test_every_switch_is_expected_to_do_something():
    assert set(EXPECTED) == set(Switches.model_fields)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_knock_out_changes_its_own_numbers_and_no_others(name):
    assert changed_by(name) == EXPECTED[name]


def test_with_everything_on_nothing_is_replaced():
    scenario = Scenario.model_validate(WORLD)
    assert knocked_out(scenario) is scenario
