"""Differences between arms: paired person by person, an interval over seeds, d between people."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.analysis.contrasts import SeedDifference, difference_of, over_seeds, t_interval, worse_off

ADDRESS = {"arm": "a", "reference": "b", "outcome": "stress", "unit": "points", "population": "everyone"}


def test_difference_is_the_mean_of_paired_differences():
    """Three people, one of them not meant."""
    found = difference_of(np.array([1.0, 5.0, 9.0]), np.array([2.0, 3.0, 0.0]), np.array([True, True, False]))
    assert found == SeedDifference((-1.0 + 2.0) / 2, np.std([2.0, 3.0], ddof=1), 2)


def test_nobody_meant_gives_no_number():
    """An empty population has no mean: NaN, never 0."""
    found = difference_of(np.ones(3), np.zeros(3), np.zeros(3, bool))
    assert np.isnan(found.difference)
    assert over_seeds([found, found], **ADDRESS).seeds == 0


@settings(deadline=None, max_examples=50, derandomize=True)
@given(st.lists(st.floats(-100, 100), min_size=2, max_size=30))
def test_interval_is_students(values):
    """The same as scipy's own interval for a mean; equal but for rounding."""
    from scipy import stats

    mean, half = t_interval(np.array(values))
    if np.std(values) > 1e-9:
        low, high = stats.t.interval(0.95, len(values) - 1, loc=np.mean(values), scale=stats.sem(values))
        assert (mean - half, mean + half) == pytest.approx((low, high), abs=1e-9)


def test_interval_covers_a_known_mean_as_often_as_it_says():
    """95 % of 4,000 intervals, give or take 4 standard errors (1 false alarm in ~16,000)."""
    rng = np.random.default_rng(7)
    hit = 0
    for _ in range(4000):
        mean, half = t_interval(rng.normal(1.0, 2.0, size=8))
        hit += abs(mean - 1.0) <= half
    assert abs(hit / 4000 - 0.95) < 4 * (0.95 * 0.05 / 4000) ** 0.5


def test_d_is_in_standard_deviations_between_people():
    """Difference 2 where people differ by 4 is half a standard deviation, however little seeds differ."""
    found = over_seeds([SeedDifference(2.0, 4.0, 10), SeedDifference(2.0, 4.0, 20)], **ADDRESS)
    assert (found.d, found.d_low, found.d_high, found.people) == (0.5, 0.5, 0.5, 15)


def test_one_seed_has_no_interval():
    """One replicate tells nothing of chance."""
    found = over_seeds([SeedDifference(2.0, 4.0, 10)], **ADDRESS)
    assert found.difference == 2.0
    assert np.isnan(found.low)


def test_worse_off_counts_only_who_is_clearly_worse():
    """More than 5 points: 5 exactly is not."""
    found = worse_off(np.array([5.0, 5.1, 0.0, 20.0]), np.zeros(4), np.array([True, True, True, False]))
    assert found.difference == 1 / 3
