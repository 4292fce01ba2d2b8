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
    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as threads:
        waiting = [threads.submit(_done, work, seed, on_done) for seed in seeds]
        try:
            return [future.result() for future in waiting]
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            raise


def _done[T](work: Callable[[int], T], seed: int, on_done: Callable[[], None]) -> T:
    result = work(seed)
    on_done()
    return result
