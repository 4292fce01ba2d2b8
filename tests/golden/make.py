"""What two small runs come out as: `python -m tests.golden.make` writes it anew.

Do so only in a commit that says why the science changed.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from peersim.outcomes import NAMES
from peersim.programmes.programme import PRESETS
from peersim.simulate import live, settled_world
from peersim.trace import TALLIES, new_trace
from tests.communities import scenario_of

FILE = Path(__file__).with_name("summary.json")
PEOPLE, BURN_IN, DAYS, SEEDS = 500, 60, 120, (1, 2, 3)
ARMS = {"baseline": (), "support_group": ("support_group",), "all_programmes": tuple(PRESETS)}
DIGITS = 10


def summary() -> dict[str, dict[str, list[float]]]:
    """By arm and outcome: the mean over all people and days 84 to 120, one number a seed; and counts of 120 days."""
    return {arm: _of(programmes) for arm, programmes in ARMS.items()}


def _of(programmes: tuple[str, ...]) -> dict[str, list[float]]:
    scenario = scenario_of(PEOPLE, BURN_IN, programmes)
    means, counts = [], []
    for seed in SEEDS:
        world = settled_world(scenario, seed)
        trace = new_trace(0, DAYS, PEOPLE, record_every=1)
        live(world, scenario, DAYS, trace)
        means.append(trace.mean[84:].mean(axis=0))
        counts.append(trace.tally.sum(axis=0))
    found = dict(zip(NAMES, np.array(means).T.tolist(), strict=True))
    found = {name: [float(f"{value:.{DIGITS}g}") for value in values] for name, values in found.items()}
    return found | dict(zip(TALLIES, np.array(counts).T.tolist(), strict=True))


if __name__ == "__main__":
    FILE.write_text(json.dumps(summary(), indent=1) + "\n", encoding="utf-8")
    print(f"{FILE}: written")
