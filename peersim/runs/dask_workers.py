"""Workers of a Dask cluster: one that is there already, by the address of its scheduler, or one made on this machine.

A cluster moves tasks; it cannot stop a single one. A task therefore runs in a thread, and when its time is over it is
told as such and its worker process ends itself, which Dask's nanny replaces.
"""

from __future__ import annotations

import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from peersim.runs.engine import EngineError, Limits, NoEngineError, Undone
from peersim.runs.shielded import shielded
from peersim.runs.worker import attempt_and_send, begin, received

if TYPE_CHECKING:
    from distributed import Client

_TIME_TO_TELL = 2.0
"""Seconds that a worker is left, after a task took too long, to send that word."""
_TIME_TO_FIND = "10s"
_COUNT_EVERY = 2.0
"""Seconds after which workers are counted anew."""
_CHATTY = ("distributed", "tornado", "asyncio")


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
        self._threads = n_local
        self._counted = float("-inf")

    def __enter__(self) -> DaskWorkers:
        try:
            from distributed import Client, LocalCluster
        except ImportError:
            raise NoEngineError("Dask is not installed here; pip install 'peersim[cluster]'") from None
        with ExitStack() as stack:
            stack.enter_context(_quiet())
            cluster: Any = self.address
            if self.address is None:
                with shielded():
                    cluster = LocalCluster(
                        n_workers=self.n_local, threads_per_worker=1, dashboard_address=None,
                        silence_logs=logging.CRITICAL,
                    )  # fmt: skip
                stack.enter_context(cluster)
            try:
                self.client = stack.enter_context(Client(cluster, timeout=_TIME_TO_FIND))
            except (OSError, ValueError) as error:  # ValueError: no address at all
                raise NoEngineError(f"{self.address}: no Dask scheduler answers there ({error})") from error
            self.stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    @property
    def n_workers(self) -> int:
        """Threads of all workers that are there now; at least one, so that work waits for the first."""
        if time.monotonic() - self._counted > _COUNT_EVERY:
            try:
                self._threads = sum(self.client.nthreads().values())
            except (OSError, RuntimeError, CancelledError) as error:
                raise self._gone() from error
            self._counted = time.monotonic()
        return max(1, self._threads)

    @property
    def n_ahead(self) -> int:
        return 2 * self.n_workers

    def submit(self, work: Callable[[Any], list[Any]], task: Any) -> Future[Any]:
        """Send it. Its time counts from when a worker begins it."""
        executor = self.client.get_executor(pure=False)
        seconds = self.limits.seconds_of(task)
        future: Future[Any] = executor.submit(in_time, work, task, seconds, self.preload, self.limits.megabytes)
        return future

    def withdraw(self, future: Future[Any]) -> bool:
        """Dask does not tell what a worker has begun."""
        return False

    def outcome(self, future: Future[Any]) -> list[Any] | Undone:
        """Told by what Dask raises; what the work itself raises comes in words."""
        from distributed import KilledWorker

        try:
            return received(future.result())
        except OutOfTime:
            return Undone("time", f"took longer than {self.limits.seconds:g} s (limits.seconds)")
        except KilledWorker:
            return Undone("killed", "the worker processes that tried it died")
        except EngineError:
            raise
        except (CancelledError, OSError) as error:
            raise self._gone() from error
        except Exception as error:
            said = f"Dask's workers cannot do it ({type(error).__name__}: {error})"
            raise EngineError(f"{said}; is the same peersim installed on all of its machines?") from error

    def _gone(self) -> EngineError:
        where = self.address or "on this machine"
        return EngineError(f"the Dask scheduler ({where}) is gone; take another --scheduler, or another --engine")


class OutOfTime(Exception):  # noqa: N818  nothing is wrong with it: it is a way to end
    """A task took longer than it may."""


def in_time(
    work: Callable[[Any], list[Any]], task: Any, seconds: float | None, preload: str, megabytes: float | None
) -> bytes:
    """work(task), in a worker of a cluster. Raises OutOfTime, and ends the process soon after, when it takes longer."""
    _begin_once(preload)
    if seconds is None:
        return attempt_and_send(work, task, megabytes)
    told: Future[bytes] = Future()
    working = threading.Thread(target=lambda: told.set_result(attempt_and_send(work, task, megabytes)), daemon=True)
    working.start()
    try:
        return told.result(seconds)
    except TimeoutError:
        threading.Timer(_TIME_TO_TELL, os._exit, args=(1,)).start()
        raise OutOfTime from None


@cache
def _begin_once(preload: str) -> None:
    begin(preload)


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's own messages speak of its parts, which whoever waits for results does not know: what counts is told."""
    names = [*_CHATTY, *(name for name in logging.root.manager.loggerDict if name.startswith(_CHATTY))]
    loggers = [logging.getLogger(name) for name in names]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module="distributed|tornado")
            yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
