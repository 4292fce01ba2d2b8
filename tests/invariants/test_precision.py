"""Numbers rest in single precision: a life is the one that double precision would live, but for rounding."""

import numpy as np
import pytest

from peersim.people import States
from peersim.processes import couples
from peersim.scenario import rules_of
from peersim.simulate import live, settled_world
from peersim.trace import new_trace
from tests.communities import busy_programmes, scenario_of
from tests.compiled_calls import compiled_call
from tests.worlds import in_double

DAYS = 30


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_month_in_single_precision_is_the_month_in_double(seed):
    """From one morning on, with every preset: the same is decided every day, and states stay within 1e-5.

    A night rounds a state by 2^-25 at most; thirty of them, if nothing wore off, come to 1e-6, and people pass on to
    others what they have. A decision would differ where a draw falls within 1e-7 of its chance: these seeds have none.
    """
    scenario = scenario_of(300, programmes=busy_programmes())
    single = settled_world(scenario, seed)
    double = in_double(single)
    traces = [new_trace(0, DAYS, 300) for _ in range(2)]
    for world, trace in zip((single, double), traces, strict=True):
        live(world, scenario, DAYS, trace)
    assert (single.people.now.stress.dtype, double.people.now.stress.dtype) == (np.float32, np.float64)
    assert traces[0].tally.tolist() == traces[1].tally.tolist()
    assert single.ties.pair.tolist() == double.ties.pair.tolist()
    assert single.circles.is_active.tolist() == double.circles.is_active.tolist()
    for name in States._fields:
        apart = np.abs(getattr(single.people.now, name) - getattr(double.people.now, name))
        assert apart.max() < 1e-5, name
    for name in ("closeness", "trust", "similarity"):
        assert np.abs(getattr(single.ties, name) - getattr(double.ties, name)).max() < 1e-5, name
    assert np.abs(single.people.load - double.people.load).max() < 1e-5


def test_partners_fall_out_together_in_single_precision():
    """Both come to the same chance, bit for bit: none of 20 million draws parts two.

    One is stressed, the other calm, and conflict hangs on their mean as strongly as it may. What is seen of the partner
    is kept as it is: less the usual stress, and in single precision, it would part some.
    """
    n, luck = 200_000, np.random.default_rng(1)
    away = np.repeat(luck.uniform(0.25, 0.33, n // 2), 2) * np.tile([1, -1], n // 2)
    stress, communication = (0.33 + away + luck.normal(0, 0.01, n)).astype(np.float32), np.full(n, 0.5, np.float32)
    partner = (np.arange(n) ^ 1).astype(np.int32)
    couple = (np.arange(n) // 2 * 2).astype(np.uint32)
    rules = rules_of(scenario_of(couples={"conflict_rate": 0.5, "conflict_stress": 50.0}))
    stressed, skilled, conflict = (np.empty(n, np.float32) for _ in range(3))
    compiled_call(couples.look_at_partner)(stressed, skilled, stress, communication, partner, 0.33)
    for day in range(200):
        compiled_call(couples.fall_out)(
            conflict, stress, stressed, communication, skilled, partner, couple, 0.33, 0.5, rules.couples, 1, day
        )
        assert np.array_equal(conflict[::2], conflict[1::2])
    assert 0 < conflict.mean() < 1
