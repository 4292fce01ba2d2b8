"""Results on their way into the store: counted, and made durable every few seconds."""

from __future__ import annotations

import time

from peersim.runs.results import Failed, Made
from peersim.runs.store import Store
from peersim.sweeps.rows import RUNS
from peersim.sweeps.watcher import Watcher

_EVERY = 5.0
"""Seconds of work that are lost at the most when the coordinator is killed."""
_MOST_ROWS = 2000
"""Rows that wait at the most, so that what waits stays small."""


class Intake:
    """Takes in results. failed  ids of what failed since the sweep began, which is not tried again in it"""

    def __init__(self, store: Store, code: str, watcher: Watcher) -> None:
        self.store = store
        self.code = code
        self.watcher = watcher
        self.failed: set[bytes] = set()
        self.n_done = 0
        self.n_failed = 0
        self._waiting = 0
        self._flushed = time.monotonic()

    def take(self, result: Made | Failed) -> None:
        """One row, or why there is none."""
        if isinstance(result, Failed):
            if result.id not in self.failed:
                self.failed.add(result.id)
                self.store.fail(result.table, result.id, result.kind, result.message)
                self.n_failed += result.table == RUNS
        elif not self.store.has(result.table, result.id):
            self.store.add(result.table, result.id, result.row, code=self.code)
            self.n_done += result.table == RUNS
        self._waiting += 1

    def look(self) -> None:
        """Tell how far it is, and keep what waits if that is due."""
        self.watcher.progress(self.n_done, self.n_failed)
        if self._waiting and (self._waiting >= _MOST_ROWS or time.monotonic() - self._flushed > _EVERY):
            self.keep()

    def keep(self) -> None:
        """Make durable what waits."""
        self.store.flush()
        self._waiting, self._flushed = 0, time.monotonic()
