"""What every worker process does first: load the model, keep to its memory, and end when nobody waits for it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from contextlib import suppress
from importlib import import_module
from multiprocessing import parent_process
from pathlib import Path


def begin(preload: str, megabytes: float | None) -> None:
    """To be called once in a new worker process, before its first task.

    preload    a module that gets ready, when it is imported, for the work that will come
    megabytes  of memory beyond what that takes; None for no limit
    """
    with suppress(ValueError):  # not the main thread; then it belongs to a cluster, which stops it in its own way
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the coordinator, which says when to stop
    end_with_coordinator()
    import_module(preload)
    if megabytes is not None:
        keep_within(megabytes)


def end_with_coordinator() -> None:
    """End this process as soon as the one that started it is gone, even if that was killed: no orphan goes on."""
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for_end, args=(parent,), daemon=True).start()


def _wait_for_end(parent: object) -> None:
    parent.join()  # type: ignore[attr-defined]
    os._exit(1)


def keep_within(megabytes: float) -> None:
    """From now on memory beyond this is refused: what asks for it ends with MemoryError, and the worker goes on."""
    if sys.platform == "linux":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        limit = _data_bytes() + round(megabytes * 1e6)
        resource.setrlimit(resource.RLIMIT_DATA, (limit if most < 0 else min(limit, most), most))


def can_keep_within() -> bool:
    """Whether this system can hold a process to a limit of memory."""
    return sys.platform == "linux"


def _data_bytes() -> int:
    """What already counts towards the limit: private memory that can be written."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return 1024 * int(line.split()[1])
    return 0
