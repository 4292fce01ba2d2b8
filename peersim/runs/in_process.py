"""The plainest engine: every task at once, in this process. Nothing can be stopped from outside while it lasts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any


class InProcess:
    """One task at a time; `submit` comes back when it is done."""

    name = "in-process"
    n_workers = 1

    def submit(self, work: Callable[[Any], Any], task: Any) -> Future[Any]:
        """The result, already there."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(task))
        except Exception as error:
            future.set_exception(error)
        return future

    def why(self, error: BaseException) -> tuple[str, str]:
        """What was raised."""
        return ("memory" if isinstance(error, MemoryError) else "raised"), f"{type(error).__name__}: {error}"

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        pass
