"""How fast many small runs are, all that a run needs included: `python -m benchmarks.many_runs [--quick]`."""

from __future__ import annotations

import argparse
import os
import time

from benchmarks import scene
from peersim.analysis.arms import live_arms
from peersim.runs.replicates import replicate
from peersim.simulate import warm_up

PEOPLE, BURN_IN, DAYS = 500, 180, 365


def one_run(seed: int) -> float:
    return float(live_arms([scene.scenario(PEOPLE, DAYS, BURN_IN)], [], seed, None)[0].mean[-1, 0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    runs, jobs = (200 if parser.parse_args().quick else 1000), min(2, os.cpu_count() or 1)
    warm_up()
    began = time.perf_counter()
    replicate(one_run, range(runs), jobs)
    taken = time.perf_counter() - began
    rate = runs * PEOPLE * (BURN_IN + DAYS) / taken / 1e6
    what = f"{runs:,} runs of {PEOPLE} people x ({BURN_IN} + {DAYS}) days on {jobs} cores"
    print(f"\n{what}: {taken:.1f} s on the clock, {rate:.1f} million person-days/s")


if __name__ == "__main__":
    main()
