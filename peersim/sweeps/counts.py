"""How many runs a plan has, how many of them are there, and how much living the others are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peersim.runs.store import Store
from peersim.sweeps.plan import Part, SweepPlan, cells
from peersim.sweeps.rows import RUNS

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
    person_days  of the new ones, burn-ins left out
    burn_ins     person-days of burn-ins, each shared by as many runs as can
    """

    points: int
    arms: int
    seeds: int
    runs: int
    cached: int
    distinct: int
    new: int
    person_days: float
    burn_ins: float


def counted(plan: SweepPlan, seeds: NDArray[np.int64], store: Store, part: Part | None = None) -> Counts:
    """Look for every run in the store once. seeds  (n_points,) how many each point has"""
    with store.reading():
        return count(plan, seeds, store.has, part)


def count(plan: SweepPlan, seeds: NDArray[np.int64], has: Has, part: Part | None = None) -> Counts:
    """The same, by whatever says which runs there are."""
    is_first = _first_of_its_kind(plan)
    n_pasts = [len(set(pasts)) for pasts in plan.past.tolist()]
    runs = cached = distinct = new = 0
    person_days = burn_ins = 0.0
    for _, points, k in cells(plan, seeds, part):
        is_new_past = False
        for point in points:
            for arm in range(len(plan.arms)):
                runs += 1
                if has(RUNS, plan.run(point, arm, plan.seed(k))):
                    cached += 1
                    distinct += bool(is_first[point, arm])
                elif is_first[point, arm]:
                    new += 1
                    person_days += plan.person_days[point, arm]
                    is_new_past = True
        if is_new_past:
            burn_ins += plan.burn_in[points[0]] * n_pasts[points[0]]
    most = int(seeds.max(initial=0))
    return Counts(plan.n_points, len(plan.arms), most, runs, cached, distinct, new, person_days, burn_ins)


def _first_of_its_kind(plan: SweepPlan) -> NDArray[np.bool_]:
    """(n_points, n_arms) whether no earlier point or arm lives the very same."""
    known: set[bytes] = set()
    first = np.zeros(plan.content.shape, np.bool_)
    for point in range(plan.n_points):
        for arm in range(len(plan.arms)):
            content = plan.content[point, arm].tobytes()
            first[point, arm] = content not in known
            known.add(content)
    return first
