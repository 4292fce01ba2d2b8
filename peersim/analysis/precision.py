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
_FAR = 1e6


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
    """The interval of the mean of these values; ends are NaN below two of them."""
    if len(values) > 2 and abs(skewness(values)) > STRONG_SKEW:
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
    n = len(values)
    luck = draw_uniforms(0, Decision.RESAMPLE, np.arange(resamples * n, dtype=np.uint64)).reshape(resamples, n)
    drawn = values[np.minimum((luck * n).astype(np.int64), n - 1)]
    spread = drawn.std(axis=1, ddof=1)
    told = spread > 0.0
    mean = float(values.mean())
    t = (drawn.mean(axis=1)[told] - mean) / (spread[told] / n**0.5)
    tail = 0.5 - LEVEL / 2
    low_t, high_t = np.quantile(t, [tail, 1.0 - tail])
    error = float(values.std(ddof=1)) / n**0.5
    return mean, mean - float(high_t) * error, mean - float(low_t) * error


class Search:
    """How many seeds one contrast needs, found seed by seed; what was found once is not computed again.

    half_width    wanted
    least, most   seeds
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
        first = min(self.least, self.most)
        for n in range(first + len(self._half_widths), len(values) + 1):
            told = values[:n][~np.isnan(values[:n])]
            self._half_widths.append(interval_of(told).half_width if len(told) > 1 else np.inf)
        narrow = np.array(self._half_widths) <= self.half_width
        in_a_row = 0
        for k, is_narrow in enumerate(narrow):
            in_a_row = in_a_row + 1 if is_narrow else 0
            if in_a_row > LOOK_AHEAD:
                return first + k, True
        if len(values) >= self.most:
            return self.most, True
        return min(self.most, self._next(len(values))), False

    @property
    def last(self) -> float:
        """Half-width of the interval of all seeds looked at so far; infinite before the least of them."""
        return self._half_widths[-1] if self._half_widths else np.inf

    def _next(self, n: int) -> int:
        """How far to go before looking again: as far as the width says, at most twice as far, and a few at least."""
        if n < self.least:
            return self.least + LOOK_AHEAD
        needed = (min(self.last, _FAR * self.half_width) / self.half_width) ** 2 * n
        return max(n + LOOK_AHEAD, int(min(2 * n, np.ceil(needed) + LOOK_AHEAD)))
