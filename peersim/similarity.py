"""How alike two people are: in age, culture and interests."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param
from peersim.smooth import exponential


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
    alike = rules.base + rules.age * (1.0 - abs(age[i] - age[j]))
    if culture[i] == culture[j]:
        alike += rules.culture
    return alike + rules.interests * near_interests(interests, i, j, rules.interest_width)


@compiled
def near_interests(interests: Any, i: int, j: int, width: float) -> float:
    """How near the interests of i and j are, in (0, 1]."""
    distance = 0.0
    for k in range(3):
        gap = interests[k, i] - interests[k, j]
        distance += gap * gap
    return exponential(-distance / width)
