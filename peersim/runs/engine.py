"""Where tasks are worked on: in this process, in worker processes of this machine, or on a cluster. One small seam."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol


class Task(Protocol):
    """Something that one worker does; it can be sent to another process."""

    @property
    def wants(self) -> tuple[tuple[str, bytes], ...]:
        """Table and id of the rows that it is to make."""

    @property
    def runs(self) -> int:
        """Runs that its largest piece lives together: it may take the time of so many."""

    def split(self) -> tuple[Any, ...]:
        """Smaller tasks for the same rows; one that cannot be smaller gives itself."""


@dataclass(frozen=True)
class Limits:
    """What work may take; None for no limit.

    seconds    of one run
    megabytes  that a worker takes beside the program itself
    """

    seconds: float | None = None
    megabytes: float | None = None

    def seconds_of(self, task: Task) -> float | None:
        """What a task may take.

        It is no more than what its largest piece may, so that one that hangs is soon found: split, each has its time.
        """
        return None if self.seconds is None else self.seconds * task.runs


@dataclass(frozen=True)
class Undone:
    """Why a task as a whole gave nothing: `kind` as in `peersim.runs.results.KINDS`, `message` a sentence."""

    kind: str
    message: str


class EngineError(RuntimeError):
    """The engine itself is gone, so that nothing more can be worked on; says what to do."""


class NoEngineError(EngineError):
    """There is no such engine to begin with; says what to do."""


class Engine(Protocol):
    """Workers, started when it is entered, and gone when it is left.

    name       as `--engine` has it
    n_workers  how many tasks are worked on at a time; on a cluster it can change
    n_ahead    how many tasks it should have at a time, so that no worker waits for its next one
    """

    name: str

    @property
    def n_workers(self) -> int: ...

    @property
    def n_ahead(self) -> int: ...

    def submit(self, work: Callable[[Any], list[Any]], task: Any) -> Future[Any]:
        """Begin, or queue, work(task)."""

    def withdraw(self, future: Future[Any]) -> bool:
        """Take back a task that no worker has begun, if that can be told; whether it was taken back."""

    def outcome(self, future: Future[Any]) -> list[Any] | Undone:
        """What came of a task that ended.

        Raises EngineError where no further task would come to anything either.
        """

    def __enter__(self) -> Engine: ...

    def __exit__(self, *_: object) -> None:
        """Stop the workers at once, whatever they do."""
