"""Who was struck, and how hard: a run keeps only counts, but every draw has an address and can be drawn again."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from peersim.draws import Decision, draw_normals, draw_uniforms
from peersim.people import Floats, People
from peersim.processes.stressors import Stressors


def own_events(people: People, stressors: Stressors, seed: int, n_days: int) -> tuple[NDArray[np.int64], Floats]:
    """The events that struck people themselves on the n_days from day 0 on, as `strike` drew them.

    Returns how many there were each day, (n_days,), and each person's most severe one, (n_people,), 0 for none. What a
    person bears of a partner's event is none of their own.
    """
    count, worst = np.zeros(n_days, np.int64), np.zeros(len(people.number))
    hardness = np.maximum(0.0, 1.0 + stressors.hardship_slope * people.traits.hardship.astype(np.float64))
    daily = stressors.event_rate / 365.0
    for day in range(n_days):
        luck = draw_uniforms(seed, Decision.STRIKE, people.number, day=day)
        struck = np.flatnonzero(luck < daily * sum(stressors.share) * hardness)
        drawn = draw_normals(seed, Decision.SEVERITY, people.number[struck], day=day)
        severity = np.exp(stressors.severity_log_mean + stressors.severity_log_sd * drawn)
        worst[struck] = np.maximum(worst[struck], severity)
        count[day] = len(struck)
    return count, worst
