"""How the people around one are: their stress and loneliness, the closer the more, and how much contact one had."""

from __future__ import annotations

from typing import Any

from peersim.compiled import compiled
from peersim.parameters import Parameters, param


class Neighbours(Parameters):
    """What counts as a day full of contact."""

    full_contact: float = param(
        8.0, unit="closeness x likeness", within=(0.01, 100), doc="contact in a day beyond which more adds nothing",
        source="calibrated: goes with contact.rate, as in the specification four times as high",
    )


@compiled
def look_around(
    near_stress: Any, near_loneliness: Any, company: Any, mood: Any, contact: Any, start: Any, other: Any,
    closeness: Any, stress_level: float, loneliness_level: float, full_contact: float,
) -> None:
    """Others' mean stress and loneliness above the usual level, weighted by closeness; and today's company in [0, 1].

    All three are 0 for people without ties.

    mood  (n_people, 2) everyone's stress and loneliness, side by side
    """
    for i in range(near_stress.size):
        weight, of_stress, of_loneliness, met = 0.0, 0.0, 0.0, 0.0
        for e in range(start[i], start[i + 1]):
            w = closeness[e]
            weight += w
            of_stress += w * mood[other[e], 0]
            of_loneliness += w * mood[other[e], 1]
            met += contact[e]
        if weight > 0.0:
            near_stress[i] = of_stress / weight - stress_level
            near_loneliness[i] = of_loneliness / weight - loneliness_level
        else:
            near_stress[i] = 0.0
            near_loneliness[i] = 0.0
        company[i] = min(1.0, met / full_contact)


@compiled
def side_by_side(mood: Any, stress: Any, loneliness: Any) -> None:
    """Everyone's stress and loneliness in one place, so that a look at a neighbour finds both."""
    for i in range(stress.size):
        mood[i, 0] = stress[i]
        mood[i, 1] = loneliness[i]
