"""A social network as it was found or made: who is tied to whom, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Network:
    """People and the ties between them, cleaned: no loops, no duplicates, each tie once.

    ids          name of each person in the source, in the order of their numbers
    first        (n_ties,) int32, the lower-numbered person of each tie; first < second
    second       (n_ties,) int32; ties are sorted by (first, second)
    strength     (n_ties,) rank of the tie's weight among all ties, in (0, 1), equal weights sharing the mean
                 rank; None where the source has no weights, or one weight for all, which ranks nothing
    is_partner   (n_ties,) True where the source says that the tie is a couple; None where it says nothing of
                 kinds
    attributes   what the source says of people, each (n_people,): "age" (rank in (0, 1)), "group" (whole
                 codes from 0, a department, class or other group) and "sex" (0 or 1; female 0 and male 1
                 where the source uses such words); absent where the source says nothing. A person not known
                 has the age and sex NaN and the group -1
    summary      the line that tells what was read and what was cleaned
    counts       the numbers behind that line, by name
    """

    ids: tuple[str, ...]
    first: NDArray[np.int32]
    second: NDArray[np.int32]
    strength: NDArray[np.float64] | None = None
    is_partner: NDArray[np.bool_] | None = None
    attributes: Mapping[str, NDArray[Any]] = field(default_factory=dict)
    summary: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def n_people(self) -> int:
        return len(self.ids)
