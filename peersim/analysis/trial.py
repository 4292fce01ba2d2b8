"""A trial: a small community lives what a command would live, and what that takes is counted."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from peersim.analysis.arms import live_arm, live_past
from peersim.knock_outs import knocked_out
from peersim.networks.settings import NetworkSettings
from peersim.scenario import Scenario, before_day_0
from peersim.simulate import live, warm_up
from peersim.trace import new_trace
from peersim.world import World, build_world

_SMALL, _LARGE = 2000, 100_000
_SAME_PACE = 20_000
"""Up to so many people a day takes each as long as in a small community: all that is needed stays near at hand."""
_A_FEW_WEEKS = 3


@dataclass(frozen=True)
class Lives:
    """What is lived with one seed, and what is kept of it meanwhile.

    scenarios     without switches
    worlds        communities that are kept beside the one that lives, until the last arm
    windows       over how many of them everybody's means are kept, of each arm
    keeps_stress  whether everybody's stress is kept at every record
    arms          of how many arms that is kept, beside the last one
    """

    scenarios: tuple[Scenario, ...]
    worlds: int
    windows: int = 0
    keeps_stress: bool = False
    arms: int = 0

    @property
    def pasts(self) -> list[Scenario]:
        """The first of the scenarios that are the same before day 0, of all such."""
        shared = [before_day_0(scenario) for scenario in self.scenarios]
        return [scenario for k, scenario in enumerate(self.scenarios) if shared[k] not in shared[:k]]

    @property
    def days(self) -> int:
        """Days to be lived, burn-ins that arms share once."""
        return sum(s.run.days for s in self.scenarios) + sum(s.run.burn_in for s in self.pasts)


def lives_of(scenarios: Sequence[Scenario], *, windows: int = 0, keeps_stress: bool = False) -> Lives:
    """What `live_arms` lives and keeps: a community of day 0 as long as several arms start from it."""
    arms = tuple(map(knocked_out, scenarios))
    is_shared = len(Lives(arms, 0).pasts) < len(arms)
    return Lives(arms, int(is_shared), windows, keeps_stress, len(arms) - 1)


@dataclass(frozen=True)
class Trial:
    """What it took.

    person    bytes of a person without ties
    arc       bytes of a tie in one person's row
    degree    ties of a person, as built, where they are made of foci
    growth    by what factor ties became more, at most
    recorded  bytes of the record of an arm, for each person
    kept      of these, bytes that are kept when the arm has lived
    building  seconds for each person to build a community
    living    seconds for each person and day
    """

    person: float
    arc: float
    degree: float
    growth: float
    recorded: float
    kept: float
    building: float
    living: float


def try_out(lives: Lives, people: int) -> Trial:
    """Let a small community, made of foci, live all of it. people  how many the command is about"""
    warm_up()
    n = min(_SMALL, people)
    first = lives.scenarios[0]
    began = time.perf_counter()
    built = build_world(_with(first, n), seed=0)
    building = (time.perf_counter() - began) / n
    began = time.perf_counter()
    worlds = [world for scenario in lives.scenarios for world in _lived(_with(scenario, n), lives)]
    days = sum(scenario.run.burn_in + scenario.run.days for scenario in lives.scenarios)
    living = ((time.perf_counter() - began) / n - len(lives.scenarios) * building) / days
    if people > _SAME_PACE:
        (_, usual), (building, slow) = _pace(first, n), _pace(first, min(people, _LARGE))
        living *= max(1.0, slow / usual)
    recorded, kept = record_of(lives, n)
    n_arcs = len(built.ties.other)
    return Trial(
        person=max(bytes_of((world.people, world.circles)) for world in worlds) / n,
        arc=bytes_of(built.ties[1:]) / max(1, n_arcs),
        degree=n_arcs / n,
        growth=max(1.0, *(len(world.ties.other) / max(1, n_arcs) for world in worlds)),
        recorded=recorded,
        kept=kept,
        building=building,
        living=max(living, 0.0),
    )


def bytes_of(value: Any) -> int:
    """Of all arrays in a nested tuple."""
    if isinstance(value, tuple):
        return sum(map(bytes_of, value))
    return value.nbytes if isinstance(value, np.ndarray) else 0


def _with(scenario: Scenario, people: int) -> Scenario:
    """The scenario for so many people, in a network made of foci."""
    population = scenario.population.model_copy(update={"people": people})
    return scenario.model_copy(update={"population": population, "network": NetworkSettings()})


def _lived(scenario: Scenario, lives: Lives) -> list[World]:
    """The community of a scenario on the morning of day 0, and after the last day."""
    past = live_past(build_world(scenario, seed=0), scenario)
    world = past.world.copy()
    live_arm(world, past, scenario, [(0, 1)] * lives.windows, keep_stress=lives.keeps_stress)
    return [past.world, world]


def _pace(scenario: Scenario, people: int) -> tuple[float, float]:
    """Seconds for each person to build a community, and to live a day in it: the least of a few weeks."""
    began = time.perf_counter()
    world = build_world(_with(scenario, people), seed=0)
    building = time.perf_counter() - began
    weeks = []
    for _ in range(_A_FEW_WEEKS):
        began = time.perf_counter()
        live(world, scenario.model_copy(update={"programmes": ()}), 7)
        weeks.append(time.perf_counter() - began)
    return building / people, min(weeks) / people / 7


def record_of(lives: Lives, n: int) -> tuple[float, float]:
    """Bytes of the record of the longest arm for each person, and of these what is kept."""
    longest = max(lives.scenarios, key=lambda scenario: scenario.run.days).run
    panel = ("stress",) if lives.keeps_stress else ()
    trace = new_trace(
        0, longest.days, n, record_every=longest.record_every, windows=[(0, 1)] * lives.windows, panel=panel
    )
    kept = bytes_of((trace.window, trace.panel)) / n
    return kept + bytes_of((trace.since, trace.window)) / n, kept  # windows are divided into new ones
