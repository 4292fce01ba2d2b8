"""A sweep whose runs are all the same and cost nothing: what is left is what the coordinator itself does.

Run as a program: `python -m tests.sweeps.synthetic EXPERIMENT FOLDER`; it says the most memory that it ever had.
"""

import os
import sys
from concurrent.futures import Future
from dataclasses import replace

from peersim.runs.engine import Limits
from peersim.runs.local import Local
from peersim.runs.results import Made
from peersim.sweeps import sweep as sweeps
from peersim.sweeps.engines import READY
from peersim.sweeps.living import live_task
from tests.sweeps.commands import peak_megabytes


class Synthetic:
    """Lives the first case, and gives its rows for all others."""

    name = "synthetic"
    n_workers = 2
    n_ahead = 4

    def __init__(self):
        self.rows = {}

    def submit(self, _work, task):
        if not self.rows:  # in another process: only workers load what is compiled
            with Local(1, READY, Limits()) as local:
                one = local.outcome(local.submit(live_task, replace(task, cases=task.cases[:1])))
            self.rows = {made.table: made.row for made in one}
        future = Future()
        future.set_result([Made(table, id_, self.rows[table]) for table, id_ in task.wants])
        return future

    def withdraw(self, future):
        return False

    def outcome(self, future):
        return future.result()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


if __name__ == "__main__":
    sweeps.engine_of = lambda *_: Synthetic()
    done = sweeps.sweep(sys.argv[1], sys.argv[2])
    print(done.counts.runs, done.done, round(peak_megabytes(os.getpid())))
