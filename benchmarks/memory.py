"""How long a community takes to build and to live a month, and in how much memory.

`python -m benchmarks.memory [--quick]`; `--size 10000000` for a city of ten million, which takes some minutes. A line a
size, each from a process of its own, for the peak of its memory.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time

from benchmarks import scene
from peersim.analysis.trial import bytes_of
from peersim.simulate import live, warm_up
from peersim.trace import new_trace
from peersim.world import World, build_world

HEAD = (
    f"\n{'people':>10} {'set-up, CPU s':>15} {'30 days, CPU s':>16} {'million ties':>14}"
    f" {'world, B a person':>19} {'process, MB':>13}"
)

DAYS = 30


def world_bytes(world: World) -> int:
    return bytes_of((world.people, world.arcs, world.circles))


def one_size(people: int) -> None:
    """Print one line: a world is built, and lives 30 days with its weekly timeline."""
    warm_up()
    plan = scene.scenario(people)
    began = time.process_time()
    world = build_world(plan, seed=1)
    built = time.process_time()
    live(world, plan, DAYS, new_trace(world.day, DAYS, people, record_every=7))
    lived = time.process_time()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    n_ties = len(world.ties.other) / 2e6
    print(f"{people:>10,} {built - began:>15.2f} {lived - built:>16.2f} {n_ties:>14.3f}", end="")
    print(f" {world_bytes(world) / people:>19,.0f} {peak:>13,.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out a million people")
    parser.add_argument("--size", type=int, help="one line only, without its head")
    options = parser.parse_args()
    if options.size:
        one_size(options.size)
        return
    print(HEAD, flush=True)
    for people in [10**3, 10**4, 10**5] + ([] if options.quick else [10**6]):
        subprocess.run([sys.executable, "-m", "benchmarks.memory", "--size", str(people)], check=True)


if __name__ == "__main__":
    main()
