"""The shape of a network: clustering, whether the well connected know each other, how far apart people are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.structure import shape_of, share_kept
from peersim.ties import Ties, owners
from peersim.world import World

MOST_SOURCES = 300
"""In larger networks paths start from about so many people, evenly spread (it moves the mean by less than 1 %)."""
_AT_ONCE = 32
"""Sources that spread together: all of them would take more memory than the communities themselves."""


def mean_degree(world: World) -> float:
    """Ties per person."""
    return float(world.ties.other.size / world.n_people)


def mean_closeness(world: World) -> float:
    """Over ties."""
    return float(world.ties.closeness.mean(dtype=np.float64)) if world.ties.closeness.size else float("nan")


def clustering(world: World) -> float:
    """Mean over people of the share of pairs of their contacts who know each other; 0 for who has fewer than two."""
    return shape_of(world).clustering


def assortativity(world: World) -> float:
    """Correlation of the degrees at the two ends of a tie, each tie taken both ways; NaN where all are alike."""
    degree = np.diff(world.ties.start).astype(np.float64)
    return correlation(degree[owners(world.ties)], degree[world.ties.other])


def path_length_by_log(world: World) -> float:
    """Mean number of steps between two people of the largest component, by the logarithm of its size."""
    from scipy.sparse.csgraph import connected_components

    knows = _adjacency(world.ties)
    component = connected_components(knows, directed=False)[1]
    of_number = component[world.people.row_of]
    inside = world.people.row_of[of_number == np.bincount(component).argmax()]
    if len(inside) < 2:
        return float("nan")
    sources = inside[:: -(-len(inside) // MOST_SOURCES)]
    steps = sum(_steps_from(sources[k : k + _AT_ONCE], knows) for k in range(0, len(sources), _AT_ONCE))
    return steps / (len(sources) * (len(inside) - 1)) / float(np.log(len(inside)))


def same_culture_share(world: World) -> float:
    """Share of ties between people of one culture."""
    culture = world.people.traits.culture
    alike = culture[owners(world.ties)] == culture[world.ties.other]
    return float(alike.mean()) if alike.size else float("nan")


def ties_kept(before: World, after: World) -> float:
    """Share of the ties of one morning that are there on a later one."""
    return share_kept(before.ties.start, before.ties.other, after.ties)


def correlation(x: NDArray[Any], y: NDArray[Any]) -> float:
    """Pearson's; NaN below two values, or where one of the two does not vary."""
    if len(x) < 2 or np.ptp(x) == 0.0 or np.ptp(y) == 0.0:
        return float("nan")
    x, y = np.asarray(x, np.float64), np.asarray(y, np.float64)
    return float(np.mean((x - x.mean()) * (y - y.mean())) / (x.std() * y.std()))


def _adjacency(ties: Ties) -> Any:
    """1 where row and column are tied."""
    from scipy.sparse import csr_array

    n_people = len(ties.start) - 1
    return csr_array((np.ones(ties.other.size), ties.other.astype(np.int64), ties.start), shape=(n_people, n_people))


def _steps_from(sources: NDArray[np.int64], knows: Any) -> int:
    """Steps from each source to everyone it can reach, summed: all sources spread by one step at a time."""
    is_reached = np.zeros((knows.shape[0], len(sources)), np.bool_)
    is_reached[sources, np.arange(len(sources))] = True
    newly, steps, total = is_reached, 0, 0
    while newly.any():
        steps += 1
        newly = ((knows @ newly.astype(np.float32)) > 0.0) & ~is_reached
        is_reached = is_reached | newly
        total += steps * int(newly.sum())
    return total
