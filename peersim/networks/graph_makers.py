"""How each classic graph is made: by networkx, or in a few lines where it is plain or networkx is slow."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.networks.generator_checks import block_chances, sides

Pairs = NDArray[np.int64]
"""(n_ties, 2) numbers of the two people of each tie, in any order."""


def make_pairs(kind: str, n_people: int, numbers: Mapping[str, Any], seed_number: int) -> Pairs:
    """The ties of one graph of this kind, from checked numbers."""
    return _MAKERS[kind](n_people, numbers, seed_number)


def part(n_people: int, n_groups: int) -> NDArray[np.int64]:
    """(n_groups,) sizes as equal as can be: what is left over goes one each to the first groups."""
    return n_people // n_groups + (np.arange(n_groups) < n_people % n_groups)


def _pairs(graph: Any) -> Pairs:
    return np.array(list(graph.edges()), dtype=np.int64).reshape(-1, 2)


def _erdos_renyi(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    return _gnp(n, numbers["degree"] / (n - 1), seed)


def _gnp(n: int, chance: float, seed: int) -> Pairs:
    import networkx as nx

    return _pairs(nx.fast_gnp_random_graph(n, min(chance, 1.0), seed=seed))


def _watts_strogatz(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    import networkx as nx

    return _pairs(nx.watts_strogatz_graph(n, numbers["degree"], numbers["rewire"], seed=seed))


def _newman_watts_strogatz(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    import networkx as nx

    return _pairs(nx.newman_watts_strogatz_graph(n, numbers["degree"], numbers["shortcut"], seed=seed))


def _barabasi_albert(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    import networkx as nx

    return _pairs(nx.barabasi_albert_graph(n, numbers["new_ties"], seed=seed))


def _powerlaw_cluster(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    import networkx as nx

    return _pairs(nx.powerlaw_cluster_graph(n, numbers["new_ties"], numbers["triangle"], seed=seed))


def _random_regular(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    import networkx as nx

    return _pairs(nx.random_regular_graph(numbers["degree"], n, seed=seed))


def _stochastic_block(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    """A sparse graph over everybody, without its ties inside groups, and a denser one inside each group.

    The same law as networkx's own, which takes a minute for 100,000 people.
    """
    luck = random.Random(seed)
    within, between = block_chances(n, numbers)
    sizes = part(n, numbers["blocks"])
    group = np.repeat(np.arange(len(sizes)), sizes)
    across = _gnp(n, between, luck.getrandbits(62))
    made = [across[group[across[:, 0]] != group[across[:, 1]]]]
    start = np.cumsum(sizes) - sizes
    made += [_gnp(int(size), within, luck.getrandbits(62)) + at for at, size in zip(start, sizes, strict=True)]
    return np.concatenate(made)


def _relaxed_caveman(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    """Caves in which all are tied; then each tie by chance leads its first person to anyone not yet a friend.

    networkx's rule, with the people left over by dividing put one each into the first caves.
    """
    luck = random.Random(seed)
    sizes = part(n, n // numbers["size"])
    start = np.cumsum(sizes) - sizes
    caves = [np.stack(np.triu_indices(size, 1), axis=1) + at for at, size in zip(start, sizes, strict=True)]
    ties = [(int(i), int(j)) for i, j in np.concatenate(caves)]
    tied = set(ties)
    for k, (i, j) in enumerate(ties):
        if luck.random() < numbers["rewire"]:
            other = luck.randrange(n)
            new = (min(i, other), max(i, other))
            if other != i and new not in tied:
                tied.remove((min(i, j), max(i, j)))
                tied.add(new)
                ties[k] = new
    return np.array(ties, dtype=np.int64)


def _lattice(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    """A grid as square as can be, each tied to the next right, below and on the diagonals asked for."""
    rows, columns = sides(n)
    row, column = np.divmod(np.arange(n), columns)
    steps = [(0, 1), (1, 0), (1, 1), (1, -1)][: 2 + numbers["diagonals"]]
    made = []
    for down, right in steps:
        to_row, to_column = row + down, column + right
        inside = (to_row < rows) & (to_column >= 0) & (to_column < columns) | bool(numbers["torus"])
        made.append(np.stack([np.arange(n), to_row % rows * columns + to_column % columns], axis=1)[inside])
    return np.concatenate(made)


def _complete(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    return np.stack(np.triu_indices(n, 1), axis=1).astype(np.int64)


def _ring(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    person = np.arange(n)
    steps = range(1, numbers["degree"] // 2 + 1)
    return np.concatenate([np.stack([person, (person + step) % n], axis=1) for step in steps])


def _star(n: int, numbers: Mapping[str, Any], seed: int) -> Pairs:
    return np.stack([np.zeros(n - 1, dtype=np.int64), np.arange(1, n)], axis=1)


_MAKERS: dict[str, Callable[[int, Mapping[str, Any], int], Pairs]] = {
    "erdos_renyi": _erdos_renyi,
    "watts_strogatz": _watts_strogatz,
    "newman_watts_strogatz": _newman_watts_strogatz,
    "barabasi_albert": _barabasi_albert,
    "powerlaw_cluster": _powerlaw_cluster,
    "random_regular": _random_regular,
    "stochastic_block": _stochastic_block,
    "relaxed_caveman": _relaxed_caveman,
    "lattice": _lattice,
    "complete": _complete,
    "ring": _ring,
    "star": _star,
}
