"""The generator of keyed draws: what an ideal one would do, and what makes two scenarios comparable.

Statistical laws: a failure means a deviation that ideal draws show less than once in a million; seeds are fixed, so
that a test that passes keeps passing. They run on 10^6 draws by default and on 10^8 with `-m slow`.
"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from peersim.compiled import entry_point
from peersim.draws import (
    Decision,
    directed,
    draw_key,
    draw_normals,
    draw_uniforms,
    halves,
    mix,
    normal,
    thirds,
    undirected,
    uniform,
)
from tests.randomness.addresses import GRIDS, STEPS, one_day, one_life, people_by_days, ties_by_days
from tests.randomness.generators import PEERSIM, WEAK
from tests.randomness.laws import (
    INPUT_BITS,
    avalanche,
    chi_square,
    of_z,
    repeated_keys,
    repeats,
    serial,
    spacings,
    uniformity,
)

ODD = 1e-6
"""What ideal draws do less often than this is held against the generator."""

SIZES = (pytest.param(10**6, id="10^6"), pytest.param(10**8, id="10^8", marks=pytest.mark.slow))
NUMBERS = st.integers(0, 2**32 - 1)


def odd(results):
    """What was looked at and found too odd."""
    return [(what, p) for what, p in results if not p >= ODD]


# ---- uniform and independent ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("grid", GRIDS, ids=lambda grid: grid.__name__)
def test_every_16_bits_are_uniform(grid, n):
    """High and low bits alike, across people, days, seeds and ties."""
    assert not odd(uniformity(PEERSIM, n, grid))


@entry_point
def _halves(out, of, who):
    for e in range(who.size):
        out[0, e], out[1, e] = halves(of, who[e])


@entry_point
def _thirds(out, of, who):
    for e in range(who.size):
        out[0, e], out[1, e], out[2, e] = thirds(of, who[e])


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize(("cut", "parts"), [(_halves, 2), (_thirds, 3)], ids=["halves", "thirds"])
def test_parts_of_a_word_are_uniform_and_independent(n, cut, parts):
    """Over ties and days: in the highest and in the lowest bits of each part, and in the high bits of all together."""
    width, cells = (32, 21)[parts - 2], (64, 16)[parts - 2]
    alone, together = np.zeros((parts, 2, 1 << 12), np.int64), np.zeros(cells**parts, np.int64)
    for at in ties_by_days(n):
        found = np.empty((parts, at.who.size))
        days = at.day[np.r_[True, np.diff(at.day) > 0]]
        for day in days:
            here = at.day == day
            drawn = np.empty((parts, int(here.sum())))
            cut(drawn, draw_key(at.seed, at.decision, int(day), at.sub), at.who[here])
            found[:, here] = drawn
        assert (found >= 0).all() and (found < 1).all()
        for k in range(parts):
            whole = (found[k] * 2**width).astype(np.int64)
            alone[k, 0] += np.bincount(whole >> width - 12, minlength=1 << 12)
            alone[k, 1] += np.bincount(whole & 0xFFF, minlength=1 << 12)
        cell = np.ravel_multi_index(tuple((found * cells).astype(np.int64)), (cells,) * parts)
        together += np.bincount(cell, minlength=cells**parts)
    assert min(chi_square(counts) for part in alone for counts in part) >= ODD
    assert chi_square(together) >= ODD


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("step", STEPS)
def test_neighbouring_addresses_are_independent(step, n):
    assert not odd(serial(PEERSIM, n, step))


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("grid", [one_day, one_life, people_by_days, ties_by_days], ids=lambda grid: grid.__name__)
def test_draws_repeat_as_often_as_chance_has_it(grid, n):
    """Whole draws never: among 10^8 of 64 bits a repeat has a chance of 3 in 10,000."""
    assert not odd(repeats(PEERSIM, n, grid))


@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize("lowest", [False, True], ids=["highest bits", "lowest bits"])
def test_birthdays_are_spaced_by_chance(lowest, n):
    assert not odd(spacings(PEERSIM, n, lowest))


@pytest.mark.parametrize("n", [pytest.param(10**7, id="10^7"), pytest.param(10**8, id="10^8", marks=pytest.mark.slow)])
def test_no_two_passes_share_a_key(n):
    """No day ever repeats another, whatever the decision, the sub-index and the seed."""
    assert repeated_keys(PEERSIM, n) == 0


@pytest.mark.parametrize("n", [pytest.param(2**14, id="2^14"), pytest.param(2**20, id="2^20", marks=pytest.mark.slow)])
@pytest.mark.parametrize("part", INPUT_BITS)
def test_every_bit_of_an_address_flips_half_of_the_draw(part, n):
    """Each of the 64 bits half the time, and no two of them together.

    With six standard errors of n flips a bit has one chance in 5 * 10^8 to look wrong. The single mix between person
    and draw is not ideal: measured on 2^20 draws, flips are up to .2 % off one half, and those of two bits are
    correlated by up to .01, or .06 for the highest bits of a pair.
    """
    results = dict(avalanche(PEERSIM, n, part))
    assert np.abs(results["flips"] - 0.5).max() < 0.002 + 6 * 0.5 / n**0.5
    assert results["greatest correlation"] < (0.07 if part == "pair" else 0.01) + 6 / n**0.5


CAUGHT = {
    "unmixed": {"uniform": people_by_days, "serial": "the next person", "flips": "who"},
    "multiplied only": {"serial": "the next day", "flips": "pair"},
    "squeezed key": {"keys": None},
    "added": {"serial": "the sub-index for the decision", "keys": None},
    "counted": {"serial": "the next day, the previous person", "repeats": people_by_days},
    "squeezed pair": {"serial": "the other way round", "repeats": ties_by_days},
    "half mixed": {"serial": "the next person", "flips": "who"},
}
"""Which laws each weak generator breaks, and where."""


def breaks(generator, law, where):
    """Whether the generator is found out."""
    if law == "uniform":
        return bool(odd(uniformity(generator, 10**6, where)))
    if law == "serial":
        return bool(odd(serial(generator, 10**5, where)))
    if law == "repeats":
        return bool(odd(repeats(generator, 10**6, where)))
    if law == "keys":
        return repeated_keys(generator, 10**6) > 0
    return np.abs(dict(avalanche(generator, 2**12, where))["flips"] - 0.5).max() > 0.25


@pytest.mark.parametrize(
    ("weak", "law", "where"), [(weak, law, where) for weak, laws in CAUGHT.items() for law, where in laws.items()]
)
def test_weak_generators_are_caught(weak, law, where):
    """The laws above can fail: each of these generators breaks those named beside it, and ours breaks none."""
    assert breaks(WEAK[weak], law, where)
    assert not breaks(PEERSIM, law, where)


def test_weak_generators_are_all_named():
    assert set(CAUGHT) == set(WEAK)


# ---- addresses -----------------------------------------------------------------------------------------------------


def unmixed(words):
    """The words that `mix` scrambles to these: each of its steps undone."""

    def unshifted(x, by):
        whole = x.copy()
        for _ in range(64 // by):
            x = x >> np.uint64(by)
            whole = whole ^ x
        return whole

    words = unshifted(np.atleast_1d(np.asarray(words, np.uint64)), 31) * np.uint64(pow(0x94D049BB133111EB, -1, 2**64))
    words = unshifted(words, 27) * np.uint64(pow(0xBF58476D1CE4E5B9, -1, 2**64))
    return unshifted(words, 30)


@given(st.integers(0, 2**64 - 1))
@settings(deadline=None)  # the first call may compile
def test_mixing_is_one_to_one(word):
    """It can be undone, so that addresses that differ in one part only never meet."""
    assert unmixed(mix(np.uint64(word)))[0] == word


@given(st.integers(0, 2**64 - 1))
@settings(deadline=None)  # the first call may compile
def test_a_uniform_draw_is_its_52_highest_bits(word):
    """In [0, 1), a multiple of 2^-52; person 0's draw is the mixed key."""
    assert uniform(unmixed(word)[0], 0) == (word >> 12) / 2**52


def test_a_uniform_draw_is_never_1():
    """Not even where all bits are set; and it is 0 where none is."""
    assert uniform(unmixed(2**64 - 1)[0], 0) == 1.0 - 2.0**-52
    assert uniform(unmixed(0)[0], 0) == 0.0


@given(NUMBERS, NUMBERS)
@settings(deadline=None)  # the first call may compile
def test_a_pair_has_one_address_both_ways_and_one_each_way(a, b):
    """Together they share a draw; towards each other they have two."""
    assert undirected(a, b) == undirected(b, a) == directed(min(a, b), max(a, b))
    assert directed(a, b) == (a << 32) + b
    assert (directed(a, b) == directed(b, a)) == (a == b)


@given(
    st.integers(0, 2**62), st.sampled_from(Decision), st.integers(-36500, 36500), st.integers(0, 1000),
    st.integers(0, 2**64 - 1),
)  # fmt: skip
@settings(deadline=None)  # the first call may compile
def test_a_draw_depends_on_its_address_only(seed, decision, day, sub, who):
    """Alone or among others, in whatever order; and every part of the address counts."""
    alone = draw_uniforms(seed, decision, [who], day=day, sub=sub)[0]
    others = np.array([0, who, 1, who], np.uint64)
    assert draw_uniforms(seed, decision, others, day=day, sub=sub)[[1, 3]].tolist() == [alone, alone]
    next_decision = list(Decision)[(list(Decision).index(decision) + 1) % len(Decision)]
    elsewhere = [
        draw_uniforms(seed + 1, decision, [who], day=day, sub=sub)[0],
        draw_uniforms(seed, next_decision, [who], day=day, sub=sub)[0],
        draw_uniforms(seed, decision, [who], day=day + 1, sub=sub)[0],
        draw_uniforms(seed, decision, [who], day=-day - 1, sub=sub)[0],
        draw_uniforms(seed, decision, [who], day=day, sub=sub + 1)[0],
        draw_uniforms(seed, decision, [(who + 1) % 2**64], day=day, sub=sub)[0],
    ]
    assert alone not in elsewhere


def test_no_number_means_two_decisions():
    assert len(set(map(int, Decision))) == len(Decision) == len(Decision.__members__)


def test_days_of_burn_in_have_draws_of_their_own():
    """Negative days are days like others, and none is the mirror of another."""
    keys = {int(draw_key(1, Decision.SEEK, day)) for day in range(-36500, 36501)}
    assert len(keys) == 73001


# ---- the normal shape ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sums():
    """Chances of every sum of four 16-bit uniforms, 0 to 262,140: exact, by counting."""
    m = 1 << 16
    total = np.arange(4 * (m - 1) + 1).astype(object)

    def of_unbounded(sums):  # six times the ways to make a sum of four numbers without end
        return np.where(sums >= 0, (sums + 3) * (sums + 2) * (sums + 1), 0)

    ways = sum((-1) ** k * math.comb(4, k) * of_unbounded(total - k * m) for k in range(4))
    assert ways.sum() == 6 * m**4
    return (ways / (6 * m**4)).astype(float)


@pytest.fixture(scope="module")
def bent(sums):
    """The normal draw of every sum: of keys whose mixed bits are four lanes with this sum, filled from the first."""
    words, left = np.zeros(sums.size, np.uint64), np.arange(sums.size)
    for lane in range(4):
        part = np.minimum(left, 0xFFFF)
        words |= part.astype(np.uint64) << np.uint64(16 * lane)
        left = left - part
    out = np.empty(sums.size)
    normals_of_keys(out, unmixed(words))
    return out


@entry_point
def normals_of_keys(out, keys):
    """Person 0's normal draw under each key."""
    for i in range(out.size):
        out[i] = normal(keys[i], 0)


def test_the_normal_is_exact_in_mean_variance_and_kurtosis(sums, bent):
    """By enumeration of all sums: mean 0, variance 1 within 1e-6, kurtosis 3 within .0002; float sums err by 1e-13."""

    def moment(k):
        return math.fsum(sums * bent**k)

    assert abs(moment(1)) < 1e-12
    assert abs(moment(2) - 1.0) < 1e-6
    assert abs(moment(3)) < 1e-12
    assert abs(moment(4) / moment(2) ** 2 - 3.0) < 2e-4


def test_the_normal_has_the_normal_shape(sums, bent):
    """Its distribution function is the normal's within 1.52e-4; it rises, is even, and ends at 5.21."""
    assert (np.diff(bent) > 0).all()
    assert np.array_equal(bent, -bent[::-1])
    assert 5.2 < bent.max() < 5.21
    upto, goal = np.cumsum(sums), stats.norm.cdf(bent)
    assert max(np.abs(upto - goal).max(), np.abs(upto - sums - goal).max()) < 1.52e-4


@pytest.mark.parametrize(("beyond", "within"), [(1, 0.001), (2, 0.004), (3, 0.01), (3.5, 0.04), (4, 0.06), (4.5, 0.31)])
def test_the_normal_has_normal_tails(sums, bent, beyond, within):
    """As many draws lie beyond as should, within a share that grows outwards; beyond 5 (1 in 3.5 million) too few."""
    assert math.fsum(sums[bent > beyond]) / stats.norm.sf(beyond) == pytest.approx(1, abs=within)


@pytest.mark.parametrize("n", SIZES)
def test_normals_are_drawn_as_enumerated(sums, bent, n):
    """Drawn for people and days they fall into a thousand equally likely cells, with mean 0 and variance 1.

    The cells are those of the enumerated distribution, whose steps are 1.5e-5 at most: up to 1.5 % of a cell, so that
    the chances are taken as they are.
    """
    edges = bent[np.searchsorted(np.cumsum(sums), np.arange(1, 1000) / 1000)]
    chance = np.diff(np.concatenate([[0.0], np.cumsum(sums)[np.searchsorted(bent, edges)], [1.0]]))
    counts, total, squares = np.zeros(1000), 0.0, 0.0
    per_day = 10**5
    for day in range(n // per_day):
        x = draw_normals(5, Decision.STRESS_NOISE, np.arange(per_day), day=day - 180)
        counts += np.bincount(np.searchsorted(edges, x, side="left"), minlength=1000)
        total += x.sum()
        squares += (x * x).sum()
    stat = ((counts - n * chance) ** 2 / (n * chance)).sum()
    assert ODD < stats.chi2.sf(stat, 999) < 1 - ODD
    assert of_z(total / n**0.5) > ODD
    assert of_z((squares / n - 1.0) * (n / 2.0) ** 0.5) > ODD


def test_the_four_lanes_of_a_normal_are_independent():
    """Serial correlation between lanes: 16 x 16 cells of the high bits of each two lanes of 10^6 draws."""
    word = np.concatenate([PEERSIM.draw(at) for at in people_by_days(10**6)])
    lane = [(word >> np.uint64(low + 12)) & np.uint64(15) for low in (0, 16, 32, 48)]
    for a in range(4):
        for b in range(a):
            assert chi_square(np.bincount((lane[a] * np.uint64(16) + lane[b]).astype(np.int64), minlength=256)) > ODD
