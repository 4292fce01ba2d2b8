"""Replicates: the same work for several seeds, on several threads, in the order of the seeds.

Threads share the compiled code and wait for nothing: a run is one compiled call from one offer to the next.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor


def replicate[T](
    work: Callable[[int], T], seeds: Sequence[int], jobs: int | None, on_done: Callable[[], None] = lambda: None
) -> list[T]:
    """The result of `work` for each seed.

    jobs     threads at most; None takes one for each core
    on_done  called after each, for a progress bar
    """
    threads = ThreadPoolExecutor(max_workers=jobs or n_cores())
    waiting = [threads.submit(_done, work, seed, on_done) for seed in seeds]
    try:
        return [future.result() for future in waiting]
    finally:  # where one failed, or somebody interrupts, nothing further is begun, nor waited for
        threads.shutdown(wait=False, cancel_futures=True)


def n_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _done[T](work: Callable[[int], T], seed: int, on_done: Callable[[], None]) -> T:
    result = work(seed)
    on_done()
    return result
