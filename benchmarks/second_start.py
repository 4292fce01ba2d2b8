"""How long a small run takes from the command line once all is compiled: `python -m benchmarks.second_start`."""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time

from peersim.simulate import warm_up


def seconds(command: list[str]) -> tuple[float, float]:
    """CPU seconds, and seconds on the clock."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    clock, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round")
    rounds = 1 if parser.parse_args().quick else 3
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable, "-c", "from peersim.cli import main; main()", "run", "baseline",
            "-s", "population.people=500", "-q", "-o", folder,
        ]  # fmt: skip
        seconds(command)  # compiles what is left to
        cpu, clock = min(seconds(command) for _ in range(rounds))
    print(f"\nsecond `peersim run baseline -s population.people=500`: {cpu:.2f} s of CPU, {clock:.2f} s in all")


if __name__ == "__main__":
    main()
