"""The multiples of `peersim/analysis/memory.py`, measured anew by `python -m benchmarks.multiples` on Linux.

Each row is a process of its own that builds a community, lives a few weeks in it, and reads its own peaks.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from peersim.analysis.arms import live_arm, live_past
from peersim.analysis.memory import A_DAY, BUILDING, PROGRAM
from peersim.analysis.trial import bytes_of, lives_of, record_of
from peersim.networks.network import Network
from peersim.programmes.programme import Programme
from peersim.scenario import Scenario
from peersim.simulate import warm_up
from peersim.world import build_world

SIZES = (200_000, 1_000_000)
MADE_OF: dict[str, dict[str, Any]] = {
    "foci": {},
    "generator": {"kind": "watts_strogatz"},
    "generator, dense": {"kind": "barabasi_albert", "options": {"new_ties": 10}},
    "file": {},
}


def peak() -> float:
    """The most bytes that this process has held since the last call."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    Path("/proc/self/clear_refs").write_text("5")
    return 1024.0 * int(line.split()[1])


def ring(people: int) -> Network:
    """As if read from a file: everyone is tied to the next three."""
    who = np.arange(people - 3, dtype=np.int32)
    second = who[:, None] + np.arange(1, 4, dtype=np.int32)
    return Network(tuple(map(str, range(people))), np.repeat(who, 3), second.ravel())


def one_row(made_of: str, people: int) -> None:
    """Build, live, and print by how much more was held than what is kept."""
    warm_up()
    scenario = Scenario.model_validate(
        {"population": {"people": people}, "run": {"days": 15, "burn_in": 14}, "network": MADE_OF[made_of]}
    ).model_copy(update={"programmes": (Programme(kind="support_group", weeks=2),)})
    network = ring(people) if made_of == "file" else None
    peak()
    before = peak()
    world = build_world(scenario, 1, network)
    own, ties = bytes_of((world.people, world.circles)), bytes_of(world.ties)
    building = (peak() - before - own) / ties
    past = live_past(world, scenario)
    peak()
    live_arm(past.world.copy(), past, scenario, [(0, 1)], keep_stress=True)
    recorded, _ = record_of(lives_of([scenario], windows=1, keeps_stress=True), people)
    a_day = (peak() - before - recorded * people) / (own + ties) - 2.0
    print(f"{made_of:<20}{people:>10,}{before / 1e6:>12,.0f}{building:>14.2f}{a_day:>10.2f}")


def main() -> None:
    if sys.argv[1:]:
        one_row(sys.argv[1], int(sys.argv[2]))
        return
    print(f"{'made of':<20}{'people':>10}{'program, MB':>12}{'building':>14}{'a day':>10}", flush=True)
    for made_of in MADE_OF:
        for people in SIZES:
            subprocess.run([sys.executable, "-m", "benchmarks.multiples", made_of, str(people)], check=True)
    print(f"\nin peersim/analysis/memory.py: PROGRAM = {PROGRAM:g}, BUILDING = {BUILDING}, A_DAY = {A_DAY}")


if __name__ == "__main__":
    main()
