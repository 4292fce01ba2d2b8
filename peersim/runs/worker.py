"""What every worker process does: load the model, keep to its memory, and end when nobody waits for it.

Errors do not travel between processes: not each can be sent, nor put together again where it arrives. What went wrong
is told in words.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib import import_module
from multiprocessing import parent_process
from pathlib import Path
from typing import Any

from peersim.runs.engine import EngineError, Undone

_LOOK_EVERY = 0.2
_why_not_ready: list[str] = []
"""Why this process cannot work, once it is known."""


def begin(preload: str) -> None:
    """To be called once in a new worker process, before its first task.

    preload  a module whose `get_ready` loads what the work will need; where it fails every task is told so
    """
    with suppress(ValueError):  # not the main thread; then it belongs to a cluster, which stops it in its own way
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # Ctrl-C, or a queue, tells all: the coordinator says when to stop
    end_with_coordinator()
    try:
        import_module(preload).get_ready()
    except Exception as error:
        _why_not_ready.append(in_words(error))
    _memory_at_first()


def attempt(work: Callable[[Any], list[Any]], task: Any, megabytes: float | None) -> list[Any] | Undone | EngineError:
    """work(task), or why not. megabytes  beyond what this process took before its first task; None for no limit"""
    if _why_not_ready:
        return EngineError(f"a worker process cannot load the model: {_why_not_ready[0]}")
    try:
        with kept_within(megabytes):
            return work(task)
    except EngineError as error:
        return error
    except MemoryError:
        limit = "there was" if megabytes is None else f"limits.megabytes = {megabytes:g} is"
        return Undone("memory", f"{limit} not enough memory for it")
    except (Exception, SystemExit) as error:
        return Undone("raised", in_words(error))


def attempt_and_send(work: Callable[[Any], list[Any]], task: Any, megabytes: float | None) -> bytes:
    """The same, made ready to be sent; what cannot be sent is told in words too."""
    outcome = attempt(work, task, megabytes)
    try:
        return pickle.dumps(outcome, pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps(Undone("raised", f"its results cannot be sent: {in_words(error)}"))


def received(sent: bytes) -> list[Any] | Undone:
    """What a worker sent. Raises EngineError if it said that it can do nothing at all."""
    outcome = pickle.loads(sent)
    if isinstance(outcome, EngineError):
        raise outcome
    assert isinstance(outcome, list | Undone)
    return outcome


def in_words(error: BaseException) -> str:
    """An error on one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def end_with_coordinator() -> None:
    """End this process as soon as the one that started it is gone, even if that was killed: no orphan goes on."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for_end, args=(parent,), daemon=True).start()


def _wait_for_end(parent: object) -> None:
    parent.join()  # type: ignore[attr-defined]
    os._exit(1)


@contextmanager
def ending_with_parent() -> Iterator[None]:
    """End this process if its parent ends meanwhile: for what takes long before workers are forked from it.

    No thread is left when it is over: a process with threads should not be forked.
    """
    parent, is_over = os.getppid(), threading.Event()

    def look() -> None:
        while not is_over.wait(_LOOK_EVERY):
            if os.getppid() != parent:
                os._exit(1)

    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    try:
        yield
    finally:
        is_over.set()
        looking.join()


@contextmanager
def kept_within(megabytes: float | None) -> Iterator[None]:
    """Meanwhile memory beyond this is refused: what asks for it ends with MemoryError, and the process goes on."""
    if megabytes is None or sys.platform != "linux":
        yield
        return
    import resource

    held, before, most = _memory_at_first()
    limit = held + round(megabytes * 1e6)
    resource.setrlimit(resource.RLIMIT_DATA, (limit if most < 0 else min(limit, most), most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, most))


def can_keep_within() -> bool:
    """Whether this system can hold a process to a limit of memory."""
    return sys.platform == "linux"


@cache
def _memory_at_first() -> tuple[int, int, int]:
    """Bytes that this process took before its first task, private memory that can be written; and its own limits."""
    if sys.platform != "linux":
        return 0, -1, -1
    import resource

    status = Path("/proc/self/status").read_text().splitlines()
    held = next(1024 * int(line.split()[1]) for line in status if line.startswith("VmData:"))
    return held, *resource.getrlimit(resource.RLIMIT_DATA)
