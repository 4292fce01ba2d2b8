"""How far a network keeps its structure: number of ties and clustering as built, on day 0 and after the last day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from peersim.networks.structure import clustering, n_kept
from peersim.ties import Ties
from peersim.world import World

_MOMENTS = ("built", "day_0", "last")


class Shape(NamedTuple):
    """A network on one morning.

    degree      ties a person, mean
    clustering  share of the pairs of a person's friends who are tied themselves, mean over everyone
    """

    degree: float
    clustering: float


@dataclass(frozen=True)
class Structure:
    """A network as built, on the morning of day 0, and after the last day.

    degree      ties a person, mean, at each of the three
    clustering  as in `Shape`, at each of the three
    kept        share of the ties of day 0 that are there after the last day; NaN where there were none
    """

    degree: tuple[float, ...]
    clustering: tuple[float, ...]
    kept: float

    @property
    def drift(self) -> dict[str, float]:
        """By how much, as a share, the last day differs from the network as built; NaN where that was 0."""
        ends = {"degree": self.degree, "clustering": self.clustering}
        return {name: last / first - 1.0 if first else np.nan for name, (first, _, last) in ends.items()}

    def as_dict(self) -> dict[str, object]:
        """As `--json` has it."""
        return {**asdict(self), "drift": self.drift}

    def as_row(self) -> dict[str, float]:
        """As a table has it: degree_built, degree_day_0, degree_last, the same of clustering, and kept."""
        moments = {"degree": self.degree, "clustering": self.clustering}
        row = {f"{name}_{_MOMENTS[k]}": values[k] for name, values in moments.items() for k in range(3)}
        return {**row, "kept": self.kept}


def shape_of(world: World) -> Shape:
    """Look at a world; nothing in it changes."""
    ties, in_order = world.ties, world.people.row_of
    return Shape(
        degree=float(ties.other.size / world.n_people),
        clustering=float(clustering(ties.start, ties.other)[in_order].mean()),
    )


def structure_of(
    built: Shape, settled: Shape, before: tuple[NDArray[Any], NDArray[Any]], after: World
) -> Structure:
    """What became of a network.

    before  `start` and `other` of the ties of day 0
    after   the same people after the last day
    """
    last = shape_of(after)
    return Structure(
        degree=(built.degree, settled.degree, last.degree),
        clustering=(built.clustering, settled.clustering, last.clustering),
        kept=share_kept(*before, after.ties),
    )


def share_kept(start: NDArray[Any], other: NDArray[Any], after: Ties) -> float:
    """Share of the ties of one morning that are there on a later one; NaN where there were none."""
    kept = n_kept(start, other, after.start, after.other)
    return float(kept / other.size) if other.size else np.nan


def mean_structure(seeds: Sequence[Structure]) -> Structure:
    """Means over seeds."""
    return Structure(
        degree=tuple(np.mean([one.degree for one in seeds], axis=0).tolist()),
        clustering=tuple(np.mean([one.clustering for one in seeds], axis=0).tolist()),
        kept=float(np.mean([one.kept for one in seeds])),
    )
