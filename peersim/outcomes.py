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
"""In the order in which `measure_one` counts them."""

NAMES = tuple(outcome.name for outcome in OUTCOMES)
WORSE_OFF = Outcome("share_worse_off", "share of people", -1, "share whose stress is more than 5 PSS-10 points higher")
"""Measured between two arms, on the same people."""
WORSE_OFF_POINTS = 5.0


N_STATES = 12
"""The first outcomes are states in the points of their instruments; the others come from ties and exchanges."""


@compiled
def measure(out: Any, now: Any, resilience: Any, received: Any, ties: Any) -> None:
    """Every outcome of every person as it is: out is (n_outcomes, n_people), rows in the order of OUTCOMES."""
    for k in range(out.shape[0]):
        measure_one(out[k], k, now, resilience, received, ties)


@compiled
def measure_one(value: Any, k: int, now: Any, resilience: Any, received: Any, ties: Any) -> None:
    """Outcome k of every person as it is, (n_people,)."""
    if k == 0:
        scaled(value, now.stress, 40.0, 0.0)
    elif k == 1:
        scaled(value, resilience, 4.0, 1.0)
    elif k == 2:
        scaled(value, now.loneliness, 60.0, 20.0)
    elif k == 3:
        scaled(value, now.satisfaction, 161.0, 0.0)
    elif k == 4:
        scaled(value, now.communication, 1.0, 0.0)
    elif k == 5:
        scaled(value, now.perceived_support, 1.0, 0.0)
    elif k == 6:
        scaled(value, now.belonging, 1.0, 0.0)
    elif k == 7:
        scaled(value, now.safety, 6.0, 1.0)
    elif k == 8:
        scaled(value, now.self_esteem, 1.0, 0.0)
    elif k == 9:
        scaled(value, now.optimism, 1.0, 0.0)
    elif k == 10:
        scaled(value, now.coping, 1.0, 0.0)
    elif k == 11:
        scaled(value, now.burden, 1.0, 0.0)
    elif k == 12:
        relational(value, ties.start, ties.closeness, ties.trust)
    elif k == 13:
        mean_closeness(value, ties.start, ties.closeness)
    elif k == 14:
        degree(value, ties.start)
    else:
        scaled(value, received, 1.0, 0.0)


@compiled
def scaled(value: Any, state: Any, factor: float, shift: float) -> None:
    """A state in the points of its instrument."""
    for i in range(state.size):
        value[i] = factor * state[i] + shift


@compiled
def relational(value: Any, start: Any, closeness: Any, trust: Any) -> None:
    """Relational satisfaction: closeness x trust over all ties, weighted by closeness; 0 without ties."""
    for i in range(value.size):
        close, good = 0.0, 0.0
        for e in range(start[i], start[i + 1]):
            w = np.float64(closeness[e])
            close += w
            good += w * w * trust[e]
        value[i] = good / close if close > 0.0 else 0.0


@compiled
def mean_closeness(value: Any, start: Any, closeness: Any) -> None:
    """Mean closeness over all ties; 0 without ties."""
    for i in range(value.size):
        close = 0.0
        for e in range(start[i], start[i + 1]):
            close += closeness[e]
        value[i] = close / max(1, start[i + 1] - start[i])


@compiled
def degree(value: Any, start: Any) -> None:
    """How many people one is tied to."""
    for i in range(value.size):
        value[i] = start[i + 1] - start[i]
