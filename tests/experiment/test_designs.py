"""Points: every combination, side by side, or drawn so that each factor is covered."""

import itertools
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peersim.experiment.axes import Levels, Range
from peersim.experiment.designs import Grid, Rows, latin_hypercube, sobol
from peersim.experiment.points import Points

UNIT = Range(0.0, 1.0, is_log=False, is_whole=False)
grids = st.lists(st.lists(st.integers(), min_size=1, max_size=4).map(tuple), max_size=4).map(tuple)


@given(grids)
def test_a_grid_is_every_combination_and_the_last_varies_fastest(levels):
    """As many points as the product of the levels, in the order of nested loops; of no factors there is one point."""
    grid = Grid(levels)
    assert len(grid) == math.prod(len(values) for values in levels)
    assert [grid.row(k) for k in range(len(grid))] == list(itertools.product(*levels)) == list(grid)


def test_a_large_grid_takes_no_room():
    """A point in the middle of 10^12 is found without making the others."""
    grid = Grid((tuple(range(1000)),) * 4)
    assert grid.row(123_456_789_012) == (123, 456, 789, 12)


@given(st.lists(st.tuples(st.integers(), st.text()), min_size=1))
def test_side_by_side_the_kth_of_each_is_point_k(rows):
    design = Rows(tuple(zip(*rows, strict=True)))
    assert [design.row(k) for k in range(len(design))] == rows == list(design)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 40), st.integers(1, 4), st.integers(0, 2**62))
def test_a_latin_hypercube_has_one_point_in_each_stratum_of_each_factor(n, n_factors, seed):
    values = np.array(list(latin_hypercube([UNIT] * n_factors, n, seed)))
    strata = np.sort(np.floor(values * n).astype(int), axis=0)
    assert (strata == np.arange(n)[:, None]).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 200), st.integers(1, 200), st.integers(1, 3), st.integers(0, 2**62))
def test_sobol_points_are_the_first_of_more(n, more, n_factors, seed):
    """To widen a sweep keeps all its points; asked twice, they are the same."""
    axes = [Range(0.5, 8.0, is_log=True, is_whole=False)] * n_factors
    assert list(sobol(axes, n, seed)) == list(sobol(axes, n + more, seed))[:n]


@pytest.mark.parametrize("draw", [latin_hypercube, sobol])
def test_drawn_points_follow_their_seed(draw):
    """The same seed gives the same points, another seed others."""
    assert list(draw([UNIT, UNIT], 16, 1)) == list(draw([UNIT, UNIT], 16, 1))
    assert list(draw([UNIT, UNIT], 16, 1)) != list(draw([UNIT, UNIT], 16, 2))


@pytest.mark.parametrize(
    "axis", [Range(3, 6, is_log=False, is_whole=True), Levels((3, 4, 5, 6)), Levels(("a", "b", "c", "d"))]
)
@pytest.mark.parametrize("draw", [latin_hypercube, sobol])
def test_whole_numbers_and_levels_are_equally_likely(axis, draw):
    """64 points have each of the four 16 times: they are even in the way."""
    assert list(Counter(draw([axis, UNIT], 64, 5).row(k)[0] for k in range(64)).values()) == [16] * 4


@given(st.floats(0.001, 1e6), st.floats(1.001, 1e6), st.booleans(), st.booleans(), st.floats(0, 1))
def test_a_range_is_never_left(low, ratio, is_log, is_whole, share):
    ends = (math.ceil(low), math.ceil(low * ratio) + 1) if is_whole else (low, low * ratio)
    value = Range(*ends, is_log, is_whole).value(share)
    assert ends[0] <= value <= ends[1]
    assert isinstance(value, int) == is_whole


@given(st.floats(0.01, 100), st.floats(1.1, 100), st.integers(2, 30))
def test_evenly_spaced_values_have_one_distance_or_one_ratio(low, ratio, count):
    """Both ends are met to the last bit; between them, to the twelve digits that are kept."""
    high = low * ratio
    straight = Range(low, high, is_log=False, is_whole=False).evenly(count)
    bent = Range(low, high, is_log=True, is_whole=False).evenly(count)
    for values in (straight, bent):
        assert (len(values), values[0], values[-1]) == (count, low, high)
    np.testing.assert_allclose(np.diff(straight), (high - low) / (count - 1), rtol=1e-7)
    np.testing.assert_allclose(np.array(bent[1:]) / bent[:-1], ratio ** (1 / (count - 1)), rtol=1e-10)


def test_evenly_spaced_values_are_short_to_write():
    """0.3 is 0.3."""
    assert Range(0.1, 0.5, is_log=False, is_whole=False).evenly(5) == (0.1, 0.2, 0.3, 0.4, 0.5)
    assert Range(1, 100, is_log=True, is_whole=True).evenly(3) == (1, 10, 100)


def test_points_left_out_are_skipped_and_counted():
    """A point's number counts those that are there."""
    points = Points(("a", "b"), Grid(((1, 2), (3, 4))), np.array([1, 2], dtype=np.int64))
    assert (len(points), points.left_out, points.values(0), points.values(1)) == (2, 2, (1, 4), (2, 3))
    for k in (-1, 2):
        with pytest.raises(IndexError, match=f"no point {k}"):
            points.values(k)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=6))
def test_duplicates_are_noticed(rows):
    assert Rows(tuple(zip(*rows, strict=True))).has_duplicates() == (len(set(rows)) < len(rows))
    assert Grid((tuple(rows),)).has_duplicates() == (len(set(rows)) < len(rows))


def test_only_counted_factors_can_be_drawn_twice():
    whole = Range(1, 2, is_log=False, is_whole=True)
    assert sobol([whole], 4, 1).has_duplicates()
    assert not sobol([whole, UNIT], 4, 1).has_duplicates()
