"""One process at a time: a lock on a file, which the system takes back when the process ends, however it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_held: set[Path] = set()
"""The files that this process has locked."""
if hasattr(os, "register_at_fork"):  # a child has locked nothing
    os.register_at_fork(after_in_child=_held.clear)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Wait until no other process has locked the file, and lock it; a process that has it already goes on.

    For one thread of a process only. Where files cannot be locked, processes are not kept apart.
    """
    with ExitStack() as stack:
        if file not in _held and fcntl is not None:
            with suppress(OSError):  # some network drives; or the folder is gone
                fcntl.flock(stack.enter_context(file.open("ab")), fcntl.LOCK_EX)
                _held.add(file)
                stack.callback(_held.discard, file)
        yield
