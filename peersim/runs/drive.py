"""Handing out tasks and taking in results, until there are no more, or somebody asks to stop.

A task that fails as a whole (its worker died, or it took too long) is split, down to one run that fails alone; only
that run is lost. A worker that dies may have been killed by anything, so that a run is tried again before it counts as
failed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from peersim.runs.engine import Engine, EngineError, Task, Undone
from peersim.runs.results import Failed, Made

_TRIES = 3
"""How often a worker may die during one run before that run counts as failed."""
_LOOK_EVERY = 0.2
"""Seconds after which is looked, at the latest, whether somebody asks to stop."""


def drive(
    engine: Engine,
    work: Callable[[Any], list[Made | Failed]],
    tasks: Iterable[Task],
    on_result: Callable[[Made | Failed], None],
    on_look: Callable[[], None],
    is_stopping: Callable[[], bool],
) -> bool:
    """Let the engine do all tasks; results come in any order. Returns whether a task was split.

    on_result    gets every row, and every failure, once
    on_look      is called at least every fifth of a second
    is_stopping  whether to begin nothing new; what waits is withdrawn, what has begun is waited for

    Raises EngineError where the engine is gone; all results that it gave have been handed on.
    """
    coming = iter(tasks)
    again: deque[Task] = deque()
    tries: dict[tuple[tuple[str, bytes], ...], int] = {}
    flying: dict[Future[Any], Task] = {}
    is_split = False
    while True:
        while not is_stopping() and len(flying) < engine.n_ahead:
            task = again.popleft() if again else next(coming, None)
            if task is None:
                break
            flying[engine.submit(work, task)] = task
        if is_stopping():
            for future in [future for future in flying if engine.withdraw(future)]:
                del flying[future]
        if not flying:
            return is_split
        gone: EngineError | None = None
        for future in wait(flying, timeout=_LOOK_EVERY, return_when=FIRST_COMPLETED).done:
            task = flying.pop(future)
            try:
                outcome = engine.outcome(future)
            except EngineError as error:  # others that are done come first
                gone = error
                continue
            if isinstance(outcome, Undone):
                if not is_stopping():
                    again.extend(_after(task, outcome, tries, on_result))
                    is_split = True
                continue
            for result in outcome:
                on_result(result)
        on_look()
        if gone is not None:
            raise gone


def _after(
    task: Task, why: Undone, tries: dict[tuple[tuple[str, bytes], ...], int], on_result: Callable[[Made | Failed], None]
) -> Iterator[Task]:
    """What to try instead of a task that failed as a whole; nothing, where it is told as failed."""
    parts = task.split()
    if parts and parts != (task,):
        yield from parts
        return
    tries[task.wants] = tries.get(task.wants, 0) + 1
    if why.kind == "killed" and tries[task.wants] < _TRIES:
        yield task
        return
    for table, id_ in task.wants:
        on_result(Failed(table, id_, why.kind, why.message))
