"""The engines by name, as `--engine` has them."""

from __future__ import annotations

from peersim.experiment.tables import Limits as AskedLimits
from peersim.mistakes import Problem, ScenarioError
from peersim.runs.engine import Engine, Limits
from peersim.runs.replicates import n_cores
from peersim.runs.worker import can_keep_within
from peersim.sweeps import ENGINES, READY


def engine_of(name: str, jobs: int | None, scheduler: str | None, asked: AskedLimits) -> Engine:
    """An engine that is not yet started.

    jobs       workers on this machine; None takes one for each core
    scheduler  address of a Dask scheduler

    Raises ScenarioError where it cannot hold the limits that are asked for, ValueError for one that there is not.
    """
    limits = Limits(asked.seconds, asked.megabytes)
    if scheduler is not None and name != "dask":
        raise ValueError(f"--scheduler {scheduler}: is for --engine dask only, not for {name}")
    if limits.megabytes is not None and not can_keep_within():
        raise ScenarioError([Problem("limits.megabytes", "this system cannot hold a process to it", "leave it out")])
    if name == "in-process":
        if limits != Limits():
            said = "nothing can be stopped from inside one process"
            raise ScenarioError([Problem("limits", said, "leave them out, or take another --engine")])
        from peersim.runs.in_process import InProcess

        return InProcess()
    if name == "dask":
        from peersim.runs.dask_workers import DaskWorkers

        return DaskWorkers(scheduler, jobs or n_cores(), READY, limits)
    if name != "local":
        raise ValueError(f"--engine {name}: must be one of {', '.join(ENGINES)}")
    from peersim.runs.local import Local

    return Local(jobs or n_cores(), READY, limits)
