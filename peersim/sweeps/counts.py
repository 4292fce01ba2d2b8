"""How many runs a plan has, how many of them are there, and how much living the others are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peersim.runs.store import Store
from peersim.sweeps.identity import contrast_id
from peersim.sweeps.plan import Part, SweepPlan, cells
from peersim.sweeps.rows import CONTRASTS, RUNS

Has = Callable[[str, bytes], bool]
"""Whether the store has a row of a table."""


@dataclass(frozen=True)
class Counts:
    """The runs of a plan.

    seeds        the most that a point has
    runs         points x arms x seeds, as far as they belong to this part
    cached       of these, there already
    distinct     of those that are there, those that are not the same at several points
    new          to be lived: what several points share counts once, so that these may be fewer than the rest
    again        to be lived once more, because contrasts between them are asked for that are not there
    person_days  of both, burn-ins left out
    burn_ins     person-days of burn-ins, each shared by as many runs as can
    """

    points: int
    arms: int
    seeds: int
    runs: int
    cached: int
    distinct: int
    new: int
    again: int
    person_days: float
    burn_ins: float


def counted(plan: SweepPlan, seeds: NDArray[np.int64], store: Store, part: Part | None = None) -> Counts:
    """Look for every run in the store once. seeds  (n_points,) how many each point has"""
    with store.reading():
        return count(plan, seeds, store.has, part)


def count(plan: SweepPlan, seeds: NDArray[np.int64], has: Has, part: Part | None = None) -> Counts:
    """The same, by whatever says which runs there are."""
    is_first = _first_of_its_kind(plan)
    runs = cached = distinct = new = again = 0
    person_days = burn_ins = 0.0
    for _, points, k in cells(plan, seeds, part):
        is_new_past = False
        for point in points:
            is_all_there = True
            for arm in range(len(plan.arms)):
                runs += 1
                if has(RUNS, plan.run(point, arm, plan.seed(k))):
                    cached += 1
                    distinct += bool(is_first[point, arm])
                    continue
                is_all_there = False
                if is_first[point, arm]:
                    new += 1
                    person_days += plan.person_days[point, arm]
                    is_new_past = True
            if is_all_there and (arms := _lived_again(plan, point, plan.seed(k), has)):
                again += len(arms)
                person_days += plan.person_days[point, arms].sum()
                is_new_past = True
        if is_new_past:
            burn_ins += plan.burn_in[points[0]] * len(set(plan.past[points[0]].tolist()))
    most = int(seeds.max(initial=0))
    return Counts(plan.n_points, len(plan.arms), most, runs, cached, distinct, new, again, person_days, burn_ins)


def _lived_again(plan: SweepPlan, point: int, seed: int, has: Has) -> list[int]:
    """The arms that are there, but not all contrasts between them that are asked for."""
    lacking = {
        arm for a, r in plan.pairs for arm in (a, r)
        if not has(CONTRASTS, contrast_id(plan.run(point, a, seed), plan.run(point, r, seed)))
    }  # fmt: skip
    return sorted(lacking)


def _first_of_its_kind(plan: SweepPlan) -> NDArray[np.bool_]:
    """(n_points, n_arms) whether no earlier point or arm lives the very same."""
    _, places = np.unique(plan.content.view("S16").ravel(), return_index=True)
    first = np.zeros(plan.content.size, np.bool_)
    first[places] = True
    return first.reshape(plan.content.shape)
