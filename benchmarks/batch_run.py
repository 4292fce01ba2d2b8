"""One small sweep twice: through Mesa's batch_run, and through peersim's own replicates; the same numbers come out.

`python -m benchmarks.batch_run [--quick]`. Both run on one core and keep every outcome of every evening. Mesa makes
a `PeerSupportModel` for each run and calls its step day by day; the other way calls compiled code once a run.
"""

from __future__ import annotations

import argparse
import itertools

import mesa
import numpy as np

from benchmarks.timing import heading, in_turns, row
from peersim.analysis.arms import live_arms
from peersim.model import PeerSupportModel
from peersim.outcomes import NAMES
from peersim.runs.replicates import replicate
from peersim.scenario import Scenario
from peersim.scenario_file import load_scenario
from peersim.simulate import warm_up

SWEPT = {"stressors.event_rate": [0.7, 1.35, 2.7], "couples.conflict_rate": [0.02, 0.035]}
SEEDS = range(1, 6)
TOLERANCE = 1e-9
"""Means are summed by the same function in both."""

Found = dict[tuple[float, ...], dict[str, float]]


def fixed(people: int) -> dict[str, float]:
    """What all runs share."""
    return {"population.people": people, "run.days": 365, "run.burn_in": 0, "run.record_every": 1}


def by_mesa(people: int) -> Found:
    """Every outcome's mean on the last evening, by swept values and seed, from batch_run."""
    runs = mesa.batch_run(
        PeerSupportModel, {**fixed(people), **SWEPT}, number_processes=1, rng=list(SEEDS), max_steps=365,
        display_progress=False,
    )  # fmt: skip
    return {
        (*(run[name] for name in SWEPT), SEEDS[run["iteration"]]): {name: run[name] for name in NAMES} for run in runs
    }


def by_peersim(people: int) -> Found:
    """The same from `replicate`, one seed after the other."""
    swept = list(itertools.product(*SWEPT.values()))
    scenarios = [scenario(people, values) for values in swept]

    def one_seed(seed: int) -> list[np.ndarray]:
        return [arm.mean[-1] for arm in live_arms(scenarios, [], seed, None, keep_stress=False)]

    found = replicate(one_seed, SEEDS, jobs=1)
    return {
        (*values, seed): dict(zip(NAMES, mean.tolist(), strict=True))
        for seed, means in zip(SEEDS, found, strict=True)
        for values, mean in zip(swept, means, strict=True)
    }


def scenario(people: int, values: tuple[float, ...]) -> Scenario:
    """The scenario of one combination."""
    tables: dict[str, dict[str, float]] = {}
    for name, value in (fixed(people) | dict(zip(SWEPT, values, strict=True))).items():
        table, _, parameter = name.partition(".")
        tables.setdefault(table, {})[parameter] = value
    return load_scenario(tables)


def check_agreement(found: Found, expected: Found) -> None:
    """Raise ValueError if a run came out otherwise."""
    if found.keys() != expected.keys():
        raise ValueError(f"batch_run ran {len(found)} combinations, not the {len(expected)} of the sweep")
    for run, outcomes in expected.items():
        for name, value in outcomes.items():
            if not np.isclose(found[run][name], value, rtol=TOLERANCE, atol=TOLERANCE, equal_nan=True):
                raise ValueError(f"run {run}: {name} is {found[run][name]} by batch_run, {value} by peersim")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer people")
    people = 100 if parser.parse_args().quick else 500
    warm_up()
    check_agreement(by_mesa(100), by_peersim(100))
    seconds = in_turns(
        {"peersim, replicate": lambda: lambda: by_peersim(people),
         "mesa.batch_run over PeerSupportModel": lambda: lambda: by_mesa(people)}, rounds=3,
    )  # fmt: skip
    n_runs = len(list(itertools.product(*SWEPT.values(), SEEDS)))
    heading(f"a sweep of {n_runs} runs of {people} people x 365 days", "ms a run")
    for name, each in seconds.items():
        row(name, [1e3 * s / n_runs for s in each], [1e3 * s / n_runs for s in seconds["peersim, replicate"]])


if __name__ == "__main__":
    main()
