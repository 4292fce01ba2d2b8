"""How narrow an interval is, and when there are enough seeds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.analysis.contrasts import t_interval
from peersim.analysis.precision import LOOK_AHEAD, Search, bootstrap_t, interval_of, skewness
from peersim.draws import Decision, draw_normals, draw_uniforms


def normals(seed, n):
    return draw_normals(seed, Decision.USER, np.arange(n))


def skewed(seed, n):
    """An exponential distribution with mean 1 and skewness 2."""
    return -np.log1p(-draw_uniforms(seed, Decision.USER, np.arange(n)))


@settings(deadline=None, max_examples=50, derandomize=True)
@given(st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=60))
def test_skewness_is_the_adjusted_one(values):
    """The same as scipy's without bias."""
    from scipy import stats

    values = np.array(values)
    if values.std() > 1e-3:
        assert skewness(values) == pytest.approx(stats.skew(values, bias=False), rel=1e-6, abs=1e-9)


def test_values_that_are_all_the_same_are_not_skewed():
    """And their interval is as narrow as can be."""
    assert skewness(np.full(30, 0.1)) == 0.0
    assert interval_of(np.full(30, 0.1)).half_width < 1e-15


def test_no_interval_of_one_value():
    """Nothing is known of its spread."""
    assert np.isnan(interval_of(np.array([1.0])).half_width)


def test_little_skew_takes_students_interval():
    """And says so."""
    values = normals(1, 40)
    mean, half = t_interval(values)
    found = interval_of(values)
    assert not found.is_skewed
    assert (found.mean, found.half_width) == pytest.approx((mean, half))


def test_strong_skew_takes_the_bootstrap_t():
    """Its interval reaches further towards the long tail; the same values always have the same interval."""
    values = skewed(3, 25)
    assert skewness(values) > 1
    found = interval_of(values)
    assert found.is_skewed
    assert found.high - found.mean > found.mean - found.low > 0
    assert found == interval_of(values.copy())


def test_bootstrap_t_turns_with_its_values():
    """Mirrored, moved and stretched values have the interval mirrored, moved and stretched."""
    values = skewed(5, 30)
    mean, low, high = bootstrap_t(values)
    assert bootstrap_t(3.0 - 2.0 * values) == pytest.approx((3 - 2 * mean, 3 - 2 * high, 3 - 2 * low))


def test_bootstrap_t_covers_a_skewed_mean_better_than_students():
    """20 values of an exponential distribution, 600 times: Student's covers some 92 %, the bootstrap-t about 95."""
    covered = np.zeros(2)
    for seed in range(600):
        values = skewed(1000 + seed, 20)
        mean, half = t_interval(values)
        _, low, high = bootstrap_t(values, resamples=499)
        covered += abs(mean - 1.0) <= half, low <= 1.0 <= high
    student, bootstrap = covered / 600
    assert bootstrap > student
    assert abs(bootstrap - 0.95) < 4 * (0.95 * 0.05 / 600) ** 0.5


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.integers(0, 10_000), st.floats(0.05, 1.0), st.integers(1, 60))
def test_how_far_is_lived_ahead_does_not_matter(seed, wanted, step):
    """Looked at seed by seed, or in steps of any size, a search ends with the same number of seeds."""
    values = normals(seed, 200)
    at_once, _ = Search(wanted, 20, 200).seeds(values)
    search, n = Search(wanted, 20, 200), min(25, step)
    while True:
        found, is_final = search.seeds(values[:n])
        if is_final:
            break
        assert n < found <= 200
        n = min(200, max(found, n + step))
    assert found == at_once


@settings(deadline=None, max_examples=40, derandomize=True)
@given(st.integers(0, 10_000), st.floats(0.05, 1.0))
def test_a_search_ends_where_the_interval_stays_narrow(seed, wanted):
    """It is narrow at the last seeds, in a row, and never was so for long before; with as many as may be it ends."""
    values = normals(seed, 300)
    n, is_final = Search(wanted, 20, 300).seeds(values)
    assert is_final

    def is_narrow(k):
        return interval_of(values[:k]).half_width <= wanted

    if n < 300:
        assert n >= 20 + LOOK_AHEAD
        assert all(is_narrow(k) for k in range(n - LOOK_AHEAD, n + 1))
    for k in range(20, n - LOOK_AHEAD):
        assert not all(is_narrow(m) for m in range(k, k + LOOK_AHEAD + 1))


def test_seeds_that_say_nothing_are_no_values():
    """A failed run leaves a gap: the interval is that of the others."""
    values = normals(7, 100)
    with_gaps = values.copy()
    with_gaps[::4] = np.nan
    n, _ = Search(0.4, 20, 100).seeds(with_gaps)
    told = with_gaps[:n][~np.isnan(with_gaps[:n])]
    assert interval_of(told).half_width <= 0.4
    assert Search(0.4, 20, 100).seeds(np.full(100, np.nan)) == (100, True)


def test_seeds_that_say_nothing_do_not_count_as_narrow():
    """Neither towards the least of seeds nor towards those over which an interval stays narrow."""
    values = np.concatenate([normals(3, 20), np.full(5, np.nan)])
    assert not Search(10.0, 20, 100).seeds(values)[1]
    few = np.concatenate([normals(3, 3), np.full(40, np.nan)])
    assert not Search(10.0, 20, 100).seeds(few)[1]


def test_few_values_take_students_interval_however_skewed():
    """With less than twenty skewness is mostly chance."""
    values = skewed(3, 19)
    assert not interval_of(values).is_skewed


def test_one_value_apart_leaves_the_interval_finite():
    """Resamples without it have no spread but rounding, and say nothing."""
    values = np.append(np.full(19, 0.1), 0.5)
    found = interval_of(values)
    assert found.is_skewed
    assert found.high < 1.0


@pytest.mark.slow
def test_stopping_keeps_most_of_the_coverage():
    """1,000 searches for a half-width of .3 sd: of the intervals that they end with, at least 92 % cover the mean."""
    n_covering = 0
    for seed in range(1000):
        values = normals(seed, 200)
        n, _ = Search(0.3, 20, 200).seeds(values)
        found = interval_of(values[:n])
        n_covering += found.low <= 0.0 <= found.high
    assert n_covering / 1000 > 0.95 - 4 * (0.95 * 0.05 / 1000) ** 0.5
