"""The plainest engine: every task at once, in this process. Nothing can be stopped from outside while it lasts."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from peersim.runs.engine import EngineError, Undone
from peersim.runs.worker import attempt


class InProcess:
    """One task at a time; `submit` comes back when it is done."""

    name = "in-process"
    n_workers = 1
    n_ahead = 1

    def submit(self, work: Callable[[Any], list[Any]], task: Any) -> Future[Any]:
        """The outcome, already there."""
        future: Future[Any] = Future()
        future.set_result(attempt(work, task, None))
        return future

    def withdraw(self, future: Future[Any]) -> bool:
        return False

    def outcome(self, future: Future[Any]) -> list[Any] | Undone:
        """As `attempt` has it."""
        outcome: list[Any] | Undone | EngineError = future.result()
        if isinstance(outcome, EngineError):
            raise outcome
        return outcome

    def __enter__(self) -> InProcess:
        return self

    def __exit__(self, *_: object) -> None:
        pass
