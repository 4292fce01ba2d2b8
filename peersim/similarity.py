"""How alike two people are: in age, culture and interests."""

from __future__ import annotations

from typing import Any

import numpy as np

from peersim.compiled import compiled
from peersim.parameters import Parameters, param
from peersim.smooth import exponential, exponential_at_most


class Similarity(Parameters):
    """What makes two people alike. Shared age, culture and interests are the homophily of social networks."""

    base: float = param(
        0.0, unit="similarity", within=(0, 1), doc="similarity of two people who share nothing", source="assumed"
    )
    age: float = param(
        0.4, unit="similarity", within=(0, 1), doc="what the same age adds", source="assumed"
    )
    culture: float = param(
        0.3, unit="similarity", within=(0, 1), doc="what the same culture adds", source="assumed"
    )
    interests: float = param(
        0.3, unit="similarity", within=(0, 1), doc="what the same interests add", source="assumed"
    )
    interest_width: float = param(
        6.0, unit="squared distance", within=(0.1, 1000),
        doc="squared distance of interests at which their part has fallen to 37 %", source="assumed",
    )


@compiled
def similarity(age: Any, culture: Any, interests: Any, i: int, j: int, rules: Any) -> float:
    """How alike i and j are, in [0, 1] with the default weights; the same both ways."""
    alike = rules.base + rules.age * (1.0 - abs(np.float64(age[i]) - age[j]))
    if culture[i] == culture[j]:
        alike += rules.culture
    return alike + rules.interests * near_interests(interests, i, j, rules.interest_width)


@compiled
def similarity_at_most(age: Any, culture: Any, interests: Any, i: int, j: int, rules: Any) -> float:
    """A number that the similarity of i and j never exceeds (but for rounding), near it and cheaper."""
    alike = rules.base + rules.age * (1.0 - abs(np.float64(age[i]) - age[j]))
    if culture[i] == culture[j]:
        alike += rules.culture
    return alike + rules.interests * exponential_at_most(-apart(interests, i, j) / rules.interest_width)


@compiled
def most_alike(rules: Any) -> float:
    """The similarity of two people who share everything."""
    return rules.base + rules.age + rules.culture + rules.interests


@compiled
def near_interests(interests: Any, i: int, j: int, width: float) -> float:
    """How near the interests of i and j are, in (0, 1]."""
    return exponential(-apart(interests, i, j) / width)


@compiled
def apart(interests: Any, i: int, j: int) -> float:
    """The squared distance of the interests of i and j."""
    distance = 0.0
    for k in range(3):
        gap = np.float64(interests[k, i]) - interests[k, j]
        distance += gap * gap
    return distance
