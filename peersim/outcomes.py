"""What is measured: each outcome with its unit, the direction that is better, and how it is computed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
"""In the order in which `measure` writes them."""

NAMES = tuple(outcome.name for outcome in OUTCOMES)
WORSE_OFF = Outcome("share_worse_off", "share of people", -1, "share whose stress is more than 5 PSS-10 points higher")
"""Measured between two arms, on the same people."""
WORSE_OFF_POINTS = 5.0


N_STATES = 12
"""The first outcomes are states in the points of their instruments; the others come from ties and exchanges."""


@compiled
def measure(out: Any, now: Any, resilience: Any, received: Any, ties: Any) -> None:
    """Every outcome of every person as it is: out is (n_outcomes, n_people), rows in the order of OUTCOMES."""
    for k in range(N_STATES):
        value = out[k]
        for i in range(value.size):
            value[i] = 0.0
    add_states(out, now, resilience)
    measure_ties(out, received, ties)


@compiled
def add_states(total: Any, now: Any, resilience: Any) -> None:
    """Add to the first rows of `total` what each state is in the points of its instrument."""
    add_scaled(total[0], now.stress, 40.0, 0.0)
    add_scaled(total[1], resilience, 4.0, 1.0)
    add_scaled(total[2], now.loneliness, 60.0, 20.0)
    add_scaled(total[3], now.satisfaction, 161.0, 0.0)
    add_scaled(total[4], now.communication, 1.0, 0.0)
    add_scaled(total[5], now.perceived_support, 1.0, 0.0)
    add_scaled(total[6], now.belonging, 1.0, 0.0)
    add_scaled(total[7], now.safety, 6.0, 1.0)
    add_scaled(total[8], now.self_esteem, 1.0, 0.0)
    add_scaled(total[9], now.optimism, 1.0, 0.0)
    add_scaled(total[10], now.coping, 1.0, 0.0)
    add_scaled(total[11], now.burden, 1.0, 0.0)


@compiled
def measure_ties(out: Any, received: Any, ties: Any) -> None:
    """Write the outcomes that come from ties and exchanges to the last rows of `out`."""
    look_at_ties(out[12], out[13], out[14], ties.start, ties.closeness, ties.trust)
    for i in range(received.size):
        out[15, i] = received[i]


@compiled
def add_scaled(total: Any, state: Any, factor: float, shift: float) -> None:
    """Add a state in the points of its instrument."""
    for i in range(state.size):
        total[i] += factor * state[i] + shift


@compiled
def look_at_ties(relational: Any, mean_closeness: Any, degree: Any, start: Any, closeness: Any, trust: Any) -> None:
    """Relational satisfaction, mean closeness and number of ties; all 0 for people without ties."""
    for i in range(degree.size):
        n = start[i + 1] - start[i]
        close, good = 0.0, 0.0
        for e in range(start[i], start[i + 1]):
            close += closeness[e]
            good += closeness[e] * closeness[e] * trust[e]
        degree[i] = n
        mean_closeness[i] = close / n if n > 0 else 0.0
        relational[i] = good / close if close > 0.0 else 0.0
