"""Processes that never hear of Ctrl-C: a terminal tells it to all, and only the coordinator says when to stop."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def shielded() -> Iterator[None]:
    """What is started meanwhile, and what that starts, hears neither of Ctrl-C nor of a queue's SIGTERM to all.

    This process does, as soon as it is over. On Windows, where there is no such thing, workers ignore it themselves.
    """
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # else it is started meanwhile, and lets signals through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
