"""A sweep: plan, what is there, what is missing, living it, tables. Again, onward and wider are one and the same."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

import peersim
from peersim.experiment.experiment import Experiment
from peersim.experiment.reading import read_experiment
from peersim.runs.history import entry
from peersim.runs.hold import Held, holding
from peersim.runs.parts import part_name
from peersim.runs.store import Store, StoreError, open_store
from peersim.sweeps.asked import with_seeds
from peersim.sweeps.counts import Counts, counted
from peersim.sweeps.engines import engine_of
from peersim.sweeps.estimate import refuse_too_large
from peersim.sweeps.living_all import Living
from peersim.sweeps.own_folder import refuse_foreign
from peersim.sweeps.plan import Part, SweepPlan, is_missing, plan_of
from peersim.sweeps.rows import CONTRASTS, RUNS, schemas
from peersim.sweeps.tables import addresses
from peersim.sweeps.until import Precision, Seeds
from peersim.sweeps.watcher import Watcher
from peersim.sweeps.written import write_results

if TYPE_CHECKING:
    import pandas as pd


_PATIENCE = 2.0
"""Seconds after which a part looks again whether another still puts the parts together."""
_UNTIL_LATER = (
    "every part has lived the first seeds of each point; the same command without --shard adds those that seeds.until "
    "asks for"
)


@dataclass(frozen=True, repr=False)
class Sweep:
    """What a sweep came to.

    counts      of its runs, with the seeds that there are in the end: how many were there before, and how many not
    done        runs that were lived now
    failed      runs of the plan that have no outcomes
    unmade      contrasts that could not be made, though both of their runs were done
    seeds       (n_points,) of each point in the tables
    precision   of each point's contrast, where it was asked for
    is_stopped  whether somebody asked it to stop; there are no new tables then
    is_complete whether everything that was planned is in the tables, or failed
    part        i of n, where it was one part of many
    rows        number of rows of each table that was written
    remarks     what whoever started it should know
    """

    name: str
    folder: Path
    counts: Counts
    done: int
    failed: int
    unmade: int
    seeds: NDArray[np.int64]
    precision: tuple[Precision, ...]
    is_stopped: bool
    is_complete: bool
    part: Part | None
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
    seeds: int | None = None,
    first_seed: int | None = None,
    overrides: Sequence[str] = (),
    jobs: int | None = None,
    engine: str = "local",
    scheduler: str | None = None,
    part: Part | None = None,
    lives: bool = True,
    watcher: Watcher | None = None,
) -> Sweep:
    """Live what is missing of an experiment, and write its tables to a folder, which keeps every run for the next time.

    experiment  a file, the name of a bundled one, or one that was read
    seeds       so many at every point, no more and no fewer; None leaves it to the experiment
    first_seed  of every point; None leaves it to the experiment
    overrides   table.key=value, as `-s` has them; only for an experiment that is still to be read
    jobs        runs at a time; None takes one for each core
    engine      local, in-process or dask
    scheduler   the address of Dask's, if it is not to be started here
    part        i of n, for arrays of jobs that write to the same folder; the last to end writes the tables
    lives       False writes tables of what is there, and lives nothing

    Raises ScenarioError if the experiment is not valid, Held if another sweep writes there, EngineError if the workers
    are gone, OSError if the folder cannot be written; whatever was lived until then is kept, and found again next time.
    """
    import pyarrow as pa

    pa.set_memory_pool(pa.system_memory_pool())  # the other keeps for itself a hundred megabytes that nobody uses
    began, watcher, out = time.perf_counter(), watcher or Watcher(), Path(out)
    if jobs is not None and jobs < 1:
        raise ValueError(f"jobs = {jobs}: must be at least 1")
    if overrides and isinstance(experiment, Experiment):
        raise ValueError("overrides are for files and bundled names: give them to read_experiment")
    given = experiment if isinstance(experiment, Experiment) else read_experiment(experiment, overrides)
    given = with_seeds(given, seeds, first_seed)
    workers = engine_of(engine, jobs, scheduler, given.limits)
    plan = plan_of(given, watcher.planning)
    if lives and engine != "dask":  # a cluster has other machines
        refuse_too_large(plan, workers.n_workers)
    refuse_foreign(out)
    with _opened(out, part) as store:
        damages = [*store.mended, *store.check(watcher.checking)]
        remarks = [*map(str, damages), *_told_of_others(plan, store)]
        store.note(*entry(experiment=plan.experiment.name, code=plan.code, peersim=peersim.__version__, part=part))
        living = Living(plan, store, workers, watcher, part)
        living.all() if lives else living.nothing()
        is_whole = part is None and not living.is_stopped
        if not lives and not store.count(RUNS):
            raise StoreError(f"{out}: nothing was lived there yet, so that there are no tables; live it first")
        rows = write_results(plan, living.seeds.now, store, out, watcher) if is_whole else {}
        is_complete = is_whole and (lives or not is_missing(plan, living.seeds.now, store))
        found = _result(living, store, out, rows, is_complete, remarks)
    if part is not None and not living.is_stopped:
        found = _joined(living, out, watcher, remarks) or found
    return replace(found, elapsed_seconds=time.perf_counter() - began)


@contextmanager
def _opened(out: Path, part: Part | None) -> Iterator[Store]:
    """The store, held, and joined with what parts left."""
    with ExitStack() as stack:
        stack.enter_context(holding(out if part is None else out / "store" / part_name(*part), "sweep"))
        store = stack.enter_context(open_store(out, schemas(), part=part))
        if part is None:
            store.take_in_parts()
        yield store


def _result(
    living: Living, store: Store, out: Path, rows: dict[str, int], is_complete: bool, remarks: list[str]
) -> Sweep:
    plan, seeds = living.plan, living.seeds
    failed, unmade = (_failed(plan, seeds.now, store, table) for table in (RUNS, CONTRASTS))
    if unmade:
        remarks = [*remarks, f"{len(unmade):,} contrasts could not be made; the first: {unmade[0]}"]
    return Sweep(
        name=plan.experiment.name,
        folder=out,
        counts=living.counts(),
        done=living.intake.n_done,
        failed=len(failed),
        unmade=len(unmade),
        seeds=seeds.now,
        precision=tuple(seeds.precision()) if rows else (),
        is_stopped=living.is_stopped,
        is_complete=is_complete,
        part=living.part,
        rows=rows,
        remarks=tuple(remarks),
        elapsed_seconds=0.0,
    )


def _failed(plan: SweepPlan, seeds: NDArray[np.int64], store: Store, table: str) -> list[str]:
    """Why rows of this plan are not there, each that failed; runs and contrasts of other plans do not count."""
    failed = store.failures(table)
    wanted = addresses(plan, seeds, table) if failed else iter(())
    return [": ".join(failed[one.id]) for one in wanted if one.id in failed]


def _joined(living: Living, out: Path, watcher: Watcher, remarks: list[str]) -> Sweep | None:
    """After the own part: the whole, if no other part is missing. Two that end together wait for each other."""
    plan, seeds = living.plan, living.seeds
    while True:
        try:
            with _opened(out, None) as store:
                if is_missing(plan, seeds.now, store):
                    return None
                remarks = [*remarks, *map(str, (*store.mended, *store.check(watcher.checking)))]
                if is_missing(plan, seeds.now, store):  # something was damaged
                    return None
                if seeds.until is not None:
                    remarks.append(_UNTIL_LATER)
                seeds.grow(store)
                seeds.now[:] = seeds.first
                rows = write_results(plan, seeds.now, store, out, watcher)
                counts = counted(plan, seeds.now, store)
                n_new = living.intake.n_done
                counts = replace(counts, cached=max(0, counts.cached - n_new), new=n_new)
                return replace(_result(living, store, out, rows, True, remarks), counts=counts)
        except Held:
            time.sleep(_PATIENCE)


def _told_of_others(plan: SweepPlan, store: Store) -> list[str]:
    """What else is in the store, and is in no table: of other code, or of other scenarios."""
    told = []
    codes = store.codes(RUNS)
    own = codes.pop(plan.code, 0)
    if codes:
        told.append(
            "the code of peersim, or a library that it computes with, has changed: "
            f"{sum(codes.values()):,} runs lived before then are kept apart and not used; "
            "`peersim runs prune` removes them"
        )
    most = np.maximum(Seeds(plan).now, plan.experiment.seeds.max)
    if own and own > (known := counted(plan, most, store).distinct):
        told.append(
            f"{own - known:,} runs in the store are of other scenarios, seeds or records than {plan.experiment.name} "
            "has now, and in no table; `peersim runs prune` removes them"
        )
    if failed := len(_failed(plan, most, store, RUNS)):
        told.append(f"{failed:,} runs failed before and are tried again")
    return told
