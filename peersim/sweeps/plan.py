"""The plan of a sweep: points x arms x seeds, each run with its id, and the cases that are still missing.

A million points are planned in a few tens of megabytes: scenarios are made when they are needed, and what is kept of
each is its hash.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.arms import window_of
from peersim.experiment.experiment import Experiment
from peersim.mistakes import Problem, ScenarioError
from peersim.networks.settings import NetworkSettings
from peersim.runs.store import Store
from peersim.scenario import Scenario
from peersim.sweeps.identity import code_identity, content_id, contrast_id, past_id, run_id, scenario_id
from peersim.sweeps.living import ArmOfCase, Case
from peersim.sweeps.rows import CONTRASTS, RUNS, Recorder

_MOST_TOLD = 20
"""Mistakes that are told; a wrong range can be wrong at a million points."""
_AT_HAND = 128
"""Points whose scenarios are kept, so that neither another seed nor another arm makes them anew."""
_TOGETHER, _LEAST_TOGETHER = 4000, 4
"""Runs that take turns because they share pasts, and points at the least: more would gain little, and put the runs of
a point far apart."""
Ids = NDArray[np.void]


@dataclass(frozen=True)
class SweepPlan:
    """Every run of a sweep, by point, arm and seed.

    content      (n_points, n_arms) what each arm says at each point, its recorder and the code, as a 16-byte hash
    past         (n_points, n_arms) what shapes it before day 0, as a 16-byte hash
    window       (n_points, 2) the evenings over which outcomes are measured, first and day after the last
    person_days  (n_points, n_arms) people x days, burn-ins left out
    burn_in      (n_points,) people x days of one burn-in
    family       (n_points,) points with the same number have the same pasts
    """

    experiment: Experiment
    recorder: Recorder
    code: str
    content: Ids
    past: Ids
    window: NDArray[np.int32]
    person_days: NDArray[np.float64]
    burn_in: NDArray[np.float64]
    family: NDArray[np.int64]

    @property
    def n_points(self) -> int:
        return len(self.window)

    @property
    def arms(self) -> tuple[str, ...]:
        return self.experiment.arms

    def run(self, point: int, arm: int, seed: int) -> bytes:
        """The id of a run."""
        return run_id(self.content[point, arm].tobytes(), seed)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """Which arms are contrasted: arm and reference, by number."""
        return [(self.arms.index(arm), self.arms.index(reference)) for arm, reference in self.experiment.pairs]

    def seed(self, k: int) -> int:
        """The k-th seed, which is the same at every point."""
        return self.experiment.first_seed + k


def plan_of(experiment: Experiment, on_point: Callable[[int, int], None] = lambda k, n: None) -> SweepPlan:
    """Make the scenarios of every point once and keep their hashes.

    on_point  is called with the number of points done, and of all

    Raises ScenarioError with what is wrong at the points, the first of it where it is very much; NetworkError where a
    network file cannot be read.
    """
    n, n_arms = len(experiment.points), len(experiment.arms)
    content, past = np.empty((n, n_arms), "V16"), np.empty((n, n_arms), "V16")
    window, burn_in = np.empty((n, 2), np.int32), np.empty(n)
    person_days = np.empty((n, n_arms))
    problems: list[Problem] = []
    check_network = _network_check()
    recorder, code = Recorder(experiment.record.timeline, tuple(experiment.record.people)), code_identity()
    for k in range(n):
        try:
            arms = experiment.scenarios(k)
        except ScenarioError as error:
            problems += [problem for problem in error.problems if problem not in problems]
            if len(problems) > _MOST_TOLD:
                break
            continue
        window[k] = window_at(arms, experiment.record.at)
        record = recorder.as_text(tuple(window[k].tolist()))
        for a, one in enumerate(arms):
            check_network(one.network)
            content[k, a], past[k, a] = content_id(code, scenario_id(one), record), past_id(one)
            person_days[k, a] = one.population.people * one.run.days
        burn_in[k] = arms[0].population.people * arms[0].run.burn_in
        on_point(k + 1, n)
    if problems:
        raise ScenarioError(problems[:_MOST_TOLD])
    return SweepPlan(experiment, recorder, code, content, past, window, person_days, burn_in, _families(past))


def _network_check() -> Callable[[NetworkSettings], None]:
    """Reads each network file once, so that nothing begins with one that is missing or makes no sense."""
    read: set[str] = set()

    def check(network: NetworkSettings) -> None:
        if network.file and (told := network.model_dump_json()) not in read:
            from peersim.networks.files import read_network

            read_network(network, Path())
            read.add(told)

    return check


def _families(past: Ids) -> NDArray[np.int64]:
    """(n_points,) the same number for points with the same pasts, in the order in which they first come."""
    joined = np.ascontiguousarray(past).view(f"S{16 * past.shape[1]}").ravel()
    _, first, which = np.unique(joined, return_index=True, return_inverse=True)
    numbers: NDArray[np.int64] = np.argsort(np.argsort(first))[which]
    return numbers


def window_at(arms: tuple[Scenario, ...], last_day: int | None) -> tuple[int, int]:
    """The evenings over which all arms of a point are measured: by themselves the last of the programme that ends last.

    last_day  the last of them; None leaves it to the programmes
    """
    ending = [one for one in arms if any(programme.end <= one.run.days for programme in one.programmes)]
    return max((window_of(one, last_day) for one in ending or arms), key=lambda window: window[1])


Part = tuple[int, int]
"""Which part of how many, the first being 1."""


def cells(plan: SweepPlan, seeds: NDArray[np.int64], part: Part | None) -> Iterator[tuple[int, list[int], int]]:
    """Every point with every seed, those together that share a past and a seed: family, points, number of the seed.

    Points of a family stay together by the few, whatever their number: what is lived one after the other then stands
    near each other in the tables too, which are put together from few shards at a time.

    seeds  (n_points,) how many each point has
    part   i of n: the i-th of n pieces of this, as long as each other; None for all of it
    """
    total = int(seeds.sum())
    start, stop = (0, total) if part is None else ((part[0] - 1) * total // part[1], part[0] * total // part[1])
    at_once = max(_LEAST_TOGETHER, _TOGETHER // (len(plan.arms) * max(1, int(seeds.max(initial=0)))))
    at = 0
    for few in _by_family(plan.family, at_once):
        for k in range(int(seeds[few].max(initial=0))):
            points = few[seeds[few] > k]
            mine = points[max(0, start - at) : max(0, stop - at)]
            at += len(points)
            if len(mine):
                yield int(plan.family[mine[0]]), mine.tolist(), k


def _by_family(family: NDArray[np.int64], at_once: int) -> Iterator[NDArray[np.int64]]:
    """The points family by family, so many at a time at the most."""
    order = np.argsort(family, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(family[order])) + 1, len(order))
    start = 0
    for end in ends:
        for first in range(start, int(end), at_once):
            yield order[first : min(first + at_once, int(end))]
        start = int(end)


def missing_cases(
    plan: SweepPlan,
    seeds: NDArray[np.int64],
    has: Callable[[str, bytes], bool],
    failed: Container[bytes],
    part: Part | None = None,
) -> Iterator[list[Case]]:
    """What is still to be lived: cases in lists that share a past and a seed, in a fixed order.

    has     whether the store has a row of a table
    failed  runs and contrasts that are given up
    """
    scenarios = lru_cache(_AT_HAND)(plan.experiment.scenarios)
    for _, points, k in cells(plan, seeds, part):
        cases = [_case(plan, point, plan.seed(k), scenarios, has, failed) for point in points]
        if found := [case for case in cases if case is not None]:
            yield found


def is_missing(plan: SweepPlan, seeds: NDArray[np.int64], store: Store) -> bool:
    """Whether anything that is planned is neither there nor has failed."""
    failed = store.failures(RUNS).keys() | store.failures(CONTRASTS).keys()
    return next(missing_cases(plan, seeds, store.has, failed), None) is not None


def _case(
    plan: SweepPlan,
    point: int,
    seed: int,
    scenarios: Callable[[int], tuple[Scenario, ...]],
    has: Callable[[str, bytes], bool],
    failed: Container[bytes],
) -> Case | None:
    """What is missing of one point with one seed; None where nothing is."""
    ids = [plan.run(point, a, seed) for a in range(len(plan.arms))]
    is_wanted = [run not in failed and not has(RUNS, run) for run in ids]
    pairs = [
        (id_, a, r) for a, r in plan.pairs if ids[a] not in failed and ids[r] not in failed
        for id_ in [contrast_id(ids[a], ids[r])] if id_ not in failed and not has(CONTRASTS, id_)
    ]  # fmt: skip
    needed = sorted({a for a, wanted in enumerate(is_wanted) if wanted} | {a for pair in pairs for a in pair[1:]})
    if not needed:
        return None
    given = scenarios(point)
    arms = tuple(ArmOfCase(given[a], ids[a], bytes(plan.past[point, a]), is_wanted[a]) for a in needed)
    first, end = plan.window[point]
    places = {a: place for place, a in enumerate(needed)}
    return Case(arms, seed, (int(first), int(end)), tuple((one, places[a], places[r]) for one, a, r in pairs))
