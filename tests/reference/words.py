"""The words of the model as numbers, and two functions that every rule uses."""

import math

import numpy as np

STATES = (
    "stress", "self_esteem", "optimism", "coping", "perceived_support", "loneliness", "belonging", "safety",
    "allostatic_load", "burden", "satisfaction", "communication",
)  # fmt: skip
TRAITS = (
    "stress_trait", "self_esteem_trait", "optimism_trait", "coping_trait", "support_trait", "loneliness_trait",
    "safety_trait", "satisfaction_trait", "communication_trait", "age", "culture", "skill", "hardship", "special_needs",
    "usual_degree",
)  # fmt: skip
DOMAINS = ("financial", "health", "family", "career", "relational")
FINANCIAL, HEALTH, FAMILY, CAREER, RELATIONAL = range(5)
FRIEND, PARTNER, GROUP, ONLINE = range(4)
CHANNELS = ("face_to_face", "social_media", "anonymous_online")
FACE_TO_FACE, SOCIAL_MEDIA, ANONYMOUS_ONLINE = range(3)
EMOTIONAL, INFORMATIONAL, INSTRUMENTAL = range(3)
USUAL_SIMILARITY = 0.6
"""Likeness, where it is switched off."""
USUAL_FIT = 0.88
"""Mean of the factor for matched and missed support, where matching is switched off."""
USUAL_AT_HOME = 0.384
"""Mean of satisfaction x the couple's communication, where couples are switched off."""


def sig(x):
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-x)) if x > 0 else math.exp(x) / (1 + math.exp(x))


def kept(x):
    """A number as people and ties keep it, in single precision; likewise in lists and dicts."""
    if isinstance(x, list):
        return [kept(part) for part in x]
    if isinstance(x, dict):
        return {name: kept(part) for name, part in x.items()}
    return float(np.float32(x)) if isinstance(x, float) else x


def clip(x):
    """Every state, closeness and trust stays in [0, 1]."""
    return min(1.0, max(0.0, x))
