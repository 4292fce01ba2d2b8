"""Random draws as addresses: each is a pure function of (seed, decision, day, sub-index, who[, other]).

Nothing else in the package makes random numbers. No draw depends on how many were made before it, so two scenarios
with one seed give each person the same luck for as long as their lives have not diverged, and no order of
computation, number of threads or observer can change a result.

An address becomes 64 bits in two stages. `key` folds seed, decision, day and sub-index into one word, once for a
whole pass; `bits` joins it with a person or a pair. Both mix with the last stage of the splitmix64
generator, which maps the 2^64 words one to one: two addresses that differ in one part only can never meet.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from peersim.compiled import compiled, entry_point

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_16, _27, _30, _31, _32, _48 = (np.uint64(k) for k in (16, 27, 30, 31, 32, 48))
_LANE = np.uint64(0xFFFF)
_1, _12, _22, _43 = (np.uint64(k) for k in (1, 12, 22, 43))
_HALF, _PER_2_32 = np.uint64(0xFFFFFFFF), 2.0**-32
_THIRD, _PER_2_21 = np.uint64(0x1FFFFF), 2.0**-21
_ONE = np.uint64(0x3FF0000000000000)


class Decision(IntEnum):
    """What is being decided: the second part of every address. A number is never used again for something else."""

    # who people are, and whom they know, at the start
    AGE = 1
    CULTURE = 2
    INTEREST = 3
    SKILL = 4
    HARDSHIP = 5
    CHRONIC = 6
    CHRONIC_SHARE = 7
    COUPLED = 8
    PAIRING = 9
    SPECIAL_NEEDS = 10
    STRESS_TRAIT = 11
    RESILIENCE_TRAIT = 12
    LONELINESS_TRAIT = 13
    SUPPORT_START = 14
    SAFETY_TRAIT = 15
    SATISFACTION_TRAIT = 16
    COMMUNICATION_TRAIT = 17
    FOCUS_BLOCK = 18
    FOCUS_ORDER = 19
    FOCUS_SIZE = 20
    FOCUS_TIE = 21
    NAMED_NETWORK = 22
    CLOSENESS_START = 23
    TRUST_START = 24
    SUPPORT_TRAIT = 25
    # the day
    STRIKE = 30
    SEVERITY = 31
    SEEK = 32
    WHOM = 33
    WILLING = 34
    PRIORITY = 35
    WANTED = 36
    MATCH = 37
    OTHERWISE = 38
    REHASH = 39
    CONTACT = 40
    CONFLICT = 42
    STRESS_NOISE = 43
    LONELINESS_NOISE = 44
    LOOK_AROUND = 45
    STRANGER = 49
    ACCEPT_TIE = 50
    COME_ACROSS = 51
    # programmes
    OFFER = 60
    UPTAKE = 61
    CIRCLE_ORDER = 62
    MEET = 63
    ATTEND = 64
    GROUP_REHASH = 65
    SESSION_TIE = 66
    DROP_OUT = 67
    REPLIES = 68
    HOSTILE = 69
    # rules that a user adds
    USER = 90
    # analyses, which nobody's life depends on
    RESAMPLE = 95


@compiled
def mix(word: Any) -> Any:
    """Scramble 64 bits one to one, so that neighbours come out unrelated."""
    word = (word ^ (word >> _30)) * _MIX_1
    word = (word ^ (word >> _27)) * _MIX_2
    return word ^ (word >> _31)


@compiled
def key(seed: Any, decision: Any, day: Any, sub: Any) -> Any:
    """Fold the parts of an address that a whole pass shares into one word.

    seed, decision, day, sub  whole numbers; negative days are days of burn-in
    """
    word = mix(np.uint64(seed) + _GOLDEN)
    word = mix(word + np.uint64(decision) * _GOLDEN)
    word = mix(word + np.uint64(np.int64(day)) * _GOLDEN)
    return mix(word + np.uint64(sub) * _GOLDEN)


@entry_point
def _key(seed: Any, decision: Any, day: Any, sub: Any) -> Any:
    return key(seed, decision, day, sub)


@compiled
def directed(who: Any, other: Any) -> Any:
    """The address of an ordered pair of persons' numbers (below 2^32), for what one does towards the other."""
    return (np.uint64(who) << _32) | np.uint64(other)


@compiled
def undirected(who: int, other: int) -> Any:
    """The address of an unordered pair, for what two people do together."""
    return directed(min(who, other), max(who, other))


@compiled
def bits(of: Any, who: Any) -> Any:
    """64 random bits for a person's number or a pair's address, under a pass's key."""
    return mix(np.uint64(of) ^ (np.uint64(who) * _GOLDEN))


@compiled
def uniform(of: Any, who: Any) -> Any:
    """A uniform draw in [0, 1), a multiple of 2^-52."""
    return np.uint64((bits(of, who) >> _12) | _ONE).view(np.float64) - 1.0


@compiled
def halves(of: Any, who: Any) -> Any:
    """Two independent uniform draws in [0, 1) from one word, multiples of 2^-32, for what is decided in one moment."""
    word = bits(of, who)
    return np.int64(word >> _32) * _PER_2_32, np.int64(word & _HALF) * _PER_2_32


@compiled
def thirds(of: Any, who: Any) -> Any:
    """Three independent uniform draws in [0, 1) from one word, multiples of 2^-21."""
    word = bits(of, who)
    return (
        np.int64(word >> _43) * _PER_2_21,
        np.int64((word >> _22) & _THIRD) * _PER_2_21,
        np.int64((word >> _1) & _THIRD) * _PER_2_21,
    )


@compiled
def normal(of: Any, who: Any) -> Any:
    """A standard normal draw: four 16-bit uniforms added up, then bent to the normal shape.

    The polynomial maps the quantiles of a sum of four uniforms to those of the normal, by least squares. What is left:
    distribution function within 1.51e-4, variance within 1e-7, kurtosis 3.0001, no value beyond 5.21. It needs + and x
    only, so that it is fast in a pass and the same on every machine.
    """
    word = bits(of, who)
    total = (word & _LANE) + ((word >> _16) & _LANE) + ((word >> _32) & _LANE) + (word >> _48)
    x = (np.float64(total) - 131070.0) * 2.6428997921303014e-05
    y = x * x
    return x * (
        0.9625004
        + y * (0.008901574 + y * (0.0020045447 + y * (-0.00040370387 + y * 4.0624139e-05)))
    )


@entry_point
def uniforms(out: NDArray[np.float64], of: Any, who: NDArray[Any]) -> None:
    """One uniform draw for each of `who`, written to `out`."""
    for i in range(out.size):
        out[i] = uniform(of, who[i])


@entry_point
def normals(out: NDArray[np.float64], of: Any, who: NDArray[Any]) -> None:
    """One normal draw for each of `who`, written to `out`."""
    for i in range(out.size):
        out[i] = normal(of, who[i])


def draw_key(seed: int, decision: Decision, day: int = 0, sub: int = 0) -> np.uint64:
    """`key` for use from Python."""
    return np.uint64(_key(np.int64(seed), np.int64(decision), np.int64(day), np.int64(sub)))


def draw_uniforms(
    seed: int, decision: Decision, who: NDArray[Any], *, day: int = 0, sub: int = 0
) -> NDArray[np.float64]:
    """A uniform draw for each of `who` (numbers or pair addresses), from Python: same addresses, same values."""
    out = np.empty(len(who))
    uniforms(out, draw_key(seed, decision, day, sub), np.asarray(who, dtype=np.uint64))
    return out


def draw_normals(
    seed: int, decision: Decision, who: NDArray[Any], *, day: int = 0, sub: int = 0
) -> NDArray[np.float64]:
    """A normal draw for each of `who` (numbers or pair addresses), from Python: same addresses, same values."""
    out = np.empty(len(who))
    normals(out, draw_key(seed, decision, day, sub), np.asarray(who, dtype=np.uint64))
    return out
