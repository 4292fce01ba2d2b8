"""How narrow an interval is, and when it is narrow enough for no further seed to be needed.

An interval that is looked at again and again is narrow by luck sooner or later. A minimum of seeds, and a look ahead
over a few more at which it has to stay narrow, keep its coverage near what it says. Student's interval misses more
often than it says where differences are skewed; then the interval is that of the bootstrap-t, and a warning says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from peersim.analysis.contrasts import LEVEL, t_interval
from peersim.draws import Decision, draw_uniforms
from peersim.people import Floats

LOOK_AHEAD = 5
"""Seeds over which an interval has to stay narrow."""
LEAST_SEEDS = 20
"""Below this many seeds no interval is trusted to be narrow."""
STRONG_SKEW = 1.0
"""Skewness, in absolute value, from which Student's interval is not used."""
_RESAMPLES = 1999
_AT_ONCE = 500_000
"""Values that are drawn at a time."""
_ALL_THE_SAME = 1e-9
"""Spread of a resample, for that of the values, that is rounding."""
_FAR = 1e6
_NOT_NEARLY = 2.0
"""Where Student's interval is so many times too wide, the bootstrap is not asked."""


@dataclass(frozen=True)
class Interval:
    """A mean with its interval. is_skewed  whether it is a bootstrap-t interval, because of strong skew"""

    mean: float
    low: float
    high: float
    is_skewed: bool

    @property
    def half_width(self) -> float:
        """Half of what lies between both ends, which need not lie evenly around the mean."""
        return 0.5 * (self.high - self.low)


def interval_of(values: Floats) -> Interval:
    """The interval of the mean of these values; ends are NaN below two of them.

    With few values skewness is mostly chance, and the bootstrap has too little to draw from: it is Student's then.
    """
    if len(values) >= LEAST_SEEDS and abs(skewness(values)) > STRONG_SKEW:
        mean, low, high = bootstrap_t(values)
        return Interval(mean, low, high, is_skewed=True)
    mean, half = t_interval(values)
    return Interval(mean, mean - half, mean + half, is_skewed=False)


def skewness(values: Floats) -> float:
    """The adjusted sample skewness G1; 0 where all values are the same."""
    n, deviations = len(values), values - values.mean()
    spread = float((deviations**2).mean())
    if n < 3 or spread <= (1e-12 * max(1.0, abs(float(values.mean())))) ** 2:
        return 0.0
    return float((deviations**3).mean() / spread**1.5 * (n * (n - 1)) ** 0.5 / (n - 2))


def bootstrap_t(values: Floats, resamples: int = _RESAMPLES) -> tuple[float, float, float]:
    """Mean, low and high of the bootstrap-t interval; the same values give the same interval.

    The studentised mean is drawn from the values themselves instead of from Student's distribution, so that the
    interval is longer on the side of the long tail. Resamples in which all values are the same say nothing.
    """
    n, mean, sd = len(values), float(values.mean()), float(values.std(ddof=1))
    found = []
    for first in range(0, resamples, max(1, _AT_ONCE // n)):
        last = min(resamples, first + max(1, _AT_ONCE // n))
        luck = draw_uniforms(0, Decision.RESAMPLE, np.arange(first * n, last * n, dtype=np.uint64)).reshape(-1, n)
        drawn = values[np.minimum((luck * n).astype(np.int64), n - 1)]
        spread = drawn.std(axis=1, ddof=1)
        told = spread > _ALL_THE_SAME * sd
        found.append((drawn.mean(axis=1)[told] - mean) / (spread[told] / n**0.5))
    t = np.concatenate(found)
    tail = 0.5 - LEVEL / 2
    low_t, high_t = np.quantile(t, [tail, 1.0 - tail])
    error = sd / n**0.5
    return mean, mean - float(high_t) * error, mean - float(low_t) * error


class Search:
    """How many seeds one contrast needs, found seed by seed; what was found once is not computed again.

    half_width    wanted
    least         seeds that say something, before which no interval is believed
    most          seeds
    """

    def __init__(self, half_width: float, least: int, most: int) -> None:
        self.half_width = half_width
        self.least = least
        self.most = most
        self._half_widths: list[float] = []

    def seeds(self, values: NDArray[np.float64]) -> tuple[int, bool]:
        """How many seeds there should be, and whether that is the last word.

        values  (n_seeds,) the differences of the first seeds, in their order; NaN for a seed that says nothing
        """
        told = np.flatnonzero(~np.isnan(values))
        for n in range(self.least + len(self._half_widths), len(told) + 1):
            self._half_widths.append(self._half_width_of(values[told[:n]]))
        in_a_row = 0
        for k, half_width in enumerate(self._half_widths):
            in_a_row = in_a_row + 1 if half_width <= self.half_width else 0
            if in_a_row > LOOK_AHEAD:
                return int(told[self.least + k - 1]) + 1, True
        if len(values) >= self.most:
            return self.most, True
        return min(self.most, len(values) + self._more(len(told))), False

    def _half_width_of(self, values: Floats) -> float:
        _, students = t_interval(values)
        return students if students > _NOT_NEARLY * self.half_width else interval_of(values).half_width

    @property
    def last(self) -> float:
        """Half-width of the interval of all seeds looked at so far; infinite before the least of them."""
        return self._half_widths[-1] if self._half_widths else np.inf

    def _more(self, n: int) -> int:
        """How many further seeds to live before looking again: as many as the width says, and a few at least.

        n  seeds so far that say something; at most as many again
        """
        if n < self.least:
            return self.least + LOOK_AHEAD - n
        needed = (min(self.last, _FAR * self.half_width) / self.half_width) ** 2 * n
        return max(LOOK_AHEAD, int(min(n, np.ceil(needed) + LOOK_AHEAD - n)))
