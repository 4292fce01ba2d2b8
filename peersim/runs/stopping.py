"""Being asked to stop: once to end what has begun, twice to stop now. Ctrl-C asks so, and a queue before it kills."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


class Stopping:
    """Whether somebody asked to stop. Truth is yes or no: `if stopping: ...`"""

    def __init__(self) -> None:
        self.is_asked = False

    def __bool__(self) -> bool:
        return self.is_asked


@contextmanager
def stoppable(on_first: Callable[[], None]) -> Iterator[Stopping]:
    """Inside of it the first Ctrl-C, SIGTERM or closed terminal is noted and told; the second raises KeyboardInterrupt.

    Only the main thread hears of either; elsewhere nothing is ever noted.
    """
    stopping = Stopping()

    def ask(_signal: int, _frame: FrameType | None) -> None:
        if stopping:
            raise KeyboardInterrupt
        stopping.is_asked = True
        on_first()

    if threading.current_thread() is not threading.main_thread():
        yield stopping
        return
    asking = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]
    before = {number: signal.signal(number, ask) for number in asking}
    try:
        yield stopping
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
