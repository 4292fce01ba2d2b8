"""How many seeds each point needs until its contrast is known well enough."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from itertools import batched

import numpy as np

from peersim.analysis.contrasts import MEASURED, POPULATIONS
from peersim.analysis.precision import LEAST_SEEDS, LOOK_AHEAD, Interval, Search, interval_of
from peersim.experiment.contrasts import pair_of
from peersim.experiment.experiment import Experiment
from peersim.runs.store import Store
from peersim.sweeps.identity import contrast_id
from peersim.sweeps.plan import SweepPlan
from peersim.sweeps.rows import CONTRASTS, RUNS

_A_BLOCK = 2000


@dataclass(frozen=True)
class Precision:
    """How well one point's contrast is known. is_reached  whether its interval is as narrow as was asked for"""

    point: int
    seeds: int
    interval: Interval
    is_reached: bool


def first_seeds(experiment: Experiment) -> int:
    """How many seeds every point begins with."""
    seeds = experiment.seeds
    return seeds.min if seeds.until is None else min(max(seeds.min, LEAST_SEEDS) + LOOK_AHEAD, seeds.max)


class Seeds:
    """The seeds of all points, which grow until every point's interval is narrow, or there are as many as may be.

    How many a point ends with depends on its differences in the order of their seeds, and on nothing else: not on how
    far others were lived ahead.

    first  how many every point begins with
    now    (n_points,) how many each point has, or is to have next
    """

    def __init__(self, plan: SweepPlan) -> None:
        self.plan = plan
        self.until = plan.experiment.seeds.until
        self.most = plan.experiment.seeds.max
        least = plan.experiment.seeds.min
        first = first_seeds(plan.experiment)
        self.first = first
        self.now = np.full(plan.n_points, first, np.int64)
        self.is_settled = np.full(plan.n_points, self.until is None)
        self._told: list[list[float]] = [[] for _ in range(plan.n_points if self.until else 0)]
        self._searches: list[Search] = []
        if self.until is not None:
            arm, reference = pair_of(self.until.contrast, plan.arms)
            self.pair = plan.arms.index(arm), plan.arms.index(reference)
            self._searches = [
                Search(self.until.half_width, max(least, LEAST_SEEDS), self.most) for _ in range(plan.n_points)
            ]

    def grow(self, store: Store) -> bool:
        """Look at what has been lived; whether there is more to be lived now."""
        if self.until is None:
            return False
        self._read(store)
        before = self.now.copy()
        for point in np.flatnonzero(~self.is_settled):
            values = np.array(self._told[point])
            self.now[point], self.is_settled[point] = self._searches[point].seeds(values)
        return bool((self.now > before)[~self.is_settled].any())

    @property
    def n_known(self) -> int:
        """Points whose contrast is known well enough."""
        assert self.until is not None
        narrow = [search.last <= self.until.half_width for search in self._searches]
        return int((self.is_settled & np.array(narrow)).sum())

    def widest(self) -> tuple[int, int, float]:
        """Of the points that are not settled, or else of all, the least known: its number, seeds and half-width."""
        open_points = np.flatnonzero(~self.is_settled)
        among = open_points if len(open_points) else np.arange(len(self.now))
        point = max(among.tolist(), key=lambda p: self._searches[p].last)
        return point, len(self._told[point]), self._searches[point].last

    def precision(self) -> list[Precision]:
        """How well each point's contrast is known, by all of its seeds."""
        if self.until is None:
            return []
        found = []
        for point, told in enumerate(self._told):
            values = np.array(told[: self.now[point]])
            interval = interval_of(values[~np.isnan(values)])
            n_told = int((~np.isnan(values)).sum())
            is_reached = n_told >= LEAST_SEEDS and bool(interval.half_width <= self.until.half_width)
            found.append(Precision(point, n_told, interval, is_reached))
        return found

    def _read(self, store: Store) -> None:
        """Fetch the differences of the seeds that were lived since the last look, up to the first that is missing.

        One that failed says nothing, and is not missing.
        """
        assert self.until is not None
        column = POPULATIONS.index(self.until.population) * len(MEASURED) + MEASURED.index(self.until.outcome)
        new = [
            (int(point), k) for point in np.flatnonzero(~self.is_settled)
            for k in range(len(self._told[point]), int(self.now[point]))
        ]  # fmt: skip
        failed = store.failures(CONTRASTS).keys() | store.failures(RUNS).keys()
        for block in batched(new, _A_BLOCK):
            ids = [self._id(point, k) for point, k in block]
            there = [id_ for id_ in ids if store.has(CONTRASTS, id_)]
            lists = store.rows(CONTRASTS, there)["difference"].combine_chunks().flatten().to_numpy()
            values = dict(zip(there, lists.reshape(len(there), -1)[:, column] if there else [], strict=True))
            for (point, k), id_ in zip(block, ids, strict=True):
                if k == len(self._told[point]) and (id_ in values or self._has_failed(point, k, id_, failed)):
                    self._told[point].append(float(values.get(id_, np.nan)))

    def _has_failed(self, point: int, k: int, id_: bytes, failed: Container[bytes]) -> bool:
        return id_ in failed or any(self.plan.run(point, arm, self.plan.seed(k)) in failed for arm in self.pair)

    def _id(self, point: int, k: int) -> bytes:
        arm, reference = (self.plan.run(point, arm, self.plan.seed(k)) for arm in self.pair)
        return contrast_id(arm, reference)
