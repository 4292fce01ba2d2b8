"""A sweep: plan, what is there, what is missing, living it, tables. Again, onward and wider are one and the same."""

from __future__ import annotations

import json
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import peersim
from peersim.experiment.experiment import Experiment
from peersim.experiment.reading import read_experiment
from peersim.runs.drive import drive
from peersim.runs.engine import Engine
from peersim.runs.hold import Held, holding
from peersim.runs.parts import part_name
from peersim.runs.stopping import Stopping, stoppable
from peersim.runs.store import Store, open_store
from peersim.sweeps.counts import Counts, count
from peersim.sweeps.engines import engine_of
from peersim.sweeps.intake import Intake
from peersim.sweeps.living import live_task
from peersim.sweeps.plan import Part, SweepPlan, missing_cases, plan_of
from peersim.sweeps.rows import RUNS, schemas
from peersim.sweeps.tables import addresses
from peersim.sweeps.tasks import seconds_a_task, tasks_of
from peersim.sweeps.until import Precision, Seeds
from peersim.sweeps.watcher import Watcher
from peersim.sweeps.written import write_results

if TYPE_CHECKING:
    import pandas as pd


_DRAINING = "stopping when what has begun is done, a moment; Ctrl-C again stops now"
_PATIENCE = 2.0
"""Seconds after which a part looks again whether another still puts the parts together."""
_MOST_NOTED = 100


@dataclass(frozen=True, repr=False)
class Sweep:
    """What a sweep came to.

    counts      of its runs, with the seeds that there are in the end
    done        runs that were lived now
    failed      runs of the plan that have no outcomes
    seeds       (n_points,) of each point in the tables
    precision   of each point's contrast, where it was asked for
    is_stopped  whether somebody asked it to stop; there are no new tables then
    is_part     whether it was one part of many, and others are missing still
    rows        number of rows of each table that was written
    remarks     what whoever started it should know
    """

    name: str
    folder: Path
    counts: Counts
    done: int
    failed: int
    seeds: NDArray[np.int64]
    precision: tuple[Precision, ...]
    is_stopped: bool
    is_part: bool
    rows: dict[str, int]
    remarks: tuple[str, ...]
    elapsed_seconds: float

    def __repr__(self) -> str:
        return f"<Sweep {self.name}: {self.counts.runs:,} runs, {self.failed:,} failed, in {self.folder}>"

    @property
    def is_precise(self) -> bool:
        """Whether every contrast is known as well as was asked for."""
        return all(one.is_reached for one in self.precision)

    def table(self, name: str = "runs") -> pd.DataFrame:
        """One of its tables: runs, timeline, contrasts or people. Raises FileNotFoundError if it was not written."""
        import pandas as pd

        return pd.read_parquet(self.folder / f"{name}.parquet")


def sweep(
    experiment: str | Path | Experiment,
    out: str | Path,
    *,
    jobs: int | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    part: Part | None = None,
    lives: bool = True,
    watcher: Watcher | None = None,
) -> Sweep:
    """Live what is missing of an experiment, and write its tables to a folder, which keeps every run for the next time.

    experiment  a file, the name of a bundled one, or one that was read
    jobs        runs at a time; None takes one for each core
    engine      local, in-process or dask
    scheduler   the address of Dask's, if it is not to be started here
    part        i of n, for arrays of jobs that write to the same folder; the last to end writes the tables
    lives       False writes tables of what is there, and lives nothing

    Raises ScenarioError if the experiment is not valid, Held if another sweep writes there, EngineError if the workers
    are gone, OSError if the folder cannot be written; whatever was lived until then is kept, and found again next time.
    """
    began, watcher, out = time.perf_counter(), watcher or Watcher(), Path(out)
    given = experiment if isinstance(experiment, Experiment) else read_experiment(experiment)
    workers = engine_of(engine, jobs, scheduler, given.limits)
    plan = plan_of(given, watcher.planning)
    with _opened(out, part, watcher) as (store, remarks):
        seeds, intake = Seeds(plan), Intake(store, plan.code, watcher)
        remarks += _told_of_others(plan, seeds, store)
        _note(store, plan, part)
        is_stopped = lives and _live(plan, seeds, store, intake, workers, watcher, part)
        if part is None:
            return _ended(plan, seeds, store, out, watcher, intake, is_stopped, remarks, began)
    return _joined(plan, seeds, out, watcher, intake, is_stopped, remarks, began)


@contextmanager
def _opened(out: Path, part: Part | None, watcher: Watcher) -> Iterator[tuple[Store, list[str]]]:
    """The store, held, looked through for damage, and joined with what parts left; and remarks on that."""
    with ExitStack() as stack:
        stack.enter_context(holding(out if part is None else out / "store" / part_name(*part), "sweep"))
        store = stack.enter_context(open_store(out, schemas(), part=part))
        if part is None:
            store.take_in_parts()
        damages = store.check(watcher.checking)
        yield store, [str(damage) for damage in (*store.mended, *damages)]


def _live(
    plan: SweepPlan, seeds: Seeds, store: Store, intake: Intake, engine: Engine, watcher: Watcher, part: Part | None
) -> bool:
    """Live all that is missing, and further seeds as long as they are needed; returns whether somebody stopped it."""
    with stoppable(lambda: watcher.remark(_DRAINING)) as stopping:
        try:
            with engine:
                while True:
                    _live_missing(plan, seeds, store, intake, engine, watcher, stopping, part)
                    if stopping or part is not None or not seeds.grow(store):
                        break
        except KeyboardInterrupt:
            stopping.is_asked = True
        finally:
            intake.keep()
    return bool(stopping)


def _live_missing(
    plan: SweepPlan, seeds: Seeds, store: Store, intake: Intake, engine: Engine, watcher: Watcher,
    stopping: Stopping, part: Part | None,
) -> None:
    """Live what is missing of so many seeds. What was lost, or could only be lived alone, is put together again."""
    counts = count(plan, seeds.now, store.has, part)
    watcher.begins(counts)
    size = seconds_a_task(counts.person_days, counts.new, engine.n_workers)
    is_new = True
    while is_new and not stopping:
        n_failed = len(intake.failed)
        cases = missing_cases(plan, seeds.now, store.has, intake.failed, part)
        is_split = drive(
            engine, live_task, tasks_of(plan, cases, size), intake.take, intake.look, lambda: bool(stopping)
        )
        is_new = is_split or len(intake.failed) > n_failed
    intake.keep()


def _ended(
    plan: SweepPlan, seeds: Seeds, store: Store, out: Path, watcher: Watcher, intake: Intake, is_stopped: bool,
    remarks: list[str], began: float, *, is_part: bool = False,
) -> Sweep:
    """Tables of all there is, unless it was stopped; and what it came to."""
    counts = count(plan, seeds.now, store.has)
    is_whole = not is_stopped and not is_part
    rows = write_results(plan, seeds.now, store, out, watcher) if is_whole else {}
    failed = store.failures(RUNS)
    return Sweep(
        name=plan.experiment.name,
        folder=out,
        counts=counts,
        done=intake.n_done,
        failed=sum(one.id in failed for one in addresses(plan, seeds.now, RUNS)) if failed else 0,
        seeds=seeds.now,
        precision=tuple(seeds.precision()) if is_whole else (),
        is_stopped=is_stopped,
        is_part=is_part,
        rows=rows,
        remarks=tuple(remarks),
        elapsed_seconds=time.perf_counter() - began,
    )


def _joined(
    plan: SweepPlan, seeds: Seeds, out: Path, watcher: Watcher, intake: Intake, is_stopped: bool, remarks: list[str],
    began: float,
) -> Sweep:
    """After the own part: the tables, if this was the last one. Two that end together wait for each other."""
    while True:
        try:
            with _opened(out, None, watcher) as (store, more):
                is_part = count(plan, seeds.now, store.has).new > 0 or is_stopped
                return _ended(
                    plan, seeds, store, out, watcher, intake, is_stopped, remarks + more, began, is_part=is_part
                )
        except Held:
            time.sleep(_PATIENCE)


def _told_of_others(plan: SweepPlan, seeds: Seeds, store: Store) -> list[str]:
    """What else is in the store, and is in no table: of other code, or of other scenarios."""
    told = []
    of_others = sum(n for code, n in store.codes().items() if code != plan.code)
    if of_others:
        told.append(
            f"the code of peersim, or a library that it computes with, has changed: {of_others:,} rows made before are "
            "kept apart and not used; `peersim runs prune` removes them"
        )
    if failed := len(store.failures(RUNS)):
        told.append(f"{failed:,} runs failed before and are tried again")
    return told


def _note(store: Store, plan: SweepPlan, part: Part | None) -> None:
    """Keep with the store who wrote to it, when and with what."""
    so_far = json.loads(store.notes().get("sweeps", "[]"))
    one = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"), "experiment": plan.experiment.name, "code": plan.code,
        "peersim": peersim.__version__, "command": sys.argv, "machine": f"{platform.system()} {platform.machine()}",
        "part": part,
    }  # fmt: skip
    store.note("sweeps", json.dumps([*so_far, one][-_MOST_NOTED:]))
