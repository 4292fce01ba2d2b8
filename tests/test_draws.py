"""Draws are addresses: the compiled generator gives the same values as whole numbers in plain Python."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from peersim.draws import Decision, directed, draw_key, draw_normals, draw_uniforms, halves, thirds
from tests.compiled_calls import compiled_call
from tests.reference import draws as plain
from tests.reference.telling import assert_same
from tests.worlds import small

seeds, days, subs = st.integers(0, 2**62), st.integers(-400, 40_000), st.integers(0, 100)
numbers = st.integers(0, 2**32 - 1)


@small
@given(seed=seeds, decision=st.sampled_from(Decision), day=days, sub=subs)
def test_keys_are_equal(seed, decision, day, sub):
    assert int(draw_key(seed, decision, day, sub)) == plain.key(seed, decision, day, sub)


@small
@given(seed=seeds, decision=st.sampled_from(Decision), day=days, sub=subs, who=numbers, other=numbers)
def test_draws_are_equal(seed, decision, day, sub, who, other):
    """Uniform draws bit for bit, normal ones but for the order of additions; of people and of ordered pairs."""
    address = np.array([who, who << 32 | other], np.uint64)
    uniforms = draw_uniforms(seed, decision, address, day=day, sub=sub).tolist()
    normals = draw_normals(seed, decision, address, day=day, sub=sub).tolist()
    assert uniforms == [plain.uniform(seed, decision, day, sub, *one) for one in ((who,), (who, other))]
    assert_same(normals, [plain.normal(seed, decision, day, sub, *one) for one in ((who,), (who, other))])


@small
@given(seed=seeds, decision=st.sampled_from(Decision), day=days, sub=subs, who=numbers, other=numbers)
def test_parts_of_a_word_are_equal(seed, decision, day, sub, who, other):
    """Halves and thirds bit for bit: of 64 bits, thirds leave the lowest one over."""
    key, pair = draw_key(seed, decision, day, sub), directed(who, other)
    assert list(compiled_call(halves)(key, pair)) == plain.split(2, seed, decision, day, sub, who, other)
    assert list(compiled_call(thirds)(key, pair)) == plain.split(3, seed, decision, day, sub, who, other)
