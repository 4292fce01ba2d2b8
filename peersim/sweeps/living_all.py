"""Living all that is missing of a plan, and further seeds as long as a contrast is not known well enough."""

from __future__ import annotations

from dataclasses import replace

from peersim.runs.drive import drive
from peersim.runs.engine import Engine
from peersim.runs.stopping import Stopping, stoppable
from peersim.runs.store import Store
from peersim.sweeps.counts import Counts, counted
from peersim.sweeps.intake import Intake
from peersim.sweeps.living import live_task
from peersim.sweeps.plan import Part, SweepPlan, missing_cases
from peersim.sweeps.tasks import seconds_a_task, tasks_of
from peersim.sweeps.until import Seeds
from peersim.sweeps.watcher import Watcher

_DRAINING = "stopping when what has begun is done, a moment; Ctrl-C again stops now"


class Living:
    """The living of a plan, or of one part of it.

    seeds       of each point, as many as are needed so far
    is_stopped  whether somebody asked it to stop
    """

    def __init__(
        self, plan: SweepPlan, store: Store, engine: Engine, watcher: Watcher, part: Part | None
    ) -> None:
        self.plan = plan
        self.store = store
        self.engine = engine
        self.watcher = watcher
        self.part = part
        self.seeds = Seeds(plan)
        self.intake = Intake(store, plan.code, watcher)
        self.is_stopped = False
        self._rounds: list[Counts] = []

    def all(self) -> None:
        """Live what is missing, look at what came of it, and live further seeds where they are needed."""
        with stoppable(lambda: self.watcher.remark(_DRAINING)) as stopping:
            try:
                with self.engine:
                    while True:
                        self._live_missing(stopping)
                        if stopping or self.part is not None or not self._is_more_needed():
                            break
            except KeyboardInterrupt:
                stopping.is_asked = True
            finally:
                self.intake.keep()
            self.is_stopped = bool(stopping)

    def nothing(self) -> None:
        """Only see how many seeds of each point there are."""
        while self.seeds.grow(self.store):
            pass
        self._rounds.append(counted(self.plan, self.seeds.now, self.store, self.part))

    def counts(self) -> Counts:
        """Of the plan with the seeds that there are now: how many runs were there before, and how many were not."""
        if not self._rounds:  # stopped before anything was counted
            return Counts(self.plan.n_points, len(self.plan.arms), int(self.seeds.now.max(initial=0)), *[0] * 7)
        last = self._rounds[-1]
        runs = int(self.seeds.now.sum()) * len(self.plan.arms) if self.part is None else last.runs
        missing = sum(one.runs - one.cached for one in self._rounds)
        return replace(
            last,
            seeds=int(self.seeds.now.max(initial=0)),
            runs=runs,
            cached=max(0, runs - missing),
            new=min(runs, sum(one.new for one in self._rounds)),
        )

    def _live_missing(self, stopping: Stopping) -> None:
        """What was lost, or could only be lived alone, is put together again until nothing is missing."""
        counts = counted(self.plan, self.seeds.now, self.store, self.part)
        self._rounds.append(counts)
        self.watcher.begins(counts)
        most = self.plan.experiment.limits.seconds
        size = seconds_a_task(counts.person_days, counts.new, self.engine.n_workers, most)
        is_new = True
        while is_new and not stopping:
            n_failed = len(self.intake.failed)
            cases = missing_cases(self.plan, self.seeds.now, self.store.has, self.intake.failed, self.part)
            is_split = drive(
                self.engine, live_task, tasks_of(self.plan, cases, size), self.intake.take, self.intake.look,
                lambda: bool(stopping),
            )  # fmt: skip
            is_new = is_split or len(self.intake.failed) > n_failed
        self.intake.keep()

    def _is_more_needed(self) -> bool:
        is_more = self.seeds.grow(self.store)
        if self.seeds.until is not None:
            known = self.seeds.n_known
            self.watcher.narrows(*self.seeds.widest(), self.seeds.until.half_width, known, self.plan.n_points)
        return is_more
