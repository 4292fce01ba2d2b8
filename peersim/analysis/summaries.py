"""Outcomes of whole communities, over seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.outcomes import OUTCOMES


def outcome_means(
    means: Sequence[NDArray[np.float64]], sds: Sequence[NDArray[np.float64]]
) -> dict[str, dict[str, Any]]:
    """Name -> mean, standard deviation between people (both means over seeds) and unit."""
    mean, sd = np.mean(means, axis=0), np.mean(sds, axis=0)
    return {
        outcome.name: {"mean": float(mean[k]), "sd": float(sd[k]), "unit": outcome.unit}
        for k, outcome in enumerate(OUTCOMES)
    }
