"""The defaults are the numbers of the specification, written here a second time, equation by equation.

Where they were fitted anew to the bands, docs/calibration.md says why; those stand in the record of the fit.
"""

import json
from pathlib import Path

import pytest

from peersim.parameters import specs
from peersim.programmes.programme import PRESETS as BUNDLED
from peersim.programmes.programme import Programme
from peersim.scenario import TABLES, Scenario

NUMBERS = {
    "population": {
        "partnered_share": 0.56, "partner_age_spread": 0.05, "cultures": 4, "skill_mean": 0.5, "skill_sd": 0.15,
        "hardship_limit": 2.5, "chronic_mean": 0.20, "chronic_sd": 0.18, "chronic_scale": 2,
        "special_needs_share": 0.08, "special_needs_strain": 0.25, "stress_level": 0.33, "stress_trait_sd": 0.095,
        "self_esteem_level": 0.64, "self_esteem_sd": 0.20, "self_esteem_common": 0.5, "self_esteem_stress": 0.25,
        "self_esteem_ahead": 0.10, "coping_level": 0.64, "coping_sd": 0.22, "coping_common": 0.35,
        "loneliness_level": 0.36, "loneliness_sd": 0.12,
        "loneliness_stress": 0.25, "belonging_level": 0.5, "safety_mean": 0.55, "safety_sd": 0.15,
        "burden_start": 0.1, "satisfaction_start": 0.72, "satisfaction_sd": 0.15, "satisfaction_common": 0.55,
        "communication_mean": 0.5, "communication_sd": 0.13,
    },
    "similarity": {"base": 0, "age": 0.4, "culture": 0.3, "interests": 0.3, "interest_width": 6},
    "foci": {
        "order_spread": 0.3, "other_block": (0.1, 0.4), "least_size": (5, 3), "most_size": (8, 5),
        "tied_share": (0.8, 0.3),
    },
    "starting_ties": {
        "partner_closeness": 0.85, "least_closeness": 0.07, "spread": 0.4, "similarity": 0.1, "trust_sd": 0.1,
    },
    "stressors": {
        "event_rate": 1.35, "share": (0.20, 0.38, 0.24, 0.18), "hardship_slope": 0.25, "severity_log_mean": -1.15,
        "severity_log_sd": 0.6, "shared": (0.9, 0.4, 0.7, 0.2), "duration": (60, 90, 60, 45, 21),
        "controllability": (0.50, 0.25, 0.45, 0.65, 0.60), "cope": 0.03,
    },
    "appraisal": {
        "resilience_buffer": 0.8, "support_buffer": 1, "wear": 0.6, "resilience_mean": 0.68, "support_mean": 0.36,
    },
    "seeking": {
        "need_threshold": 0.42, "need_width": 0.10, "rate": 0.16, "safety_slope": 4, "safety_threshold": 0.45,
        "anonymity_relief": 0.5, "least_closeness": 0.08, "closeness_weight": 2.5, "trust_weight": 1.5,
        "similarity_weight": 1, "experience_weight": 1, "burden_weight": 1.5, "experience_threshold": 0.15,
        "memory": 730,
    },
    "capacity": {"willingness_slope": 3, "willingness_start": 0.5, "rested": 2, "refusal_trust": 0.01},
    "matching": {
        "informational_share": 0.5, "base": 0.45, "skill": 0.35, "experience": 0.20, "tired": 0.5, "scale": 2,
        "similarity_base": 0.6, "similarity_slope": 0.4, "trust_base": 0.5, "trust_slope": 0.5,
        "matched_quality": 1, "missed_quality": 0.30, "face_to_face": (1, 1, 1), "social_media": (0.8, 1, 0.3),
        "anonymous_online": (0.7, 1, 0),
    },
    "co_rumination": {"rate": 0.70, "quality": 0.5, "stress": 0.03, "closeness": 0.02},
    "receiving": {
        "comfort_stress": 0.05, "comfort_optimism": 0.010, "advice_coping": 0.014, "advice_stress": 0.02,
        "advice_load": 0.06, "hands_stress": 0.02, "hands_load": 0.10, "uncontrollable": 0.3, "loneliness": 0.03,
        "perceived_support": 0.03, "self_esteem": 0.012, "matched_safety": 0.02, "matched_trust": 0.02,
        "matched_closeness": 0.02, "missed_stress": 0.02,
    },
    "giving": {"burden": 0.06, "burden_base": 0.5, "stress": 0.006, "self_esteem": 0.006, "belonging": 0.01},
    "contact": {"similarity_base": 0.5, "fading": 0.012, "drift_kept": 0.4},
    "couples": {
        "conflict_rate": 0.035, "conflict_stress": 3.5, "conflict_communication": 4, "conflict_satisfaction": 0.012,
        "conflict_load": 0.06, "satisfaction_rate": 0.02, "satisfaction_level": 0.775, "satisfaction_stress": 0.25,
        "satisfaction_communication": 0.30, "satisfaction_support": 0.10, "communication_rate": 0.002,
    },
    "stress": {
        "base": 0.19, "threat": 0.252, "support": 0.25, "loneliness": 0.12, "partner": 0.06, "neighbours": 0.05,
        "recovery": 0.10, "recovery_resilience": 0.10, "noise": 0.045,
    },
    "perceived_support": {"rate": 0.02, "company": 0.36, "partner_constant": 0},
    "loneliness": {
        "rate": 0.03, "support": 0.45, "neighbours": 0.20, "belonging": 0.10, "stress": 0.10, "noise": 0.008,
    },
    "belonging": {"rate": 0.02, "base": 0.35, "company": 0.15, "loneliness": 0.2},
    "safety": {"rate": 0.01, "support": 0.2},
    "resilience": {
        "self_esteem_weight": 0.35, "optimism_weight": 0.25, "coping_weight": 0.40, "return_rate": 0.004,
        "erosion": 0.004, "high_stress": 0.5, "mastery": 0.0004, "mastery_load": 0.1, "mastery_stress": 0.45,
        "coping_rate": 0.003,
    },
    "wear": {"gain": 0.01, "high_stress": 0.5, "recovery": 0.004, "rest": 0.05, "rested_burden": 0.05},
    "trust": {"rate": 0.003},
    "neighbours": {},
    "new_ties": {"least_closeness": 0.08, "closeness": 0.15},
    "sessions": {
        "climate_start": 0.35, "climate_facilitator": 0.10, "climate_guidelines": 0.10, "climate_anonymity": 0.15,
        "climate_gain": 0.04, "climate_gain_base": 0.3, "climate_gain_led": 0.35, "openness_safety": 0.5,
        "openness_climate": 0.5, "openness_anonymity": 0.3, "lead_base": 0.4, "lead_guidelines": 0.6,
        "alike_domain": 0.5, "alike_age": 0.25, "alike_culture": 0.25, "alike_interests": 0, "alike_constant": 0,
        "full_minutes": 90,
        "full_size": 8, "turn_share": 0.5, "alike_base": 0.4, "alike_slope": 0.6, "scale": 2, "stress": 0.13,
        "stress_base": 0.4, "stress_need": 1.2, "self_esteem": 0.030, "optimism": 0.026, "coping": 0.09,
        "belonging": 0.03, "perceived_support": 0.021, "safety": 0.03, "safety_base": 0.4,
        "safety_guidelines": 0.6, "load": 0.10, "load_informational": 0.6, "uncontrollable": 0.3,
        "mutual_help": 0.004, "rehash_rate": 0.6, "rehash_stress": 0.04, "contact": 0.05, "tie_closeness": 0.10,
        "dropout_base": 1.3, "dropout_safety": 0.6,
    },
    "counselling": {"share": 0.4, "communication": 0.030, "satisfaction": 0.032, "load": 0.2},
    "posts": {
        "reply_rate": 0.15, "half_heard": 2, "hostile_share": 0.05, "hostile_stress": 0.02, "hostile_safety": 0.02,
    },
}  # fmt: skip

FITTED = json.loads((Path(__file__).parents[1] / "calibration/record.json").read_text("utf-8"))["numbers"]
"""The numbers that the fit is about, by table and name."""

PRESETS = {
    "support_group": {
        "size": 8, "every": 7, "weeks": 10, "minutes": 90, "facilitator": 0.80, "guidelines": 0.80,
        "attendance": 0.80, "uptake": 0.62, "composition": "shared_experience", "mix": (0.50, 0.35, 0.15),
        "dropout": 0.025, "tie": 0.25, "schedule": "fixed",
    },
    "friend_circle": {
        "size": 6, "every": 7, "weeks": 10, "minutes": 90, "facilitator": 0, "guidelines": 0, "attendance": 0.70,
        "uptake": 0.75, "composition": "own_friends", "mix": (0.65, 0.20, 0.15), "dropout": 0.02, "tie": 0.10,
        "schedule": "spontaneous",
    },
    "parent_group": {
        "size": 8, "every": 14, "weeks": 20, "minutes": 90, "facilitator": 0.75, "guidelines": 0.70,
        "attendance": 0.75, "uptake": 0.62, "composition": "shared_experience", "mix": (0.45, 0.45, 0.10),
        "dropout": 0.03, "tie": 0.30, "schedule": "fixed", "eligibility": "special_needs",
    },
    "couples_counselling": {
        "size": 5, "every": 7, "weeks": 8, "minutes": 120, "facilitator": 0.90, "guidelines": 0.90,
        "attendance": 0.85, "uptake": 0.75, "composition": "couples", "mix": (0.4, 0.5, 0.1), "dropout": 0.02,
        "tie": 0.15, "schedule": "fixed", "eligibility": "couple.satisfaction < 0.85",
    },
    "online_community": {
        "size": 60, "every": 1, "weeks": 10, "minutes": 20, "facilitator": 0.55, "guidelines": 0.25,
        "attendance": 0.35, "uptake": 0.80, "composition": "random", "mix": (0.5, 0.5, 0), "dropout": 0.012,
        "tie": 0.02, "schedule": "spontaneous", "anonymity": 0.5, "channel_factor": 0.6,
        "channel": "anonymous_online", "exchange": "posts",
    },
}  # fmt: skip
USUAL = {
    "eligibility": "stress >= 0.42", "effect": 1, "offered_share": 1, "anonymity": 0, "channel_factor": 1,
    "channel": "face_to_face", "exchange": "conversation", "capacity": 0, "rounds": 1, "rolling": False, "start": 0,
}  # fmt: skip


@pytest.mark.parametrize("table", NUMBERS)
def test_defaults_are_the_numbers_of_the_specification(table):
    found = getattr(Scenario(), table)
    assert {name: getattr(found, name) for name in NUMBERS[table]} == NUMBERS[table]


@pytest.mark.parametrize("path", FITTED)
def test_fitted_numbers_are_those_of_the_record_and_say_so(path):
    """They are what was fitted, and their source is the calibration."""
    table, name = path.split(".")
    [spec] = [spec for spec in specs(TABLES[table]) if spec.name == name]
    assert spec.default == FITTED[path]
    assert spec.source.startswith("calibrated")
    assert name not in NUMBERS[table]


def test_every_number_is_of_the_specification_or_fitted():
    """But for those that only a file, a network or a run can say."""
    known = {f"{table}.{name}" for table, numbers in NUMBERS.items() for name in numbers} | set(FITTED)
    missing = {f"{table}.{spec.name}" for table in NUMBERS for spec in specs(TABLES[table])} - known
    assert missing == {"population.people", "population.partners", "counselling.full_minutes"}


def test_every_bundled_programme_has_its_numbers_here():
    assert set(PRESETS) == set(BUNDLED)


@pytest.mark.parametrize("kind", PRESETS)
def test_presets_are_the_numbers_of_the_specification(kind):
    expected = USUAL | PRESETS[kind]
    assert {name: getattr(Programme(kind=kind), name) for name in expected} == expected
