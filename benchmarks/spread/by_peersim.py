"""The small workload as peersim is written: arrays, compressed rows of ties, keyed draws, compiled passes."""

from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks.spread.workload import CALMS_DOWN, DAYS, STRAINED_AT_START, STRAINS, tell, ties
from peersim.compiled import compiled, entry_point
from peersim.draws import Decision, directed, key, uniform


@compiled
def calm_down(is_strained: Any, luck: Any) -> None:
    """Some of the strained calm down."""
    for i in range(is_strained.size):
        is_strained[i] = is_strained[i] & (uniform(luck, i) >= CALMS_DOWN)


@compiled
def spread(tomorrow: Any, is_strained: Any, start: Any, other: Any, luck: Any) -> None:
    """Each strained person one is tied to may strain one."""
    for i in range(tomorrow.size):
        tomorrow[i] = is_strained[i]
        if not is_strained[i]:
            for e in range(start[i], start[i + 1]):
                j = other[e]
                tomorrow[i] |= is_strained[j] and uniform(luck, directed(i, j)) < STRAINS


@entry_point
def live(is_strained: Any, start: Any, other: Any, seed: int, n_days: int) -> Any:
    """The days."""
    tomorrow = np.empty_like(is_strained)
    for day in range(n_days):
        calm_down(is_strained, key(seed, Decision.USER, day, 0))
        spread(tomorrow, is_strained, start, other, key(seed, Decision.USER, day, 1))
        is_strained, tomorrow = tomorrow, is_strained
    return is_strained.mean()


def prepare(people: int) -> Callable[[], float]:
    first, second = ties(people)
    here, there = np.concatenate([first, second]), np.concatenate([second, first])
    order = np.lexsort((there, here))
    start = np.concatenate([[0], np.cumsum(np.bincount(here))])
    other = there[order].astype(np.uint32)
    is_strained = np.random.default_rng(1).random(people) < STRAINED_AT_START
    return lambda: float(live(is_strained, start, other, 1, DAYS))


if __name__ == "__main__":
    tell(prepare)
