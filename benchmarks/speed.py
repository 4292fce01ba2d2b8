"""How fast the whole model is: `make bench`, or `python benchmarks/speed.py [--quick]`.

One table from one run. Machines differ and are shared, so that seconds mean little: the last column is the cost of a
person-day in units of something that everyone can measure on the same machine in the same minute, one normal draw of
our own generator in a tight loop.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from peersim.analysis.arms import live_arms
from peersim.draws import Decision, draw_key, normals
from peersim.programmes.programme import Programme
from peersim.runs.replicates import replicate
from peersim.scenario import Run, Scenario
from peersim.simulate import live, warm_up
from peersim.trace import new_trace
from peersim.world import World, build_world

HEAD = """\
               set-up      world    process million person-days/s    ns per in normal
    people      CPU s   B/person         MB       best     median pers.-day     draws"""
PERSON_DAYS = 6_000_000
REPEATS = 5


def scenario(people: int, days: int = 365, burn_in: int = 0) -> Scenario:
    """The whole model: the default community with a support group running."""
    return Scenario(
        population=Scenario().population.model_copy(update={"people": people}),
        run=Run(days=days, burn_in=burn_in),
        programmes=(Programme(kind="support_group", weeks=104),),
    )


def seconds(work: Callable[[], object], repeats: int) -> list[float]:
    """CPU seconds of each of some runs: what other processes do meanwhile counts less than on the clock."""
    found = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        found.append(time.process_time() - began)
    return found


def normal_draw() -> float:
    """Nanoseconds of one normal draw, the least of many tries."""
    out, who = np.empty(100_000), np.arange(100_000, dtype=np.uint64)
    key = draw_key(1, Decision.USER)
    return min(seconds(lambda: [normals(out, key, who) for _ in range(20)], 9)) / 2e6 * 1e9


def bytes_of(value: object) -> int:
    """Bytes of the arrays in a nested tuple."""
    if isinstance(value, tuple):
        return sum(bytes_of(part) for part in value)
    return value.nbytes if isinstance(value, np.ndarray) else 0


def one_size(people: int, recorded: bool) -> None:
    """Print one row of the table; in a process of its own, for its peak memory."""
    warm_up()
    plan = scenario(people)
    began = time.process_time()
    world = build_world(plan, seed=1)
    setup = time.process_time() - began
    live(world, plan, 7)  # the programme starts, ties settle in memory
    days = max(7, min(140, PERSON_DAYS // people)) // 7 * 7

    def work() -> None:
        every = 7 if recorded else 0
        live(world, plan, days, new_trace(world.day, days, people, record_every=every))

    unit = normal_draw()
    taken = seconds(work, REPEATS)
    each = [1e9 * s / (days * people) for s in taken]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{people:>10,} {setup:>10.2f} {world_bytes(world) / people:>10,.0f} {peak:>10,.0f} "
        f"{1e3 / min(each):>10.1f} {1e3 / statistics.median(each):>10.1f} {min(each):>9.0f} {min(each) / unit:>9.0f}"
    )


def world_bytes(world: World) -> int:
    return bytes_of(world.people) + bytes_of(world.ties) + bytes_of(world.circles)


def one_run(seed: int) -> float:
    return float(live_arms([scenario(500)], [], seed, None)[0].mean[-1, 0])


def many_runs(n: int, jobs: int) -> float:
    """Seconds on the clock for n runs of 500 people x 365 days, all that a run needs included."""
    began = time.perf_counter()
    replicate(one_run, range(n), jobs)
    return time.perf_counter() - began


def second_start() -> tuple[float, float]:
    """CPU seconds and seconds on the clock of a small run from the command line, compiled before."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-c", "from peersim.cli import main; main()", "run", "baseline",
            "-s", "population.people=500", "-q", "-o", folder,
        ]  # fmt: skip
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found = []
        for _ in range(3):
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
            found.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock))
    return min(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out a million people, and fewer runs")
    parser.add_argument("--size", type=int, help="one row only")
    parser.add_argument("--recorded", action="store_true", help="with the weekly timeline of all outcomes")
    options = parser.parse_args()
    if options.size:
        one_size(options.size, options.recorded)
        return
    warm_up()
    sizes = [10**3, 10**4, 10**5] + ([] if options.quick else [10**6])
    for recorded in (False, True):
        print(f"\nwhole model, a support group running, one core, {'weekly timeline' if recorded else 'not recorded'}")
        print(HEAD, flush=True)
        for people in sizes:
            extra = ["--recorded"] if recorded else []
            subprocess.run([sys.executable, str(Path(__file__)), "--size", str(people), *extra], check=True)
    n, jobs = (200 if options.quick else 1000), min(2, os.cpu_count() or 1)
    taken = many_runs(n, jobs)
    rate = n * 500 * 365 / taken / 1e6
    print(f"\n{n:,} runs of 500 people x 365 days on {jobs} cores: {taken:.1f} s, {rate:.1f} million person-days/s")
    cpu, clock = second_start()
    print(f"second start of `peersim run baseline -s population.people=500`: {cpu:.2f} s of CPU, {clock:.2f} s in all")


if __name__ == "__main__":
    main()
