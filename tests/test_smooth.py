"""Smooth functions and their cheap bounds: a bound is never below its function, and near it where it matters."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peersim.smooth import exponential, exponential_at_most, logistic, logistic_at_most
from tests.worlds import small

ROUNDING = 1e-10
"""How precise the compiled exponential is on the scale on which bounds matter; a bound may be touched that closely."""

BOUNDS = [(exponential, exponential_at_most), (logistic, logistic_at_most)]
anywhere = st.floats(-1000.0, 1000.0) | st.floats(-4.0, 1.0) | st.floats(-1e-3, 1e-3)


@pytest.mark.parametrize(("function", "at_most"), BOUNDS)
@small
@given(x=anywhere)
def test_a_bound_is_never_below_its_function(function, at_most, x):
    """On either side of 0, where the bound is 1: of the exponential it is one below 0 only."""
    if x <= 0.0 or function is logistic:
        assert function(x) <= at_most(x) * (1.0 + ROUNDING)
    if x >= 0.0:
        assert at_most(x) == 1.0


@pytest.mark.parametrize(
    ("function", "at_most", "apart"), [(*BOUNDS[0], (0.004, 0.06)), (*BOUNDS[1], (0.003, 0.05))]
)
def test_a_bound_is_near_its_function(function, at_most, apart):
    """The first five terms of e^y leave out y^5/120 and more: .4 % of the exponential at 1, 6 % at 2."""
    for least, room in zip((-1.0, -2.0), apart, strict=True):
        for x in np.linspace(least, 0.0, 1001)[:-1]:
            assert function(x) <= at_most(x) * (1.0 + ROUNDING) <= function(x) * (1.0 + room)


@small
@given(x=st.floats(-1000.0, 1000.0))
def test_the_exponential_is_as_near_as_it_says(x):
    held = min(40.0, max(-40.0, x))
    assert exponential(x) == pytest.approx(math.exp(held), rel=1e-11 if abs(held) < 10 else 2e-7)
    assert logistic(x) == pytest.approx(1 / (1 + math.exp(-held)), abs=1e-11)
