"""How odd would ideal draws have to be to look like these?

Each law takes a generator and a number of draws and yields (what was looked at, p): p is the chance that ideal draws
deviate as far, in either direction. Draws are made in blocks, so that 10^8 of them fit in little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy import stats

from peersim.draws import Decision
from tests.randomness.addresses import BLOCK, STEPS, Address, pairs_of, u64
from tests.randomness.generators import Generator

FEW = 1 << 15
LANES = (0, 16, 32, 48)
"""The lowest bit of each 16-bit lane of a draw; `normal` adds the four up."""

Result = tuple[str, float]


def two_sided(below: float, above: float) -> float:
    """The chance of a deviation as far in either direction, from the two tails (each with the value itself)."""
    return min(1.0, 2.0 * min(below, above))


def chi_square(counts: Any) -> float:
    """Are these counts those of equally likely cells? Too even is as odd as too uneven."""
    counts = np.asarray(counts, float).ravel()
    expected = counts.sum() / counts.size
    stat, df = ((counts - expected) ** 2).sum() / expected, counts.size - 1
    return two_sided(stats.chi2.cdf(stat, df), stats.chi2.sf(stat, df))


def of_z(z: float) -> float:
    return 2.0 * stats.norm.sf(abs(z))


def of_greatest(z: Any) -> float:
    """The chance that the greatest of so many independent standard normals is as great as this."""
    return -np.expm1(np.size(z) * np.log1p(-2.0 * stats.norm.sf(np.abs(z).max())))


def of_count(count: int, mean: float) -> float:
    """Is this a Poisson count of that mean?"""
    return two_sided(stats.poisson.cdf(count, mean), stats.poisson.sf(count - 1, mean))


def uniformity(generator: Generator, n: int, grid: Callable[[int], Iterator[Address]]) -> Iterator[Result]:
    """Chi-square of each 16 bits over 2^16 cells."""
    counts = np.zeros((len(LANES), 1 << 16), np.int64)
    for at in grid(n):
        word = generator.draw(at)
        for lane, low in enumerate(LANES):
            counts[lane] += np.bincount(((word >> u64(low)) & u64(0xFFFF)).astype(np.int64), minlength=1 << 16)
    for lane, low in enumerate(LANES):
        yield f"bits {low} to {low + 15}", chi_square(counts[lane])


def serial(generator: Generator, n: int, step: str) -> Iterator[Result]:
    """Do two neighbouring draws know of each other?

    Chi-square of the highest and of the lowest 6 bits of both over 4,096 cells, correlation, the number of bits in
    which they differ, and (on the first 2^15) the correlation of every bit of one with every bit of the other.
    """
    grid, neighbour = STEPS[step]
    high, low, differ = np.zeros(4096, np.int64), np.zeros(4096, np.int64), np.zeros(65, np.int64)
    product, bitwise, n_bitwise = 0.0, np.zeros((64, 64)), 0
    for at in grid(n):
        x, y = generator.draw(at), generator.draw(neighbour(at))
        high += _cells(x >> u64(58), y >> u64(58))
        low += _cells(x & u64(63), y & u64(63))
        differ += np.bincount(np.bitwise_count(x ^ y), minlength=65)
        product += float((_centred(x) * _centred(y)).sum())
        if n_bitwise == 0:
            bitwise, n_bitwise = _bits(x[:FEW]).T @ _bits(y[:FEW]), min(FEW, x.size)
    yield "highest bits", chi_square(high)
    yield "lowest bits", chi_square(low)
    yield "correlation", of_z(product * 12.0 / n**0.5)
    yield "bits that differ", _binomial(differ)
    yield "bit by bit", of_greatest(bitwise / n_bitwise**0.5)


def _cells(x: Any, y: Any) -> Any:
    return np.bincount((x * u64(64) + y).astype(np.int64), minlength=4096)


def _centred(x: Any) -> Any:
    return (x >> u64(11)).astype(float) * 2.0**-53 - 0.5


def _bits(x: Any) -> Any:
    """Every bit as -1 or 1, (n, 64)."""
    found = np.unpackbits(np.ascontiguousarray(x).view(np.uint8).reshape(-1, 8), axis=1).astype(np.float32)
    found *= 2.0
    found -= 1.0
    return found


def _binomial(counts: Any) -> float:
    """Is this the number of heads in 64 throws? Cells that expect fewer than 10 are joined."""
    expected = counts.sum() * stats.binom.pmf(np.arange(65), 64, 0.5)
    often = np.flatnonzero(expected >= 10)
    low, high = often[0], often[-1]
    seen, hoped = (np.array([v[: low + 1].sum(), *v[low + 1 : high], v[high:].sum()]) for v in (counts, expected))
    stat, df = ((seen - hoped) ** 2 / hoped).sum(), high - low
    return two_sided(stats.chi2.cdf(stat, df), stats.chi2.sf(stat, df))


def repeats(generator: Generator, n: int, grid: Callable[[int], Iterator[Address]]) -> Iterator[Result]:
    """How often n draws repeat, whole (never) and cut to 32, 36 and 40 of their highest or lowest bits (by chance)."""
    word = np.concatenate([generator.draw(at) for at in grid(n)])
    word.sort()
    yield "64 bits", 1.0 if _n_equal(word, 0) == 0 else 0.0
    for kept in (40, 36, 32):
        yield f"highest {kept} bits", _odd_repeats(_n_equal(word, 64 - kept), n, kept)
    word <<= u64(32)
    word.sort()
    yield "lowest 32 bits", _odd_repeats(_n_equal(word, 32), n, 32)


def _n_equal(ordered: Any, dropped: int) -> int:
    """How many equal their predecessor when so many low bits are dropped; in blocks."""
    kept = (ordered[low : low + BLOCK + 1] >> u64(dropped) for low in range(0, ordered.size, BLOCK))
    return sum(int((block[1:] == block[:-1]).sum()) for block in kept)


def _odd_repeats(count: int, n: int, kept: int) -> float:
    """Against balls in boxes: mean n - m (1 - (1 - 1/m)^n), variance as of the empty boxes; Poisson when few."""
    m = 2.0**kept
    a = n / m
    mean = n + m * np.expm1(n * np.log1p(-1.0 / m))
    if mean < 1000:
        return of_count(count, mean)
    variance = m * np.exp(-a) * -np.expm1(np.log1p(a) - a)
    return of_z((count - mean) / variance**0.5)


def spacings(generator: Generator, n: int, lowest: bool) -> Iterator[Result]:
    """Marsaglia's birthday spacings: of 4,096 birthdays in a year of 2^36 days, how many gaps repeat.

    One year a day of the model, the people's draws as birthdays; about .25 a year (4096^3 / 2^38), Poisson.
    """
    people, n_equal, n_years = np.arange(4096), 0, n // 4096
    for low in range(0, n_years, 256):
        day = np.arange(low, min(n_years, low + 256))[:, None]
        word = generator.draw(Address(3, Decision.SEEK, day, 0, people[None, :]))
        birthday = (word << u64(28)) >> u64(28) if lowest else word >> u64(28)
        birthday.sort(axis=1)
        gap = np.diff(birthday, axis=1)
        gap.sort(axis=1)
        n_equal += int((gap[:, 1:] == gap[:, :-1]).sum())
    yield f"{n_equal} equal gaps", of_count(n_equal, n_years * 4096**3 / 2.0**38)


def repeated_keys(generator: Generator, n: int) -> int:
    """How many of n passes have the key of another: every decision, 5 sub-indexes and 10 seeds of many days."""
    decisions = np.array(list(Decision))
    days = n // (decisions.size * 50)
    found = []
    for seed in range(10):
        for sub in range(5):
            day = np.arange(days)[:, None] - 180
            found.append(generator.keys(np.int64(seed), decisions[None, :], day, np.int64(sub)).ravel())
    keys = np.concatenate(found)
    keys.sort()
    return _n_equal(keys, 0)


INPUT_BITS = {"seed": 62, "decision": 7, "day": 17, "sub": 14, "who": 32, "pair": 57}
"""How many low bits of each part of an address are looked at: what days, slots and people can need.

Pairs of people below 2^25. A flip of one of the 7 highest bits of a pair still flips each output bit half the time, but
some of them together, since the last mix spreads its highest bits through one multiplication only.
"""


def avalanche(generator: Generator, n: int, part: str) -> Iterator[tuple[str, Any]]:
    """Flip one input bit of n addresses, and look at which output bits flip.

    Yields the share of flips, (n_input_bits, 64), and the greatest correlation of the flips of two output bits.
    """
    pick = np.random.default_rng(20)
    at = Address(
        pick.integers(0, 2**62, n), pick.integers(1, 91, n), pick.integers(-180, 3650, n), pick.integers(0, 4, n),
        pick.integers(0, 2**32, n).astype(u64),
    )  # fmt: skip
    if part == "pair":
        at = at._replace(who=pairs_of(at.who >> u64(7), pick.integers(0, 2**32, n)))
    name = "who" if part == "pair" else part
    before, share, worst = generator.draw(at), [], 0.0
    for bit in range(INPUT_BITS[part]):
        value = getattr(at, name)
        flipped = _bits(before ^ generator.draw(at._replace(**{name: value ^ value.dtype.type(1 << bit)})))
        share.append((flipped.mean(axis=0) + 1.0) / 2.0)
        together = flipped.T @ flipped / n
        worst = max(worst, float(np.abs(together - np.diag(np.diag(together))).max()))
    yield "flips", np.array(share)
    yield "greatest correlation", worst
