"""The values that a varied parameter takes: one by one, or from low to high."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Levels:
    """Values one by one."""

    values: tuple[Any, ...]

    def value(self, share: float) -> Any:
        """The value so far along, with a share from 0 to 1: each is equally likely."""
        return self.values[min(int(share * len(self.values)), len(self.values) - 1)]


@dataclass(frozen=True)
class Range:
    """Everything from low to high, both included; evenly in the logarithm where is_log."""

    low: float
    high: float
    is_log: bool
    is_whole: bool

    def value(self, share: float) -> float:
        """The value so far along. Whole numbers have an equal part of the way each (in the logarithm, of it)."""
        high = self.high + 1 if self.is_whole else self.high
        along = self.low * (high / self.low) ** share if self.is_log else self.low + share * (high - self.low)
        return min(int(along), int(self.high)) if self.is_whole else min(max(along, self.low), self.high)

    def evenly(self, count: int) -> tuple[Any, ...]:
        """So many values with the same distance, or the same ratio; the first is low and the last is high."""
        steps = [k / (count - 1) for k in range(1, count - 1)]
        span, ratio = self.high - self.low, self.high / self.low if self.is_log else 1.0
        inner = [self.low * ratio**step if self.is_log else self.low + span * step for step in steps]
        rounded = [round(v) if self.is_whole else float(f"{v:.12g}") for v in inner]  # 0.3, not 0.30000000000000004
        return (self.low, *rounded, self.high)
