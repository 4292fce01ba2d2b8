"""What a community costs before it lives, and how much memory it takes: `python -m benchmarks.memory [--quick]`.

A line a size, each from a process of its own, for the peak of its memory.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time

import numpy as np

from benchmarks import scene
from peersim.simulate import live, warm_up
from peersim.trace import new_trace
from peersim.world import World, build_world

HEAD = f"\n{'people':>10} {'set-up, CPU s':>15} {'world, B a person':>19} {'process, MB':>13}"


def bytes_of(value: object) -> int:
    """Bytes of the arrays in a nested tuple."""
    if isinstance(value, tuple):
        return sum(bytes_of(part) for part in value)
    return value.nbytes if isinstance(value, np.ndarray) else 0


def world_bytes(world: World) -> int:
    return bytes_of(world.people) + bytes_of(world.ties) + bytes_of(world.circles)


def one_size(people: int) -> None:
    """Print one line: a world is built, and lives two weeks with its weekly timeline."""
    warm_up()
    plan = scene.scenario(people)
    began = time.process_time()
    world = build_world(plan, seed=1)
    taken = time.process_time() - began
    live(world, plan, 14, new_trace(world.day, 14, people, record_every=7))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{people:>10,} {taken:>15.2f} {world_bytes(world) / people:>19,.0f} {peak:>13,.0f}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="leave out a million people")
    parser.add_argument("--size", type=int, help="one line only")
    options = parser.parse_args()
    if options.size:
        one_size(options.size)
        return
    print(HEAD, flush=True)
    for people in [10**3, 10**4, 10**5] + ([] if options.quick else [10**6]):
        subprocess.run([sys.executable, "-m", "benchmarks.memory", "--size", str(people)], check=True)


if __name__ == "__main__":
    main()
