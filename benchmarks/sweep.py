"""What a sweep costs beside living its runs, and what a second worker gains: `python -m benchmarks.sweep [--quick]`.

The bare kernel builds and lives the same runs one after the other in this process and keeps nothing; its time and that
of `peersim sweep` are processor seconds, all processes together, from the first to the last moment of the command. Two
workers against one is told on the clock, which means something on an idle machine only.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from peersim.experiment.reading import read_experiment
from peersim.simulate import live, settle, warm_up
from peersim.trace import new_trace
from peersim.world import build_world

PEOPLE, DAYS = 500, 365
_PR_SET_CHILD_SUBREAPER = 36
EXPERIMENT = """
schema = 1
set = {{ "population.people" = {people}, "run.days" = {days}, "run.burn_in" = 0 }}
[seeds]
min = {runs}
"""


def bare(file: Path, runs: int) -> float:
    """Processor seconds of living the runs: weekly means and the last week's means of everyone, as a sweep has them."""
    (scenario,) = read_experiment(file).scenarios(0)
    warm_up()
    began = time.process_time()
    for seed in range(1, runs + 1):
        world = build_world(scenario, seed)
        settle(world, scenario)
        last_week = [(scenario.run.days - 7, scenario.run.days)]
        live(world, scenario, scenario.run.days, new_trace(0, DAYS, PEOPLE, record_every=7, windows=last_week))
    return time.process_time() - began


def swept(file: Path, workers: int) -> tuple[float, float]:
    """Processor seconds, all processes together, and seconds on the clock of the whole command."""
    with tempfile.TemporaryDirectory() as folder:
        code = "from peersim.cli import main; main()"
        command = [sys.executable, "-c", code, "sweep", str(file), "-o", folder, "-j", str(workers), "-q"]
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        clock = time.perf_counter() - began
        with suppress(ChildProcessError):  # workers are children of children, who come here when those are gone
            while True:
                os.wait()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer runs")
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    runs = 200 if parser.parse_args().quick else 1000
    folder = Path(tempfile.mkdtemp())
    try:
        files = {n: folder / f"{n}.toml" for n in (1, runs)}
        for n, file in files.items():
            file.write_text(EXPERIMENT.format(people=PEOPLE, days=DAYS, runs=n))
        print(f"\n{runs:,} runs of {PEOPLE} people x {DAYS} days")
        kernel = bare(files[runs], runs)
        print(f"  bare kernel{kernel / runs * 1e3:24.2f} ms a run", flush=True)
        start, _ = swept(files[1], 1)
        one, clock = swept(files[runs], 1)
        print(f"  sweep, one worker{one / runs * 1e3:18.2f} ms a run, {clock:.1f} s on the clock")
        print(f"  beside the kernel{(one - kernel) / runs * 1e3:18.2f} ms a run, of them start and end"
              f" {start / runs * 1e3:.2f}", flush=True)  # fmt: skip
        if (os.cpu_count() or 1) > 1:
            two, quicker = swept(files[runs], 2)
            print(f"  sweep, two workers{two / runs * 1e3:17.2f} ms a run, {quicker:.1f} s on the clock:"
                  f" {clock / quicker:.2f} times as fast as one")  # fmt: skip
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
