"""What is measured: each outcome with its unit, the direction that is better, and how it is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from peersim.compiled import compiled


@dataclass(frozen=True)
class Outcome:
    """One thing that is measured of each person.

    better        +1 if more is better, -1 if less is, 0 if neither
    couples_only  whether it means something for people with a partner only
    """

    name: str
    unit: str
    better: int
    doc: str
    couples_only: bool = False


OUTCOMES = (
    Outcome("stress", "PSS-10 points", -1, "perceived stress, 0-40"),
    Outcome("resilience", "BRS points", +1, "resilience, 1-5"),
    Outcome("loneliness", "UCLA points", -1, "loneliness, 20-80"),
    Outcome("satisfaction", "CSI-32 points", +1, "relationship satisfaction, 0-161", couples_only=True),
    Outcome("communication", "0-1", +1, "communication and conflict skill", couples_only=True),
    Outcome("perceived_support", "0-1", +1, "feeling that others have one's back"),
    Outcome("belonging", "0-1", +1, "belongingness"),
    Outcome("safety", "1-7", +1, "psychological safety"),
    Outcome("self_esteem", "0-1", +1, "confidence and self-worth"),
    Outcome("optimism", "0-1", +1, "hope"),
    Outcome("coping", "0-1", +1, "coping and problem-solving skill"),
    Outcome("burden", "0-1", -1, "what helping others has cost"),
    Outcome("relational_satisfaction", "0-1", +1, "closeness x trust over all ties, weighted by closeness"),
    Outcome("closeness", "0-1", +1, "mean closeness over all ties"),
    Outcome("degree", "ties", 0, "how many people one is tied to"),
    Outcome("support_events", "exchanges", 0, "supportive exchanges received since day 0"),
)
"""In the order in which `add_outcome` counts them."""

NAMES = tuple(outcome.name for outcome in OUTCOMES)
WORSE_OFF = Outcome("share_worse_off", "share of people", -1, "share whose stress is more than 5 PSS-10 points higher")
"""Measured between two arms, on the same people."""
WORSE_OFF_POINTS = 5.0
N_MEANS = NAMES.index("relational_satisfaction")
"""The first outcomes follow from people's states, and means are recorded; the others come from ties and exchanges."""


@compiled
def measure(out: Any, now: Any, resilience: Any, received: Any, ties: Any) -> None:
    """Every outcome of every person as it is: out is (n_outcomes, n_people), rows in the order of OUTCOMES."""
    for k in range(out.shape[0]):
        out[k, :] = 0.0
        add_outcome(out[k], k, now, resilience, received, ties)


@compiled
def add_outcome(total: Any, k: int, now: Any, resilience: Any, received: Any, ties: Any) -> None:
    """Add outcome k of every person as it is to their totals, (n_people,)."""
    if k == 0:
        add_scaled(total, now.stress, 40.0, 0.0)
    elif k == 1:
        add_scaled(total, resilience, 4.0, 1.0)
    elif k == 2:
        add_scaled(total, now.loneliness, 60.0, 20.0)
    elif k == 3:
        add_scaled(total, now.satisfaction, 161.0, 0.0)
    elif k == 4:
        add_scaled(total, now.communication, 1.0, 0.0)
    elif k == 5:
        add_scaled(total, now.perceived_support, 1.0, 0.0)
    elif k == 6:
        add_scaled(total, now.belonging, 1.0, 0.0)
    elif k == 7:
        add_scaled(total, now.safety, 6.0, 1.0)
    elif k == 8:
        add_scaled(total, now.self_esteem, 1.0, 0.0)
    elif k == 9:
        add_scaled(total, now.optimism, 1.0, 0.0)
    elif k == 10:
        add_scaled(total, now.coping, 1.0, 0.0)
    elif k == 11:
        add_scaled(total, now.burden, 1.0, 0.0)
    elif k == 12:
        add_relational(total, ties.start, ties.closeness, ties.trust)
    elif k == 13:
        add_mean_closeness(total, ties.start, ties.closeness)
    elif k == 14:
        add_degree(total, ties.start)
    else:
        add_scaled(total, received, 1.0, 0.0)


@compiled
def add_scaled(total: Any, state: Any, factor: float, shift: float) -> None:
    """A state in the points of its instrument."""
    for i in range(state.size):
        total[i] += factor * state[i] + shift


@compiled
def add_relational(total: Any, start: Any, closeness: Any, trust: Any) -> None:
    """Relational satisfaction: closeness x trust over all ties, weighted by closeness; 0 without ties."""
    for i in range(total.size):
        close, good = 0.0, 0.0
        for e in range(start[i], start[i + 1]):
            w = np.float64(closeness[e])
            close += w
            good += w * w * trust[e]
        total[i] += good / close if close > 0.0 else 0.0


@compiled
def add_mean_closeness(total: Any, start: Any, closeness: Any) -> None:
    """Mean closeness over all ties; 0 without ties."""
    for i in range(total.size):
        close = 0.0
        for e in range(start[i], start[i + 1]):
            close += closeness[e]
        total[i] += close / max(1, start[i + 1] - start[i])


@compiled
def add_degree(total: Any, start: Any) -> None:
    """How many people one is tied to."""
    for i in range(total.size):
        total[i] += start[i + 1] - start[i]
