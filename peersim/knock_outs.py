"""What it means to switch a mechanism off: the numbers that take its place.

Each knock-out replaces parameters and nothing else, so that a world without a mechanism runs the same code.
"""

from __future__ import annotations

from typing import Any

from peersim.programmes.programme import Programme
from peersim.scenario import Scenario
from peersim.switches import Switches

MEAN_SIMILARITY = 0.6
"""The likeness that everyone has when likeness is switched off (the specification)."""
MEAN_MATCH_QUALITY = 0.88
"""Mean of the quality factor of matched and missed support over burn-in: 83 % match, .83 + .17 x .30 (measured)."""
MEAN_AT_HOME = 0.384
"""Mean over burn-in of a person's satisfaction x the couple's communication skill (measured)."""

_REPLACED: dict[str, dict[str, dict[str, float]]] = {
    "buffering": {"appraisal": {"support_buffer": 0.0}},
    "main_effect": {"stress": {"support": 0.0}},
    "co_rumination": {"co_rumination": {"rate": 0.0}, "sessions": {"rehash_rate": 0.0}},
    "helper_therapy": {"giving": {"self_esteem": 0.0, "belonging": 0.0}, "sessions": {"mutual_help": 0.0}},
    "matching": {
        "matching": {"base": 1.0, "skill": 0.0, "experience": 0.0, "matched_quality": MEAN_MATCH_QUALITY}
    },
    "contagion": {"stress": {"partner": 0.0, "neighbours": 0.0}, "loneliness": {"neighbours": 0.0}},
    "similarity": {
        "similarity": {"base": MEAN_SIMILARITY, "age": 0.0, "culture": 0.0, "interests": 0.0},
        "sessions": {
            "alike_constant": MEAN_SIMILARITY, "alike_domain": 0.0, "alike_age": 0.0, "alike_culture": 0.0,
            "alike_interests": 0.0,
        },
    },
    "new_ties": {"new_ties": {"rate": 0.0, "rate_missing": 0.0}},
    "allostatic_load": {"appraisal": {"wear": 0.0}},
}  # fmt: skip

_REPLACED_IN_PROGRAMMES: dict[str, dict[str, Any]] = {
    "facilitator": {"facilitator": 0.0},
    "guidelines": {"guidelines": 0.0},
    "schedule": {"schedule": "spontaneous"},
    "composition": {"composition": "random"},
    "new_ties": {"tie": 0.0},
}


def knocked_out(scenario: Scenario) -> Scenario:
    """The scenario with the numbers that its switches ask for, and all switches on again."""
    off = [name for name, is_on in scenario.switches if not is_on]
    if not off:
        return scenario
    tables: dict[str, dict[str, Any]] = {}
    in_programmes: dict[str, Any] = {}
    for name in off:
        for table, numbers in (_REPLACED.get(name, {}) | _dependent(name, scenario)).items():
            tables.setdefault(table, {}).update(numbers)
        in_programmes |= _REPLACED_IN_PROGRAMMES.get(name, {})
    changed = {name: getattr(scenario, name).model_copy(update=numbers) for name, numbers in tables.items()}
    programmes = tuple(p.model_copy(update=_for(p, in_programmes)) for p in scenario.programmes)
    return scenario.model_copy(update={**changed, "programmes": programmes, "switches": Switches()})


def _for(programme: Programme, replaced: dict[str, Any]) -> dict[str, Any]:
    """What is replaced in one programme: circles of couples are random already, and stay circles of couples."""
    return {name: v for name, v in replaced.items() if name != "composition" or not programme.is_for_couples}


def _dependent(name: str, scenario: Scenario) -> dict[str, dict[str, float]]:
    """Replacements that depend on the scenario's other numbers."""
    if name == "burden":
        rested = scenario.wear.rested_burden
        return {"population": {"burden_start": rested}, "giving": {"burden": 0.0}}
    if name == "couples":
        usual = scenario.perceived_support
        kept = usual.partner * MEAN_AT_HOME + usual.partner_constant
        return {
            "couples": {"conflict_rate": 0.0, "satisfaction_rate": 0.0, "communication_rate": 0.0},
            "perceived_support": {"partner": 0.0, "partner_constant": kept},
            # without a way back, what counselling teaches would last for ever
            "counselling": {"communication": 0.0, "satisfaction": 0.0},
        }
    return {}
