"""What all figures are measured on: the default community with a support group running."""

from __future__ import annotations

from peersim.programmes.programme import Programme
from peersim.scenario import Run, Scenario
from peersim.simulate import live, warm_up
from peersim.world import World, build_world

PERSON_DAYS = 6_000_000
"""How many a measurement lives, in at least a week."""
MOST_DAYS = 700
"""No more days than that: the support group ends after two years."""


def scenario(people: int, days: int = 365, burn_in: int = 0) -> Scenario:
    """The whole model: the default community with a support group running."""
    return Scenario(
        population=Scenario().population.model_copy(update={"people": people}),
        run=Run(days=days, burn_in=burn_in),
        programmes=(Programme(kind="support_group", weeks=104),),
    )


def running(people: int) -> World:
    """Its world a week on: the programme has started, and ties have settled in memory."""
    warm_up()
    plan = scenario(people)
    world = build_world(plan, seed=1)
    live(world, plan, 7)
    return world


def n_days(people: int) -> int:
    """How many days to live in a measurement, in whole weeks, for ties are looked through once a week."""
    return max(7, min(MOST_DAYS, PERSON_DAYS // people)) // 7 * 7
