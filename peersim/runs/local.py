"""Worker processes on this machine. One that is killed, hangs or runs out of memory costs only the task it was at."""

from __future__ import annotations

import signal
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any, NamedTuple

from peersim.runs.engine import EngineError, Limits, Undone
from peersim.runs.local_worker import LocalWorker, worker_context
from peersim.runs.worker import in_words, received

_MOST_LOST = 5
"""How many processes, for each worker, may end one after the other before they took a task."""
_TIME_TO_END = 5.0


class _Job(NamedTuple):
    future: Future[Any]
    work: Callable[[Any], list[Any]]
    task: Any


class Local:
    """`n_workers` processes, and tasks that wait for the first of them that is free."""

    name = "local"

    def __init__(self, n_workers: int, preload: str, limits: Limits) -> None:
        self.n_workers = n_workers
        self.n_ahead = 2 * n_workers
        self.preload = preload
        self.limits = limits
        self.waiting: deque[_Job] = deque()
        self.workers: list[LocalWorker] = []
        self.idle: list[LocalWorker] = []
        self.n_lost = 0
        self.is_left = False
        self.lock = threading.Lock()

    def __enter__(self) -> Local:
        try:
            context = worker_context(self.preload)
        except OSError as error:
            raise EngineError(f"worker processes cannot be started ({error.strerror}); take fewer with -j") from error
        self.workers = [LocalWorker(self.preload, self.limits.megabytes, context) for _ in range(self.n_workers)]
        self.idle = list(self.workers)
        return self

    def __exit__(self, *_: object) -> None:
        with self.lock:
            self.is_left = True
            self.waiting.clear()
        stopping = [threading.Thread(target=worker.stop, daemon=True) for worker in self.workers]
        for one in stopping:
            one.start()
        for one in stopping:
            one.join(_TIME_TO_END)

    def submit(self, work: Callable[[Any], list[Any]], task: Any) -> Future[Any]:
        """Queue it; its time counts from when a worker takes it."""
        job = _Job(Future(), work, task)
        with self.lock:
            self.waiting.append(job)
        self._hand_out()
        return job.future

    def withdraw(self, future: Future[Any]) -> bool:
        """Those that wait can be taken back."""
        return future.cancel()

    def outcome(self, future: Future[Any]) -> list[Any] | Undone:
        """Told by how the worker ended, if it did."""
        from pebble import ProcessExpired

        try:
            return received(future.result())
        except TimeoutError:
            return Undone("time", f"took longer than {self.limits.seconds:g} s (limits.seconds)")
        except ProcessExpired as error:
            return Undone("killed", f"the worker process died during it ({_manner(error.exitcode)})")

    def _hand_out(self) -> None:
        """Give what waits to those that are idle."""
        while True:
            with self.lock:
                if self.is_left or not self.idle or not self.waiting:
                    return
                job = self.waiting.popleft()
                if not job.future.set_running_or_notify_cancel():
                    continue
                worker = self.idle.pop()
            self._begin(worker, job)

    def _begin(self, worker: LocalWorker, job: _Job) -> None:
        try:
            begun = worker.begin(job.work, job.task, self.limits.seconds_of(job.task))
        except (BrokenProcessPool, RuntimeError, OSError, EOFError) as error:
            self._lose(worker, job, error)
        else:
            begun.add_done_callback(lambda ended: self._end(worker, job, ended))

    def _end(self, worker: LocalWorker, job: _Job, ended: Future[Any]) -> None:
        """Called, in a thread of the pool, when a task ended."""
        if self.is_left:
            return
        error = ended.exception()
        if isinstance(error, BrokenProcessPool):
            self._lose(worker, job, error)
            return
        if error is None:
            self.n_lost = 0
        elif not isinstance(error, TimeoutError):  # then pebble itself stopped it, with its locks in order
            worker.renew()
        with self.lock:
            self.idle.append(worker)
        self._hand_out()  # first, so that the worker need not wait
        if error is None:
            job.future.set_result(ended.result())
        else:
            job.future.set_exception(error)

    def _lose(self, worker: LocalWorker, job: _Job, error: BaseException) -> None:
        """The process was gone before it took the task: nothing was tried, and another takes its place."""
        self.n_lost += 1
        if self.n_lost > _MOST_LOST * self.n_workers:
            said = f"worker processes cannot be started, or end at once ({in_words(error)})"
            hint = "take fewer with -j, or --engine in-process"
            job.future.set_exception(EngineError(f"{said}; {hint}"))
            return
        worker.renew()
        self._begin(worker, job)


def _manner(exit_code: int) -> str:
    """How a process ended, in words."""
    if exit_code < 0:
        with suppress(ValueError):
            name = signal.Signals(-exit_code).name
            return f"signal {name}" + (": killed, by somebody or for lack of memory" if name == "SIGKILL" else "")
    return f"exit code {exit_code % 256}"
