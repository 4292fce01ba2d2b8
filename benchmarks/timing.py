"""How things are timed: processor seconds, in turns, so that what disturbs one disturbs all."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

WIDTH = 52


def in_turns[Name](
    works: dict[Name, Callable[[], Callable[[], object]]], rounds: int, clock: Callable[[], float] = time.process_time
) -> dict[Name, list[float]]:
    """Seconds of each work, once a round.

    works  each makes ready, outside the time, and returns what is timed
    clock  processor seconds; what other processes do meanwhile counts less than on the wall's clock
    """
    found: dict[Name, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, make_ready in works.items():
            work = make_ready()
            began = clock()
            work()
            found[name].append(clock() - began)
    return found


def heading(title: str, unit: str) -> None:
    print(f"\n{title:<{WIDTH}}{unit:^21}{'times the first':^20}")
    print(f"{'':<{WIDTH}}{'least':>10} {'median':>10}{'least':>10}{'median':>10}", flush=True)


def row(name: str, each: list[float], first: list[float]) -> None:
    """One line: the least and the median, and both against those of the first line."""
    least, median = min(each), statistics.median(each)
    ratios = f"{_short(least / min(first)):>10}{_short(median / statistics.median(first)):>10}"
    print(f"  {name:<{WIDTH - 2}}{_short(least):>10} {_short(median):>10}{ratios}", flush=True)


def _short(value: float) -> str:
    """Three digits that mean something."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
