"""The points of a sweep: what is varied, and the values at each point that is not left out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.experiment.designs import Design


@dataclass(frozen=True, eq=False)
class Points:
    """Points by number, from 0.

    names     the varied parameters in full, in the file's order
    kept      which points of the design there are; None for all of them
    left_out  how many `where` leaves out
    """

    names: tuple[str, ...]
    design: Design
    kept: NDArray[np.int64] | None = None

    def __len__(self) -> int:
        return len(self.design) if self.kept is None else len(self.kept)

    @property
    def left_out(self) -> int:
        return len(self.design) - len(self)

    def values(self, k: int) -> tuple[Any, ...]:
        """The values at point k, in the order of the names. Raises IndexError if there is no such point."""
        if not 0 <= k < len(self):
            raise IndexError(f"there are {len(self)} points, counted from 0, and no point {k}")
        return self.design.row(k if self.kept is None else int(self.kept[k]))
