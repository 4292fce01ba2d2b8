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

    def split(self) -> tuple[Any, ...]:
        """Smaller tasks for the same rows; one that cannot be smaller gives itself."""


@dataclass(frozen=True)
class Limits:
    """What a task may take; None for no limit.

    seconds    of one run
    megabytes  that a worker takes beside the program itself
    """

    seconds: float | None = None
    megabytes: float | None = None


class EngineError(RuntimeError):
    """The engine itself is gone, so that nothing more can be worked on; says what to do."""


class Engine(Protocol):
    """Workers, started when it is entered, and gone when it is left.

    name       as `--engine` has it
    n_workers  how many tasks are worked on at a time; on a cluster it can change
    """

    name: str

    @property
    def n_workers(self) -> int: ...

    def submit(self, work: Callable[[Any], Any], task: Any) -> Future[Any]:
        """Begin, or queue, work(task)."""

    def why(self, error: BaseException) -> tuple[str, str]:
        """Why a future has no result: the kind, as in `peersim.runs.results.KINDS`, and a sentence.

        Raises EngineError where no further task would have one either.
        """

    def __enter__(self) -> Engine: ...

    def __exit__(self, *_: object) -> None:
        """Stop the workers at once, whatever they do."""
