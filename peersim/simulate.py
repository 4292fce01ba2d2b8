"""A run: burn-in up to day 0, a fork for each arm, and the days after it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from peersim.compiled import take_blas_for_granted
from peersim.day import advance
from peersim.knock_outs import knocked_out
from peersim.networks.network import Network
from peersim.networks.structure import clustering, n_kept
from peersim.population import Population
from peersim.processes.resilience import resilience_of
from peersim.programmes.circles import no_circles
from peersim.programmes.offer import start_round
from peersim.programmes.programme import Programme, plan_of
from peersim.scenario import Run, Scenario, rules_of
from peersim.trace import Trace, new_trace
from peersim.world import World, build_world


def warm_up() -> None:
    """Compile what is still to be compiled, and load the rest, by living a few days in a tiny community."""
    take_blas_for_granted()
    small = Scenario(
        population=Population(people=40), run=Run(burn_in=0), programmes=(Programme(eligibility="stress >= 0"),)
    )
    world = settled_world(small, seed=0)
    live(world, small, 8, new_trace(0, 8, world.n_people, record_every=7, windows=[(0, 8)], panel=("stress",)))
    ties = world.ties
    clustering(ties.start, ties.other)
    n_kept(ties.start, ties.other, ties.start, ties.other)


def settled_world(scenario: Scenario, seed: int, network: Network | None = None) -> World:
    """A world built and lived through its burn-in: the morning of day 0, before anything is offered."""
    scenario = knocked_out(scenario)
    world = build_world(scenario, seed, network)
    settle(world, scenario)
    return world


def settle(world: World, scenario: Scenario) -> None:
    """Let a world that was just built live through its burn-in."""
    live(world, scenario, scenario.run.burn_in)
    world.people.received[:] = 0


def live(world: World, scenario: Scenario, n_days: int, trace: Trace | None = None) -> None:
    """Let the world live through n_days; programmes are offered on the mornings of their start.

    trace  has a row for each of these days; None records nothing
    """
    scenario = knocked_out(scenario)
    if trace is None:
        trace = new_trace(world.day, n_days, world.n_people)
    if len(world.circles.offered) != len(scenario.programmes):
        world.circles = no_circles(len(scenario.programmes), world.n_people)
    plan, rules = plan_of(scenario.programmes), rules_of(scenario)
    mood = np.empty((world.n_people, 2), world.people.now.stress.dtype)
    for until in _stops(world.day, world.day + n_days, scenario):
        for slot, programme in enumerate(scenario.programmes):
            if world.day in programme.starts:
                world.circles = start_round(
                    programme, slot, world.day, world.circles, world.people, world.ties,
                    lambda: resilience_of(world.people.now, rules.resilience), scenario.sessions, world.seed,
                )  # fmt: skip
        world.arcs = advance(
            world.people, world.arcs, world.circles, plan, rules, world.seed, world.day, until - world.day, trace, mood
        )
        world.day = until


def _stops(first: int, last: int, scenario: Scenario) -> Iterator[int]:
    """The mornings up to which the world can live without a programme being offered, and the last."""
    yield from sorted({day for p in scenario.programmes for day in p.starts if first < day < last})
    if last > first:
        yield last
