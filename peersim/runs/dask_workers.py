"""Workers of a Dask cluster: one that is there already, by the address of its scheduler, or one made on this machine.

A cluster moves tasks; it cannot stop a single one. A task therefore runs in a thread, and when its time is over it is
told as such and its worker process ends itself, which Dask's nanny replaces.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import ExitStack
from functools import cache
from typing import TYPE_CHECKING, Any

from peersim.runs.engine import EngineError, Limits
from peersim.runs.worker import begin

if TYPE_CHECKING:
    from distributed import Client

_TIME_TO_TELL = 2.0
"""Seconds that a worker is left, after a task took too long, to send that word."""
_TIME_TO_FIND = "30s"


class DaskWorkers:
    """The workers of a Dask cluster.

    address    of the scheduler, such as tcp://10.0.0.1:8786; None makes a cluster of `n_local` processes here
    """

    name = "dask"

    def __init__(self, address: str | None, n_local: int, preload: str, limits: Limits) -> None:
        self.address = address
        self.n_local = n_local
        self.preload = preload
        self.limits = limits
        self.client: Client
        self.stack = ExitStack()

    def __enter__(self) -> DaskWorkers:
        try:
            from distributed import Client, LocalCluster
        except ImportError:
            raise EngineError("Dask is not installed here; pip install 'peersim[cluster]'") from None
        with ExitStack() as stack:
            cluster: Any = self.address
            if self.address is None:
                cluster = stack.enter_context(
                    LocalCluster(n_workers=self.n_local, threads_per_worker=1, dashboard_address=None)
                )
            try:
                self.client = stack.enter_context(Client(cluster, timeout=_TIME_TO_FIND))
            except (OSError, ValueError) as error:  # ValueError: no address at all
                raise EngineError(f"{self.address}: no Dask scheduler answers there ({error})") from error
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    @property
    def n_workers(self) -> int:
        """Threads of all workers that are there now; at least one, so that work waits for the first."""
        threads: int = sum(self.client.nthreads().values())
        return max(1, threads)

    def submit(self, work: Callable[[Any], Any], task: Any) -> Future[Any]:
        """Send it. Its time counts from when a worker begins it."""
        executor = self.client.get_executor(pure=False)
        future: Future[Any] = executor.submit(
            in_time, work, task, self.limits.seconds, self.preload, self.limits.megabytes
        )
        return future

    def why(self, error: BaseException) -> tuple[str, str]:
        """Told by what Dask raises."""
        from concurrent.futures import CancelledError

        from distributed import KilledWorker
        from distributed.comm.core import CommClosedError

        if isinstance(error, OutOfTime):
            return "time", f"took longer than {self.limits.seconds:g} s (limits.seconds)"
        if isinstance(error, KilledWorker):
            return "killed", "the worker processes that tried it died"
        if isinstance(error, CancelledError | CommClosedError):
            raise EngineError("the Dask scheduler is gone")
        if isinstance(error, MemoryError):
            return "memory", "there was not enough memory for this run"
        return "raised", f"{type(error).__name__}: {error}"


class OutOfTime(Exception):  # noqa: N818  nothing is wrong with it: it is a way to end
    """A task took longer than it may."""


def in_time(
    work: Callable[[Any], Any], task: Any, seconds: float | None, preload: str, megabytes: float | None
) -> Any:
    """work(task), in a worker of a cluster. Raises OutOfTime, and ends the process soon after, when it takes longer."""
    _begin_once(preload, megabytes)
    if seconds is None:
        return work(task)
    told: Future[Any] = Future()
    threading.Thread(target=_tell, args=(told, work, task), daemon=True).start()
    try:
        return told.result(seconds)
    except TimeoutError:
        threading.Timer(_TIME_TO_TELL, os._exit, args=(1,)).start()
        raise OutOfTime from None


def _tell(told: Future[Any], work: Callable[[Any], Any], task: Any) -> None:
    try:
        told.set_result(work(task))
    except BaseException as error:
        told.set_exception(error)


@cache
def _begin_once(preload: str, megabytes: float | None) -> None:
    begin(preload, megabytes)
