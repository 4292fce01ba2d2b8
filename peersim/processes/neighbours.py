"""How the people around one are: their stress and loneliness, the closer the more, and how much contact one had."""

from __future__ import annotations

from typing import Any

import numpy as np

from peersim.compiled import compiled
from peersim.memory import fetch_ahead
from peersim.parameters import Parameters, param

_AHEAD = np.uintp(64)
"""How many ties ahead neighbours are fetched: the time that it takes in a city of millions."""


class Neighbours(Parameters):
    """What counts as a day full of contact."""

    full_contact: float = param(
        8.0, unit="closeness x likeness", within=(0.01, 100), doc="contact in a day beyond which more adds nothing",
        source="calibrated: goes with contact.rate, as in the specification four times as high",
    )


@compiled
def side_by_side(mood: Any, stress: Any, loneliness: Any) -> None:
    """Everyone's stress and loneliness in one place, (n_people, 2), so that a look at a neighbour fetches both."""
    for i in range(stress.size):
        mood[i, 0] = stress[i]
        mood[i, 1] = loneliness[i]


@compiled
def look_around(
    near_stress: Any, near_loneliness: Any, company: Any, warmth: Any, mood: Any, contact: Any, start: Any, other: Any,
    closeness: Any, stress_level: float, loneliness_level: float, full_contact: float,
) -> None:
    """Others' mean stress and loneliness above the usual level, weighted by closeness; and today's company in [0, 1].

    All three are 0 for people without ties.

    warmth  (n_people,) closeness of all ties of each together
    mood    everyone's stress and loneliness, as `side_by_side` wrote them
    """
    last = np.uintp(other.size - 1)
    for i in range(near_stress.size):
        weight, of_stress, of_loneliness, met = 0.0, 0.0, 0.0, 0.0
        for e in range(np.uintp(start[i]), np.uintp(start[i + 1])):
            fetch_ahead(mood, 2 * np.int64(other[min(last, e + _AHEAD)]))
            w, j = closeness[e], other[e]
            weight += w
            of_stress += w * mood[j, 0]
            of_loneliness += w * mood[j, 1]
            met += contact[e]
        warmth[i] = weight
        near_stress[i] = of_stress / weight - stress_level if weight > 0.0 else 0.0
        near_loneliness[i] = of_loneliness / weight - loneliness_level if weight > 0.0 else 0.0
        company[i] = min(1.0, met / full_contact)
