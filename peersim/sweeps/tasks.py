"""Cases put together to tasks of about a second: handing one out costs little, and if it is lost, little is lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from peersim.sweeps.living import Case, LivingTask
from peersim.sweeps.plan import SweepPlan

_A_TASK = 1.0
"""Seconds that a task takes, more or less."""
_A_DAY, _A_RUN = 1e-7, 3e-3
"""Seconds that a person's day and, beside its days, a run take: roughly, for cutting only. No result depends on it."""
_FOR_SURE = 4
"""How much slower this machine may be than those costs say."""
_FOR_EACH_WORKER = 4
"""Tasks that each worker should get at least, so that none is idle for long at the end."""


def tasks_of(plan: SweepPlan, found: Iterable[list[Case]], seconds: float) -> Iterator[LivingTask]:
    """Tasks for the cases of `missing_cases`, in the same order; cases that share a past stay together if they can.

    seconds  that a task should take
    """
    task: list[Case] = []
    size = 0.0
    for cases in found:
        for case in cases:
            days = sum(arm.scenario.population.people * arm.scenario.run.days for arm in case.arms)
            cost = cost_of(days, len(case.arms))
            is_first_of_many = case is cases[0] and size + cost * len(cases) > seconds
            if task and (is_first_of_many or size + cost > seconds):
                yield LivingTask(tuple(task), plan.recorder, plan.code)
                task, size = [], 0.0
            task.append(case)
            size += cost
    if task:
        yield LivingTask(tuple(task), plan.recorder, plan.code)


def seconds_a_task(person_days: float, runs: int, n_workers: int, most_a_run: float | None) -> float:
    """How long tasks should be, for so much work in all.

    most_a_run  seconds that one run may take; a task that takes longer in all is begun anew in pieces
    """
    most = _A_TASK if most_a_run is None else min(_A_TASK, most_a_run / _FOR_SURE)
    return min(most, cost_of(person_days, runs) / (_FOR_EACH_WORKER * n_workers))


def cost_of(person_days: float, runs: int) -> float:
    """Seconds, roughly; burn-ins, which may be shared, are left out."""
    return _A_DAY * person_days + _A_RUN * runs
