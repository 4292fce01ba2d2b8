"""Worker processes on this machine. One that is killed, hangs or runs out of memory costs only the task it was at."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from peersim.runs.engine import EngineError, Limits
from peersim.runs.worker import begin

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext

    from pebble import ProcessPool


class Local:
    """A pool of `n_workers` processes.

    They are forked from one small server process that has loaded the model, so that a worker, also one that takes the
    place of another, is there at once and shares that memory; where there is no such server each loads it for itself.
    """

    name = "local"

    def __init__(self, n_workers: int, preload: str, limits: Limits) -> None:
        self.n_workers = n_workers
        self.preload = preload
        self.limits = limits
        self.pool: ProcessPool | None = None

    def __enter__(self) -> Local:
        from pebble import ProcessPool

        self.pool = ProcessPool(
            max_workers=self.n_workers,
            initializer=begin,
            initargs=(self.preload, self.limits.megabytes),
            context=_context(self.preload),
        )
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool is not None:
            self.pool.stop()
            self.pool.join()

    def submit(self, work: Callable[[Any], Any], task: Any) -> Future[Any]:
        """Queue it; its time counts from when a worker takes it."""
        assert self.pool is not None
        try:
            future: Future[Any] = self.pool.schedule(work, args=(task,), timeout=self.limits.seconds)
        except RuntimeError as error:  # the pool is broken: workers cannot be started
            raise EngineError(f"worker processes cannot be started ({error})") from error
        return future

    def why(self, error: BaseException) -> tuple[str, str]:
        """Told by how the worker ended."""
        from pebble import ProcessExpired

        if isinstance(error, TimeoutError):
            return "time", f"took longer than {self.limits.seconds:g} s (limits.seconds)"
        if isinstance(error, ProcessExpired):
            return "killed", f"the worker process died during it ({_manner(error.exitcode)})"
        if isinstance(error, MemoryError):
            return "memory", "there was not enough memory for this run"
        return "raised", f"{type(error).__name__}: {error}"


def _context(preload: str) -> BaseContext:
    """How processes are made. Never by forking the coordinator, whose threads would be cut off in the middle."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([preload])
    return context


def _manner(exit_code: int) -> str:
    """How a process ended, in words."""
    if exit_code < 0:
        with suppress(ValueError):
            name = signal.Signals(-exit_code).name
            return f"signal {name}" + (": killed, by somebody or for lack of memory" if name == "SIGKILL" else "")
    return f"exit code {exit_code}"
