"""People in another order of rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def rows(value: Any, order: NDArray[np.int64]) -> Any:
    """A named tuple of arrays whose last axis is people, with the people in another order."""
    if isinstance(value, tuple):
        return type(value)(*(rows(part, order) for part in value))
    return np.ascontiguousarray(value[..., order])
