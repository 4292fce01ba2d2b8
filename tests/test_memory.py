"""What moves memory in compiled code does what slices of numpy do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peersim.memory import move
from tests.compiled_calls import compiled_call
from tests.worlds import small


@pytest.mark.parametrize("kind", [np.int8, np.uint32, np.float32, np.float64, np.uint64])
@small
@given(places=st.lists(st.integers(0, 40), min_size=2, max_size=2), to=st.integers(0, 40), seed=st.integers(0, 99))
def test_a_run_moves_as_a_slice_does(kind, places, to, seed):
    """Forth and back, near, so that the two places overlap, and far; an empty run too, and nothing else moves."""
    since, until = sorted(places)
    until = min(until, since + 40 - to)
    values = (100 * np.random.default_rng(seed).random(40)).astype(kind)
    expected = values.copy()
    expected[to : to + max(0, until - since)] = values[since : max(since, until)]
    compiled_call(move)(values, to, since, max(since, until))
    assert values.tobytes() == expected.tobytes()
