"""A place for one worker process, with a pebble pool of its own.

In a pool of several a worker that is killed while it sends its result takes the lock of the others' pipe with it, and
half a message stays there. Here it takes nobody's but its own, and both are thrown away.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from types import ModuleType
from typing import TYPE_CHECKING, Any

from peersim.runs.shielded import shielded
from peersim.runs.worker import attempt_and_send, begin

if TYPE_CHECKING:
    from pebble import ProcessPool


class LocalWorker:
    """One worker process, and after it the one that takes its place."""

    def __init__(self, preload: str, megabytes: float | None, context: BaseContext) -> None:
        self.preload = preload
        self.megabytes = megabytes
        self.context = context
        self.pool = self._new_pool()

    def _new_pool(self) -> ProcessPool:
        from pebble import ProcessPool

        return ProcessPool(max_workers=1, initializer=begin, initargs=(self.preload,), context=self.context)

    def begin(self, work: Callable[[Any], list[Any]], task: Any, seconds: float | None) -> Future[Any]:
        """Let it work on a task; its time counts from when the process takes it.

        The future has bytes for `received`, or raises TimeoutError, pebble's ProcessExpired, or BrokenProcessPool where
        the process was gone before it took the task. Raises RuntimeError where there can be no process.
        """
        future: Future[Any] = self.pool.schedule(attempt_and_send, args=(work, task, self.megabytes), timeout=seconds)
        return future

    def renew(self) -> None:
        """Throw away what the dead process may have left half done, and begin anew."""
        threading.Thread(target=_stop, args=(self.pool,), daemon=True).start()
        self.pool = self._new_pool()

    def stop(self) -> None:
        """Stop the process at once."""
        _stop(self.pool)


@contextmanager
def _without_main() -> Iterator[None]:
    """Meanwhile nobody finds the user's script: a new worker would run it once more, and with it this very sweep."""
    with _hiding:
        main, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


_hiding = threading.Lock()


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


if sys.platform == "win32":

    from multiprocessing.context import SpawnContext, SpawnProcess

    class _Worker(SpawnProcess):
        @staticmethod
        def _Popen(process_obj: Any) -> Any:  # noqa: N802
            with _without_main():
                return SpawnProcess._Popen(process_obj)

    class _WorkerContext(SpawnContext):
        Process = _Worker

    def worker_context(preload: str) -> BaseContext:
        """How processes are made: each loads the model for itself."""
        return _WorkerContext()

else:
    from multiprocessing import forkserver
    from multiprocessing.context import ForkServerContext, ForkServerProcess

    class _Worker(ForkServerProcess):
        """A process that is stopped by SIGKILL: compiled code hears of nothing else before it is done."""

        def terminate(self) -> None:
            self.kill()

        @staticmethod
        def _Popen(process_obj: Any) -> Any:  # noqa: N802
            with _without_main():
                return ForkServerProcess._Popen(process_obj)

        @property
        def exitcode(self) -> int | None:
            """A worker does not end by itself: one that did, even with 0, has died."""
            code = super().exitcode
            return 256 if code == 0 else code

    class _WorkerContext(ForkServerContext):
        Process = _Worker

    def worker_context(preload: str) -> BaseContext:
        """How processes are made: forked from one server process that has loaded the model.

        So each is there at once and shares that memory. None is forked from the coordinator, whose threads would be
        cut off in the middle.
        """
        context = _WorkerContext()
        context.set_forkserver_preload([preload])
        with shielded():
            forkserver.ensure_running()
        return context
