"""How points are made of what is varied: every combination, side by side, drawn, or from a table.

None of them keeps a list of points: a point's values are made when it is asked for.
"""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from peersim.experiment.axes import Levels, Range
from peersim.people import Floats

Row = tuple[Any, ...]
"""The values of one point, one for each factor."""


@dataclass(frozen=True)
class Grid:
    """Every combination of levels; the last factor varies fastest. Of no factors there is one point."""

    levels: tuple[tuple[Any, ...], ...]

    def __len__(self) -> int:
        return math.prod(map(len, self.levels))

    def __iter__(self) -> Iterator[Row]:
        return itertools.product(*self.levels)

    def row(self, k: int) -> Row:
        found = []
        for levels in reversed(self.levels):
            k, which = divmod(k, len(levels))
            found.append(levels[which])
        return tuple(reversed(found))

    def has_duplicates(self) -> bool:
        return any(len(set(levels)) < len(levels) for levels in self.levels)


@dataclass(frozen=True)
class Rows:
    """Values side by side: the k-th of every factor is point k. columns  tuples or arrays, all of one length"""

    columns: tuple[Sequence[Any], ...]

    def __len__(self) -> int:
        return len(self.columns[0])

    def __iter__(self) -> Iterator[Row]:
        return map(self.row, range(len(self)))

    def row(self, k: int) -> Row:
        return tuple(v.item() if isinstance(v, np.generic) else v for v in (column[k] for column in self.columns))

    def has_duplicates(self) -> bool:
        return len(set(self)) < len(self)


@dataclass(frozen=True, eq=False)
class Drawn:
    """Points drawn in the unit cube, and stretched to the factors. share  (n_points, n_factors) from 0 to 1"""

    share: Floats
    axes: tuple[Levels | Range, ...]

    def __len__(self) -> int:
        return len(self.share)

    def __iter__(self) -> Iterator[Row]:
        return map(self.row, range(len(self)))

    def row(self, k: int) -> Row:
        return tuple(axis.value(float(share)) for axis, share in zip(self.axes, self.share[k], strict=True))

    def has_duplicates(self) -> bool:
        if any(isinstance(axis, Range) and not axis.is_whole for axis in self.axes):
            return False
        return len(set(self)) < len(self)


Design = Grid | Rows | Drawn


def latin_hypercube(axes: Sequence[Levels | Range], n_points: int, seed: int) -> Drawn:
    """One point in each n-th part of every factor's way, wherever the others are."""
    from scipy.stats import qmc

    return Drawn(qmc.LatinHypercube(len(axes), seed=seed).random(n_points), tuple(axes))


def sobol(axes: Sequence[Levels | Range], n_points: int, seed: int) -> Drawn:
    """Scrambled Sobol points: evenly spread, and the first of more points are the same."""
    from scipy.stats import qmc

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that n is no power of two is told by who asks
        return Drawn(qmc.Sobol(len(axes), scramble=True, seed=seed).random(n_points), tuple(axes))
